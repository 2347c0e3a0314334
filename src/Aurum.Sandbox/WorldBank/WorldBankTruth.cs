using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using Aurum.Sources.WorldBank;
using NodaTime;

namespace Aurum.Sandbox.WorldBank;

/// <summary>True rows of the World Bank feeds: on Mondays, seven years of every indicator.</summary>
internal static class WorldBankTruth
{
    public static IEnumerable<TruthSource> Of(World world)
    {
        var book = new WorldBankBook(world);
        return
        [
            new TruthSource<SeriesPoint>(new FeedId("worldbank/indicators"), (day, at) => Rows(book, day, at), _ => []),
            CatalogTruth.Of("worldbank/indicator-catalog", static _ => WorldBankCatalog.Listings()),
        ];
    }

    private static IEnumerable<SeriesPoint> Rows(WorldBankBook book, OperatingDay day, Instant knownAt)
    {
        var isAsked = day.Date.DayOfWeek == IsoDayOfWeek.Monday;
        foreach (var indicator in isAsked ? WorldBankBook.Asked : [])
        {
            var name = WorldBankBook.NameOf(indicator);
            var unit = name.EndsWith(')') ? name[(name.LastIndexOf('(') + 1)..^1] : "";
            var first = day.Date.Year - Indicators.YearsBack;
            foreach (var cell in book.Cells(indicator, WorldBankBook.Countries, first, day.Date.Year, knownAt))
            {
                yield return new SeriesPoint(
                    new SeriesKey($"{indicator}/{cell.Country.Iso3}", unit),
                    CalendarPeriods.Of(new LocalDate(cell.Year, 1, 1), SeriesFrequency.Annual), cell.Value ?? double.NaN);
            }
        }
    }
}
