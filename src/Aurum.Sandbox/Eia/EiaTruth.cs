using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Eia;

/// <summary>True rows of the EIA feeds: 24 hour ends of a UTC day, hour by hour, then in the order of the facets' codes.</summary>
internal static class EiaTruth
{
    public static IEnumerable<TruthSource> Of(World world)
    {
        var books = new EiaBooks(world);
        return
        [
            .. books.All.Select(Source),
            .. EiaTables.Of(world).GroupBy(t => t.Feed).Select(tables => new TruthSource<SeriesPoint>(
                new FeedId($"eia/{tables.Key}"), (day, knownAt) => tables.SelectMany(t => Rows(t, day, knownAt)), _ => [])),
            CatalogTruth.Of("eia/route-catalog", new EiaCatalog(books, EiaTables.Of(world)).Listings),
            .. new EiaBulkFiles(world, books).Truth,
        ];
    }

    /// <summary>Monthly rows are those of the month's first day, weekly ones of the week's last.</summary>
    private static IEnumerable<SeriesPoint> Rows(EiaTable table, OperatingDay day, Instant knownAt)
    {
        var rows = !table.IsMonthly ? table.Rows(day.Date, knownAt)
            : day.Date.Day != 1 ? []
            : Enumerable.Range(0, table.Months).SelectMany(i => table.Rows(day.Date.PlusMonths(i), knownAt));
        foreach (var row in rows)
        {
            foreach (var (value, unit) in table.Values)
            {
                var id = string.Join('/', table.Keys.Select(k => row[k]).Prepend(table.Prefix));
                id = table.Values.Count > 1 ? $"{id}/{value}" : id;
                yield return new SeriesPoint(
                    new SeriesKey(id, row[unit]!), row.Interval,
                    row[value] is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : double.NaN);
            }
        }
    }

    private static TruthSource<SeriesPoint> Source(EiaBook book)
    {
        var keys = book.Series.Select(s => new SeriesKey($"rto/{book.Route}/{s.First.Code}/{s.Second.Code}", "megawatthours")).ToArray();
        return new TruthSource<SeriesPoint>(
            new FeedId($"eia/{book.Route}"),
            (day, knownAt) => Rows(book, keys, day, knownAt),
            day => book.Series.SelectMany(s => book.Corrections.Moments(s.Key, day)
                .Select(at => new TruthRevision(at, $"{s.First.Code}/{s.Second.Code}"))));
    }

    private static IEnumerable<SeriesPoint> Rows(EiaBook book, SeriesKey[] keys, OperatingDay day, Instant knownAt)
    {
        for (var start = day.Start.ToUnixTimeSeconds(); start < day.End.ToUnixTimeSeconds(); start += 3600)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                if (EiaBook.IsPublished(book.Series[i], start, knownAt))
                {
                    yield return new SeriesPoint(
                        keys[i], DeliveryInterval.FromUnixSeconds(start, 3600), book.Value(book.Series[i], start, knownAt) ?? double.NaN);
                }
            }
        }
    }
}
