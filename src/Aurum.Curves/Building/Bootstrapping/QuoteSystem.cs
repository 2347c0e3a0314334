using Aurum.Curves.Building.Algebra;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Strips;
using NodaTime;

namespace Aurum.Curves.Building.Bootstrapping;

/// <summary>The quotes of a curve as equations for the prices of its months, sorted into those that each say something new, those
/// that repeat the others and those that contradict them.</summary>
/// <remarks>
/// <para>Months go before strips and short strips before long ones, so that a conflict names the strip that its months contradict.
/// Of two quotes for the same months the first counts.</para>
/// <para>A strip that has begun is for its months from the first one on: the month of the as-of date, or the next where that is quoted
/// and the former is not. What is over by then is left out.</para>
/// <para>A balance (BalMo, Bal 2025) begins in the month of the as-of date while days of it are left, and by hours weighs it by the hours
/// after that date, one at least; with equal weights it has whole months, as vendors' means have.</para>
/// </remarks>
internal sealed class QuoteSystem
{
    private readonly RowBasis _basis;

    /// <summary>What the month of the as-of date weighs in a balance.</summary>
    private readonly (YearMonth Month, double Weight)? _left;

    private QuoteSystem(IReadOnlyList<YearMonth> months, int[] hours, Averaging averaging, (YearMonth Month, double Hours) left)
    {
        _left = averaging == Averaging.HourWeighted ? left : null;
        Months = months;
        Hours = hours;
        MonthWeights = Array.ConvertAll(hours, h => averaging == Averaging.HourWeighted ? h : 1.0);
        _basis = new RowBasis(months.Count);
    }

    /// <summary>The months that quotes are for, in order; there may be gaps.</summary>
    public IReadOnlyList<YearMonth> Months { get; }

    /// <summary>Hours of delivery of each month.</summary>
    public int[] Hours { get; }

    /// <summary>What each month weighs in a strip, and in the distance from a prior.</summary>
    public double[] MonthWeights { get; }

    /// <summary>The equations: no one follows from the others.</summary>
    public List<QuoteEquation> Equations { get; } = [];

    /// <summary>Quotes that the equations already say, within rounding.</summary>
    public List<BuildQuote> Repeated { get; } = [];

    public List<QuoteConflict> Conflicts { get; } = [];

    /// <summary>Quotes for months that are over.</summary>
    public List<BuildQuote> Over { get; } = [];

    /// <returns>A refusal where no quote has a price for a month to come.</returns>
    public static Built<QuoteSystem> Of(IReadOnlyList<BuildQuote> quotes, DeliveryCalendar calendar, Averaging averaging)
    {
        var priced = quotes.Where(static q => double.IsFinite(q.Price) && q.Tenor.First != default).ToList();
        if (priced.Count == 0)
        {
            return Built<QuoteSystem>.Refuse(RefusalReason.NoQuotes, "expected quotes with a price and a period, found none");
        }

        var first = FirstMonth(priced);
        var current = priced.Where(q => q.Tenor.Last.CompareTo(first) >= 0).ToList();
        var months = current.SelectMany(static q => StripTenors.MonthsOf(q.Tenor)).Where(m => m.CompareTo(first) >= 0)
            .Distinct().Order().Select(m => (Month: m, Hours: calendar.HoursOf(m))).Where(static m => m.Hours > 0).ToList();
        if (months.Count == 0)
        {
            return Built<QuoteSystem>.Refuse(
                RefusalReason.NoQuotes, $"expected quotes for {first:uuuu-MM} or later, found none");
        }

        var system = new QuoteSystem(
            [.. months.Select(static m => m.Month)], [.. months.Select(static m => m.Hours)], averaging,
            LeftAfter(priced[0].Ref.AsOf, calendar));
        system.Over.AddRange(priced.Except(current));
        foreach (var quote in current.OrderBy(static q => q.IsMonth ? 0 : 1).ThenBy(static q => q.Tenor.Months)
            .ThenBy(static q => q.Tenor.First))
        {
            system.Add(quote);
        }

        return system;
    }

    /// <summary>Whether the equations leave a month no freedom.</summary>
    public bool Determines(int month)
    {
        var row = new double[Months.Count];
        row[month] = 1;
        return _basis.Spans(row);
    }

    private static YearMonth FirstMonth(List<BuildQuote> quotes)
    {
        var date = quotes[0].Ref.AsOf;
        var asOf = date.ToYearMonth();
        if (date != asOf.ToDateInterval().End && quotes.Exists(static q => q.IsBalance))
        {
            return asOf;
        }

        var quoted = quotes.Where(static q => q.IsMonth).Select(static q => q.Tenor.First).ToHashSet();
        return !quoted.Contains(asOf) && quoted.Contains(asOf.PlusMonths(1)) ? asOf.PlusMonths(1) : asOf;
    }

    private static (YearMonth Month, double Hours) LeftAfter(LocalDate asOf, DeliveryCalendar calendar)
    {
        var (month, last) = (asOf.ToYearMonth(), asOf.ToYearMonth().ToDateInterval().End);
        return (month, asOf == last ? 1 : Math.Max(1, calendar.Calendar.CountHours(calendar.Block, asOf.PlusDays(1), last)));
    }

    private void Add(BuildQuote quote)
    {
        var weights = WeightsOf(quote);
        if (_basis.TryAdd(weights, out var combination))
        {
            Equations.Add(new QuoteEquation(quote, weights));
            return;
        }

        var (implied, tolerance) = (0.0, quote.Tolerance + RoundingOf(quote.Price));
        var against = new List<QuoteShare>();
        for (var i = 0; i < combination.Length; i++)
        {
            if (combination[i] != 0)
            {
                var other = Equations[i].Quote;
                against.Add(new QuoteShare(other, combination[i]));
                implied += combination[i] * other.Price;
                tolerance += Math.Abs(combination[i]) * (other.Tolerance + RoundingOf(other.Price));
            }
        }

        if (Math.Abs(quote.Price - implied) <= tolerance)
        {
            Repeated.Add(quote);
        }
        else
        {
            Conflicts.Add(new QuoteConflict(quote, against, implied, tolerance));
        }
    }

    /// <summary>What a price of 64 bits may be off by after some hundred additions.</summary>
    private static double RoundingOf(double price) => Math.Abs(price) * 1e-12;

    private double[] WeightsOf(BuildQuote quote)
    {
        var weights = new double[Months.Count];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = !quote.Tenor.Contains(Months[i]) ? 0
                : quote.IsBalance && _left is { } left && left.Month == Months[i] ? left.Weight
                : MonthWeights[i];
            sum += weights[i];
        }

        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }

        return weights;
    }
}

/// <summary>A quote as an equation: the weighted sum of its months' prices is its price.</summary>
/// <param name="Quote">The quote.</param>
/// <param name="Weights">One a month of the system; they add up to one.</param>
internal sealed record QuoteEquation(BuildQuote Quote, double[] Weights);
