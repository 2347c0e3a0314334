using System.Globalization;
using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Curves.Building.Strips;

/// <summary>The strips that months make up.</summary>
public static class StripTenors
{
    private const int MaxMonths = 1_200;

    /// <summary>Any run of months: <c>2026-02..2026-05</c>.</summary>
    /// <exception cref="ArgumentException">The last month is before the first, or more than 100 years after it.</exception>
    public static Tenor Range(YearMonth first, YearMonth last)
    {
        var tenor = new Tenor(TenorType.Strip, $"{Text(first)}..{Text(last)}", first, last);
        return tenor.Months is >= 1 and <= MaxMonths
            ? tenor
            : throw new ArgumentException($"expected a last month from {Text(first)} on, found {Text(last)}", nameof(last));
    }

    /// <summary>Reads a strip: a vendor's name of one (<c>Calendar 2026</c>, <c>Winter 2026</c>, <c>Q3 2026</c>) or a run of
    /// months.</summary>
    /// <returns>False for any other text.</returns>
    public static bool TryParse(string text, TenorRules rules, out Tenor? tenor)
    {
        var ends = text.Split("..", StringSplitOptions.TrimEntries);
        if (ends.Length == 2 && Tenor.TryParse(ends[0], rules, out var from) && Tenor.TryParse(ends[1], rules, out var to)
            && to.Last.CompareTo(from.First) >= 0)
        {
            tenor = Range(from.First, to.Last);
            return tenor.Months <= MaxMonths;
        }

        return Tenor.TryParse(text, rules, out tenor);
    }

    public static IEnumerable<YearMonth> MonthsOf(Tenor tenor)
    {
        for (var month = tenor.First; month.CompareTo(tenor.Last) <= 0; month = month.PlusMonths(1))
        {
            yield return month;
        }
    }

    /// <summary>The calendar years, quarters, summers and winters that overlap a run of months, by kind and then by time.</summary>
    /// <param name="first">First month.</param>
    /// <param name="last">Last month.</param>
    /// <param name="winter">The year that a winter is named after.</param>
    public static IReadOnlyList<Tenor> Overlapping(YearMonth first, YearMonth last, WinterYear winter)
    {
        var rules = new TenorRules { Winter = winter, AsOf = first };
        string[] kinds = ["Calendar {0}", "Q1 {0}", "Q2 {0}", "Q3 {0}", "Q4 {0}", "Summer {0}", "Winter {0}"];
        var strips =
            from kind in kinds
            from year in Enumerable.Range(first.Year - 1, last.Year - first.Year + 3)
            let text = string.Format(CultureInfo.InvariantCulture, kind, year)
            let strip = Tenor.TryParse(text, rules, out var tenor) ? tenor : null
            where strip is not null && strip.First.CompareTo(last) <= 0 && strip.Last.CompareTo(first) >= 0
            orderby strip.Type == TenorType.Calendar ? 0 : strip.Type == TenorType.Quarter ? 1 : 2, strip.First
            select strip;
        return [.. strips];
    }

    private static string Text(YearMonth month) => string.Create(CultureInfo.InvariantCulture, $"{month.Year:0000}-{month.Month:00}");
}
