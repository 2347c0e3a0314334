using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Fred;

/// <summary>True rows of the FRED feeds: every vintage of the observations in a series' window, published by the day.</summary>
internal static class FredTruth
{
    public static IEnumerable<TruthSource> Of(World world)
    {
        var book = new FredBook(world);
        var keys = book.Series.ToDictionary(s => s.Id, s => new SeriesKey($"series/{s.Id}", s.Unit));
        var catalog = new FredCatalog(book);
        return
        [
            new TruthSource<SeriesPoint>(new FeedId("fred/observations"), (day, at) => Rows(book, keys, day, at), _ => []),
            CatalogTruth.Of("fred/series-catalog", catalog.Listings),
        ];
    }

    private static IEnumerable<SeriesPoint> Rows(FredBook book, Dictionary<string, SeriesKey> keys, OperatingDay day, Instant knownAt)
    {
        var through = LocalDate.Min(day.Date, FredBook.PublishedThrough(knownAt));
        foreach (var series in book.Series)
        {
            foreach (var vintage in book.Vintages(series, day.Date.PlusDays(-series.WindowDays), through, through))
            {
                yield return new SeriesPoint(
                    keys[series.Id], CalendarPeriods.Of(vintage.Date, series.Frequency), vintage.Value,
                    CalendarPeriods.MidnightUtc(vintage.Published));
            }
        }
    }
}
