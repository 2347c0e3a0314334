using System.Globalization;
using Aurum.Curves.Building.Shapes;
using Aurum.Market.Time;

namespace Aurum.Curves.Simulation;

/// <summary>A price model taken from stored hours, and what of it was measured.</summary>
/// <remarks>
/// <para>Shift: so that one price in two hundred is less than 20 above its end, at least 10. Mean: by month of the history, and by calendar
/// month, working day or weekend, and hour. What is left of the logarithm is X where it is within four robust standard deviations, a
/// spike where it is not: hours in a row are one spike.</para>
/// <para>Reversion comes from the correlation of X with itself a day later, for sums over months hang on what is left after a day; output
/// likewise. Long-term volatility is the root mean square change of a month's level to the same month a year later, from 36 months on; a
/// shorter history has the default.</para>
/// </remarks>
/// <param name="Model">The numbers.</param>
/// <param name="Hours">Hours of prices that they are from.</param>
/// <param name="Notes">A line for each thing that was measured or is a default.</param>
public sealed record PriceCalibration(PriceModel Model, int Hours, IReadOnlyList<string> Notes)
{
    /// <summary>Hours that a history has at least: sixty days.</summary>
    public const int MinHours = 60 * 24;

    private const int MonthsOfLongTerm = 36;
    private const double HoursPerYear = 8_760;
    private const double MaxLongVolatility = 1;
    private const double MaxDeviation = 3;
    private const double MaxSpikesPerYear = 2_000;

    /// <param name="prices">Hours of a market place, per MWh.</param>
    /// <param name="market">Its clock.</param>
    /// <param name="output">Hours of a plant or region, MW; null: the defaults for volumes.</param>
    /// <param name="capacityMw">Capacity that the output was made with, MW.</param>
    /// <param name="defaults">What can't be measured; null: the model's own defaults.</param>
    /// <exception cref="ArgumentException">Fewer hours than <see cref="MinHours"/>, or an output without capacity.</exception>
    public static PriceCalibration Of(
        HourlyHistory prices, PeakCalendar market, HourlyHistory? output = null, double capacityMw = 0, PriceModel? defaults = null)
    {
        if (prices.Hours.Count < MinHours)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"expected {MinHours} hours of prices or more, found {prices.Hours.Count}"));
        }

        var start = defaults ?? new PriceModel();
        var notes = new List<string>();
        var shift = ShiftOf(prices);
        var logs = CalibrationSeries.OfPrices(prices, market.Zone, shift);
        var spikes = CalibrationSpikes.Of(logs, shift);
        var model = start with
        {
            ShiftPerMwh = shift,
            ReversionPerDay = logs.ReversionPerDay(),
            ShortDeviation = [.. logs.DeviationByMonth().Select(static d => Math.Min(d, MaxDeviation))],
            LongVolatility = LongVolatilityOf(logs, start, notes),
            Up = spikes.Model(logs, isUp: true),
            Down = spikes.Model(logs, isUp: false),
        };
        notes.Add(Line(
            $"{logs.Count} hours of prices: shift {shift:0}, reversion {model.ReversionPerDay:0.00} per day, {spikes.Count} spikes"));
        model = output is null
            ? Kept(model, notes)
            : WithOutput(model, logs, CalibrationSeries.OfOutput(output, market.Zone, capacityMw), notes);
        model.ThrowIfInvalid();
        return new PriceCalibration(model, logs.Count, notes);
    }

    private static double ShiftOf(HourlyHistory prices)
    {
        var sorted = prices.Hours.Select(static h => h.Price).Order().ToArray();
        return Math.Ceiling(Math.Max(10, 20 - sorted[sorted.Length / 200]));
    }

    private static double LongVolatilityOf(CalibrationSeries logs, PriceModel defaults, List<string> notes)
    {
        if (logs.Levels.Count < MonthsOfLongTerm)
        {
            notes.Add(Line(
                $"long-term volatility {defaults.LongVolatility:0.00}: the default, for {logs.Levels.Count} months tell nothing of it"));
            return defaults.LongVolatility;
        }

        var changes = logs.Levels.Skip(PriceModel.Months).Zip(logs.Levels, static (later, earlier) => later - earlier).ToList();
        var found = Math.Min(Math.Sqrt(changes.Average(static c => c * c)), MaxLongVolatility);
        notes.Add(Line($"long-term volatility {found:0.00}: from {changes.Count} changes of a month over a year"));
        return found;
    }

    private static PriceModel Kept(PriceModel model, List<string> notes)
    {
        notes.Add(Line($"volumes: the defaults, deviation {model.VolumeDeviation:0.00}, correlation {model.Correlation:0.00}"));
        return model;
    }

    /// <summary>Two factors that revert at different speeds are correlated less than their moves.</summary>
    private static PriceModel WithOutput(PriceModel model, CalibrationSeries prices, CalibrationSeries output, List<string> notes)
    {
        var reversion = output.ReversionPerDay();
        var (a, b) = (Math.Exp(-model.ReversionPerDay / 24), Math.Exp(-reversion / 24));
        var together = prices.CorrelationWith(output);
        var moves = Math.Clamp(together * (1 - (a * b)) / Math.Sqrt((1 - (a * a)) * (1 - (b * b))), -0.99, 0.99);
        notes.Add(Line($"{output.Count} hours of output: deviation {output.Deviation():0.00}, correlation with prices {together:0.00}"));
        return model with
        {
            VolumeDeviation = Math.Min(output.Deviation(), MaxDeviation),
            VolumeReversionPerDay = reversion,
            Correlation = moves,
        };
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Spikes of a history.</summary>
    private sealed class CalibrationSpikes
    {
        private readonly List<(int Month, bool IsUp, double Peak, double Sum)> _all = [];

        public int Count => _all.Count;

        /// <summary>Hours in a row that the series has left out, as one spike each.</summary>
        public static CalibrationSpikes Of(CalibrationSeries logs, double shift)
        {
            var spikes = new CalibrationSpikes();
            for (var i = 0; i < logs.Count; i++)
            {
                if (!logs.IsOutlier(i))
                {
                    continue;
                }

                var (first, peak, sum) = (i, 0.0, 0.0);
                for (; i < logs.Count && logs.IsOutlier(i) && logs.IsAbove(i) == logs.IsAbove(first); i++)
                {
                    var excess = Math.Abs(logs.Raw(i) + shift - Math.Exp(logs.ExpectedAt(i)));
                    peak = Math.Max(peak, excess);
                    sum += excess;
                }

                spikes._all.Add((logs.MonthAt(first), logs.IsAbove(first), peak, sum));
                i--;
            }

            return spikes;
        }

        /// <summary>A spike that decays has its sum from its peak: <c>peak / (1 - what an hour leaves)</c>.</summary>
        public SpikeModel Model(CalibrationSeries logs, bool isUp)
        {
            var own = _all.Where(s => s.IsUp == isUp).ToList();
            if (own.Count == 0)
            {
                return SpikeModel.None;
            }

            var left = Math.Clamp(1 - (own.Sum(static s => s.Peak) / own.Sum(static s => s.Sum)), 0.05, 0.99);
            var perYear = Enumerable.Range(1, PriceModel.Months).Select(month =>
                Math.Min(own.Count(s => s.Month == month) * HoursPerYear / Math.Max(logs.HoursOf(month), 1), MaxSpikesPerYear));
            return new SpikeModel([.. perYear], own.Average(static s => s.Peak), Math.Log(0.5) / Math.Log(left));
        }
    }
}
