using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Reading;

/// <summary>File records out of the columns that all queries about files begin with: the id, then the record.</summary>
internal static class FileRecords
{
    public static FileRecord Read(EngineRows rows, int i) => new(
        new Fetch(
            new FeedId(rows.String(1, i)),
            rows.Date(2, i),
            rows.String(3, i),
            rows.String(4, i),
            rows.String(5, i),
            rows.Int32(6, i))
        {
            RequestHeaders = FileRecordJson.HeadersOf(rows.String(7, i)),
            ResponseHeaders = FileRecordJson.HeadersOf(rows.String(8, i)),
        },
        rows.String(9, i),
        rows.Int64(10, i),
        rows.Instant(11, i),
        rows.Int32(12, i));
}

/// <summary>Reads committed deliveries with their files.</summary>
internal static class DeliveryReader
{
    public static List<Delivery> Page(StoreEngine engine, FeedId? feed, long after, int limit)
    {
        var page = engine.List(
            ReadingSql.Deliveries,
            s => s.Bind(feed?.Text).BindNull().BindNull().Bind(after).BindNull().BindNull().Bind(limit),
            static (rows, i) => new Delivery(
                rows.Int64(0, i),
                new FeedId(rows.String(1, i)),
                rows.Date(2, i),
                rows.Instant(3, i),
                (Outcome)rows.Int32(4, i),
                rows.String(5, i),
                rows.Boolean(6, i),
                rows.InstantOrNull(7, i),
                []));
        if (page.Count == 0)
        {
            return page;
        }

        var files = engine.List(
                ReadingSql.FilesOfDeliveries,
                s => s.Bind(page[0].Id).Bind(page[^1].Id),
                static (rows, i) => (Delivery: rows.Int64(ReadingSql.FileColumnCount, i), File: FileRecords.Read(rows, i)))
            .ToLookup(f => f.Delivery, f => f.File);
        return [.. page.Select(d => d with { Files = [.. files[d.Id]] })];
    }
}
