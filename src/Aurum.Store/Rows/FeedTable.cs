using Aurum.Market.Feeds;
using Aurum.Store.DuckDb;
using Aurum.Store.Sql;

namespace Aurum.Store.Rows;

/// <summary>The numbers under which rows name their feeds, and the facts of feeds that SQL joins. Only changed under the commit
/// lock.</summary>
internal sealed class FeedTable
{
    private readonly Dictionary<string, int> _ids = [];

    public static FeedTable Load(DuckDbConnection connection)
    {
        var table = new FeedTable();
        using var find = connection.Prepare(FeedSql.Ids);
        using var rows = find.Query();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                table._ids.Add(rows.String(0, i), rows.Int32(1, i));
            }
        }

        return table;
    }

    public int? IdOf(FeedId feed) => _ids.TryGetValue(feed.Text, out var id) ? id : null;

    /// <summary>Writes the facts of the given feeds; feeds that are no longer in the catalog keep theirs. Call
    /// <see cref="Committed"/> when that is durable.</summary>
    public IReadOnlyDictionary<string, int> Write(DuckDbConnection connection, IReadOnlyList<Feed> feeds)
    {
        Dictionary<string, int> added = [];
        using var delete = connection.Prepare(FeedSql.Delete);
        using var insert = connection.Prepare(FeedSql.Insert);
        foreach (var feed in feeds)
        {
            var id = IdOf(feed.Id) ?? (added[feed.Id.Text] = _ids.Count + added.Count + 1);
            delete.Bind(id).Run();
            Insert(insert, id, feed);
        }

        return added;
    }

    public void Committed(IReadOnlyDictionary<string, int> added)
    {
        foreach (var (feed, id) in added)
        {
            _ids.Add(feed, id);
        }
    }

    private static void Insert(DuckDbStatement insert, int id, Feed feed)
    {
        var contract = feed.Contract;
        insert.Bind(id).Bind(feed.Id.Text).Bind(feed.Id.Publisher).Bind(feed.Id.Dataset).Bind(feed.Title).Bind(feed.TableName)
            .Bind(contract?.IsoCode).Bind(contract?.MarketText).Bind(contract?.ProductText).Bind(contract?.IsoTimezone)
            .Bind(contract?.IsoIntervalMinutes).Bind(contract?.IsoUnit).Bind(contract?.IsoSubject).Bind(contract?.IsoCurveRole)
            .Bind(feed.Zone.Id).Bind(feed.IntervalMinutes).Bind(feed.Suite).Bind(feed.Facts.Source).Bind(feed.Facts.Shape)
            .Bind(feed.Facts.Units).Bind(feed.Facts.Time).Bind(feed.Facts.Revisions)
            .Run();
    }
}
