using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Sandbox.Workbooks;

/// <summary>The strips that vendors list on a day.</summary>
internal static class StripNames
{
    /// <summary>Years, then seasons, the nearer one first, each behind a row that parts them. Winter has the name of the year that it
    /// ends in.</summary>
    public static IReadOnlyList<Tenor?> OfSeasons(LocalDate asOf, int years)
    {
        var year = asOf.Year;
        var firstSummer = asOf.Month <= 10 ? year : year + 1;
        var firstWinter = asOf.Month <= 3 ? year : year + 1;
        var summers = Enumerable.Range(firstSummer, years).Select(Summer);
        var winters = Enumerable.Range(firstWinter, years).Select(Winter);
        var isSummerNearer = asOf.Month is > 3 and <= 10;
        return
        [
            .. Enumerable.Range(year, years).Select(Calendar), null, .. isSummerNearer ? summers : winters, null,
            .. isSummerNearer ? winters : summers,
        ];
    }

    /// <summary>The rest of the year, the quarters of the next two, winters by both their years, and years.</summary>
    public static IReadOnlyList<Tenor?> OfPower(LocalDate asOf, int years)
    {
        var year = asOf.Year;
        return
        [
            new Tenor(TenorType.Season, $"Bal {year}", asOf.ToYearMonth(), new YearMonth(year, 12)),
            .. Enumerable.Range(0, 8).Select(q => Quarter(year + 1 + (q / 4), 1 + (q % 4))),
            .. Enumerable.Range(year + 1, 2).Select(y => new Tenor(
                TenorType.Season, $"Winter {y}-{y + 1}", new YearMonth(y, 11), new YearMonth(y + 1, 3))),
            .. Enumerable.Range(year + 1, years).Select(Calendar),
        ];
    }

    private static Tenor Calendar(int year) => new(TenorType.Calendar, $"Calendar {year}", new YearMonth(year, 1), new YearMonth(year, 12));

    private static Tenor Summer(int year) => new(TenorType.Season, $"Summer {year}", new YearMonth(year, 4), new YearMonth(year, 10));

    private static Tenor Winter(int year) => new(TenorType.Season, $"Winter {year}", new YearMonth(year - 1, 11), new YearMonth(year, 3));

    private static Tenor Quarter(int year, int quarter) =>
        new(TenorType.Quarter, $"Q{quarter} {year}", new YearMonth(year, (3 * quarter) - 2), new YearMonth(year, 3 * quarter));
}
