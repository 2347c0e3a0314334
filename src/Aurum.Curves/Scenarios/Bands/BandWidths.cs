using Aurum.Curves.Simulation;
using NodaTime;

namespace Aurum.Curves.Scenarios.Bands;

/// <summary>The ends of bands of a curve's months and strips, by a model.</summary>
internal sealed class BandWidths
{
    private const double DaysOfYear = 365.25;

    private readonly double _quantile;
    private readonly double[] _volatilities;
    private readonly double[] _years;
    private readonly double[] _correlations;
    private readonly int[] _monthNumbers;

    /// <param name="months">In order of time.</param>
    public BandWidths(BandModel model, LocalDate asOf, IReadOnlyList<YearMonth> months)
    {
        _quantile = NormalDistribution.Quantile((1 + model.Level) / 2);
        _monthNumbers = [.. months.Select(static m => (m.Year * 12) + m.Month)];
        _years = new double[months.Count];
        _volatilities = new double[months.Count];
        for (var i = 0; i < months.Count; i++)
        {
            var first = months[i].OnDayOfMonth(1);
            var days = Period.DaysBetween(asOf, first) + (months[i].ToDateInterval().Length / 2.0);
            var years = Math.Max(0, days / DaysOfYear);
            var fall = Math.Exp(-model.DecayPerYear * years);
            _volatilities[i] = model.MonthFactors[months[i].Month - 1]
                * (model.FarVolatility + ((model.NearVolatility - model.FarVolatility) * fall));
            _years[i] = Math.Min(years, model.HorizonYears ?? years);
        }

        var span = months.Count == 0 ? 0 : _monthNumbers[^1] - _monthNumbers[0];
        _correlations = new double[span + 1];
        for (var d = 0; d <= span; d++)
        {
            _correlations[d] = model.FarCorrelation + ((1 - model.FarCorrelation) * Math.Exp(-d / model.CorrelationMonths));
        }
    }

    /// <summary>Standard deviation of the logarithm of a month's price.</summary>
    public double DeviationOf(int month) => _volatilities[month] * Math.Sqrt(_years[month]);

    /// <summary>Covariance of the logarithms of two months' prices.</summary>
    public double CovarianceOf(int a, int b) => _volatilities[a] * _volatilities[b] * Math.Min(_years[a], _years[b])
        * _correlations[Math.Abs(_monthNumbers[a] - _monthNumbers[b])];

    /// <summary>The band of one or several months together.</summary>
    /// <param name="prices">Of all months of the curve.</param>
    /// <param name="months">Places of those that count.</param>
    /// <param name="weights">Their hours.</param>
    /// <param name="level">0 where prices are lognormal; else what volatility is of.</param>
    public (double Lower, double Upper) Of(
        ReadOnlySpan<double> prices, ReadOnlySpan<int> months, ReadOnlySpan<int> weights, double level)
    {
        var (mean, hours) = (0.0, 0.0);
        for (var i = 0; i < months.Length; i++)
        {
            mean += weights[i] * prices[months[i]];
            hours += weights[i];
        }

        mean /= hours;
        var variance = 0.0;
        for (var i = 0; i < months.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var covariance = CovarianceOf(months[i], months[j]);
                var both = level > 0
                    ? level * level * covariance
                    : prices[months[i]] * prices[months[j]] * (Math.Exp(covariance) - 1);
                variance += (i == j ? 1 : 2) * weights[i] * weights[j] * both;
            }
        }

        variance /= hours * hours;
        if (level > 0)
        {
            var width = _quantile * Math.Sqrt(variance);
            return (mean - width, mean + width);
        }

        var square = Math.Log(1 + (variance / (mean * mean)));
        var deviation = Math.Sqrt(square);
        return (mean * Math.Exp((-square / 2) - (_quantile * deviation)), mean * Math.Exp((-square / 2) + (_quantile * deviation)));
    }

    /// <summary>What volatility is of where a curve has a price that is not above zero: the mean of its absolute prices. Zero
    /// where all
    /// are above, and prices are lognormal.</summary>
    public static double LevelOf(ReadOnlySpan<double> prices)
    {
        var (sum, isPositive) = (0.0, true);
        foreach (var price in prices)
        {
            sum += Math.Abs(price);
            isPositive &= price > 0;
        }

        return isPositive || prices.Length == 0 ? 0 : Math.Max(sum / prices.Length, double.Epsilon);
    }
}
