using Aurum.Curves.Building.Algebra;
using Aurum.Curves.Building.Calendars;

namespace Aurum.Curves.Building.Bootstrapping;

/// <summary>Makes monthly forward prices of months and strips that overlap.</summary>
/// <remarks>
/// <para>Every quote is an equation: the mean of its months' prices, by hours of delivery, is its price. Quoted months stay as they
/// are. Where equations leave months free, the prices come as near to a prior shape as they allow: least squares, each hour with the
/// same weight, so all free months of a strip move by the same amount.</para>
/// <para>Quotes that contradict each other are told of as smallest sets, with the amount; the curve holds to the others.</para>
/// </remarks>
public static class MonthBootstrap
{
    /// <param name="quotes">Of one curve and one as-of date.</param>
    /// <param name="calendar">Whose hours weigh.</param>
    /// <param name="averaging">What the quotes of strips mean.</param>
    /// <param name="prior">Shape of a year; null: flat.</param>
    /// <returns>A refusal where no quote has a price for a month to come.</returns>
    public static Built<BootstrappedMonths> Build(
        IReadOnlyList<BuildQuote> quotes,
        DeliveryCalendar calendar,
        Averaging averaging = Averaging.HourWeighted,
        MonthShape? prior = null)
    {
        var built = QuoteSystem.Of(quotes, calendar, averaging);
        return built.Value is { } system ? Solve(system, prior ?? MonthShape.Flat) : built.Refusal!;
    }

    private static BootstrappedMonths Solve(QuoteSystem system, MonthShape prior)
    {
        var prices = new double[system.Months.Count];
        Array.Fill(prices, double.NaN);
        foreach (var (quote, weights) in system.Equations.Where(static e => e.Quote.IsMonth))
        {
            prices[Array.IndexOf(weights, 1.0)] = quote.Price;
        }

        var isQuoted = Array.ConvertAll(prices, static p => !double.IsNaN(p));
        var strips = system.Equations.Where(static e => !e.Quote.IsMonth).ToList();
        if (strips.Count > 0)
        {
            Fill(prices, PriorOf(system, prior), strips, system.MonthWeights);
        }

        var months = new MonthPrice[prices.Length];
        for (var i = 0; i < months.Length; i++)
        {
            var origin = isQuoted[i] ? PriceOrigin.Quoted : system.Determines(i) ? PriceOrigin.Implied : PriceOrigin.Shaped;
            months[i] = new MonthPrice(system.Months[i], prices[i], system.Hours[i], origin);
        }

        return new BootstrappedMonths(
            months, [.. system.Equations.Select(static e => new UsedQuote(e.Quote.Ref, e.Quote.Price, 1))], system.Repeated,
            system.Conflicts, system.Over);
    }

    /// <summary>What months would cost by the prior: the price of the shortest quote that has them, shaped.</summary>
    private static double[] PriorOf(QuoteSystem system, MonthShape prior)
    {
        var levels = new double[system.Months.Count];
        Array.Fill(levels, double.NaN);
        foreach (var (quote, weights) in system.Equations.OrderBy(static e => e.Quote.Tenor.Months))
        {
            for (var i = 0; i < levels.Length; i++)
            {
                levels[i] = double.IsNaN(levels[i]) && weights[i] > 0 ? prior.Apply(system.Months[i], quote.Price) : levels[i];
            }
        }

        return levels;
    }

    /// <summary>Gives months without a price the ones nearest to the prior: with A the strips' weights of those months, H hours, s the
    /// prior and b what the strips leave for them, x = s + H⁻¹Aᵀλ where (A H⁻¹ Aᵀ) λ = b - A s.</summary>
    private static void Fill(double[] prices, double[] prior, List<QuoteEquation> strips, double[] hours)
    {
        var count = strips.Count;
        var rows = new double[count][];
        var rest = new double[count];
        for (var row = 0; row < count; row++)
        {
            rows[row] = new double[prices.Length];
            rest[row] = strips[row].Quote.Price;
            for (var i = 0; i < prices.Length; i++)
            {
                var weight = strips[row].Weights[i];
                var isFree = double.IsNaN(prices[i]);
                rows[row][i] = isFree ? weight : 0;
                rest[row] -= weight == 0 ? 0 : weight * (isFree ? prior[i] : prices[i]);
            }
        }

        var moves = LinearSystem.Solve(Normal(rows, hours), rest);
        for (var i = 0; i < prices.Length; i++)
        {
            if (double.IsNaN(prices[i]))
            {
                prices[i] = prior[i];
                for (var row = 0; row < count; row++)
                {
                    prices[i] += rows[row][i] * moves[row] / hours[i];
                }
            }
        }
    }

    private static double[] Normal(double[][] rows, double[] hours)
    {
        var normal = new double[rows.Length * rows.Length];
        for (var a = 0; a < rows.Length; a++)
        {
            for (var b = 0; b < rows.Length; b++)
            {
                for (var i = 0; i < hours.Length; i++)
                {
                    normal[(a * rows.Length) + b] += rows[a][i] * rows[b][i] / hours[i];
                }
            }
        }

        return normal;
    }
}
