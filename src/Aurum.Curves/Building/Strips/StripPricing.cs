using Aurum.Curves.Building.Calendars;
using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Curves.Building.Strips;

/// <summary>Prices strips from the months of a curve. Pure.</summary>
public static class StripPricing
{
    /// <summary>The price of one strip.</summary>
    /// <param name="quotes">Quotes of one curve and one as-of date; months are used, a quote of the strip itself is set beside.</param>
    /// <param name="strip">Any run of months; see <see cref="StripTenors"/>.</param>
    /// <param name="calendar">Whose hours weigh.</param>
    /// <returns>A refusal where no month of the strip is quoted.</returns>
    public static Built<StripPrice> Of(IReadOnlyList<BuildQuote> quotes, Tenor strip, DeliveryCalendar calendar)
    {
        var months = MonthsOf(quotes);
        return Of(months, quotes.FirstOrDefault(q => !q.IsMonth && q.Tenor.Label == strip.Label), strip, calendar);
    }

    /// <summary>Every quoted strip of a curve beside what its months say; strips without a quoted month are left out.</summary>
    public static IReadOnlyList<StripPrice> OfQuoted(IReadOnlyList<BuildQuote> quotes, DeliveryCalendar calendar)
    {
        var months = MonthsOf(quotes);
        return
        [
            .. quotes.Where(static q => !q.IsMonth)
                .Select(q => Of(months, q, q.Tenor, calendar).Value)
                .OfType<StripPrice>(),
        ];
    }

    /// <summary>Monthly quotes in order; of two for the same month the first counts.</summary>
    private static SortedDictionary<YearMonth, BuildQuote> MonthsOf(IReadOnlyList<BuildQuote> quotes)
    {
        var months = new SortedDictionary<YearMonth, BuildQuote>();
        foreach (var quote in quotes)
        {
            if (quote.IsMonth && !double.IsNaN(quote.Price))
            {
                months.TryAdd(quote.Tenor.First, quote);
            }
        }

        return months;
    }

    private static Built<StripPrice> Of(
        SortedDictionary<YearMonth, BuildQuote> months, BuildQuote? quoted, Tenor strip, DeliveryCalendar calendar)
    {
        var used = new List<(BuildQuote Quote, int Hours)>(strip.Months);
        var delivered = new List<YearMonth>();
        var missing = new List<YearMonth>();
        var firstListed = months.Count == 0 ? strip.Last.PlusMonths(1) : months.First().Key;
        foreach (var month in StripTenors.MonthsOf(strip))
        {
            if (months.TryGetValue(month, out var quote))
            {
                used.Add((quote, calendar.HoursOf(month)));
            }
            else
            {
                (month.CompareTo(firstListed) < 0 ? delivered : missing).Add(month);
            }
        }

        if (used.Count == 0)
        {
            return Built<StripPrice>.Refuse(RefusalReason.NoQuotes, $"expected quotes of months in {strip.Label}, found none");
        }

        var hours = used.Sum(static u => u.Hours);
        return new StripPrice(
            strip,
            used.Sum(u => u.Quote.Price * u.Hours) / hours,
            used.Sum(static u => u.Quote.Price) / used.Count,
            hours,
            [.. used.Select(u => new UsedQuote(u.Quote.Ref, u.Quote.Price, (double)u.Hours / hours))],
            delivered,
            missing,
            quoted);
    }
}
