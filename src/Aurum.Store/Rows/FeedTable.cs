using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Rows;

/// <summary>The numbers under which rows name their feeds, and the facts of feeds that SQL joins. Only changed under the commit
/// lock.</summary>
internal sealed class FeedTable
{
    private readonly Dictionary<string, int> _ids = [];

    /// <summary>Reads the numbers.</summary>
    public void Load(EngineConnection connection)
    {
        using var find = connection.Prepare(FeedSql.Ids);
        using var rows = find.Query();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                _ids[rows.String(0, i)] = rows.Int32(1, i);
            }
        }
    }

    public int? IdOf(FeedId feed) => _ids.TryGetValue(feed.Text, out var id) ? id : null;

    /// <summary>Writes the facts of the given feeds where they are others than those that stand there; feeds that are no longer in
    /// the catalog keep theirs. Call <see cref="Committed"/> when that is durable.</summary>
    public IReadOnlyDictionary<string, int> Write(EngineConnection connection, IReadOnlyList<Feed> feeds)
    {
        var written = ReadFacts(connection);
        Dictionary<string, int> added = [];
        using var delete = connection.Prepare(FeedSql.Delete);
        using var insert = connection.Prepare(FeedSql.Insert);
        foreach (var feed in feeds)
        {
            var id = IdOf(feed.Id) ?? (added[feed.Id.Text] = _ids.Count + added.Count + 1);
            var facts = FactsOf(feed);
            if (written.GetValueOrDefault(id) is not { } before)
            {
                Insert(insert, id, facts);
            }
            else if (!facts.SequenceEqual(before))
            {
                delete.Bind(id).Run();
                Insert(insert, id, facts);
            }
        }

        return added;
    }

    public void Committed(IReadOnlyDictionary<string, int> added)
    {
        foreach (var (feed, id) in added)
        {
            _ids[feed] = id;
        }
    }

    private static Dictionary<int, string?[]> ReadFacts(EngineConnection connection)
    {
        Dictionary<int, string?[]> facts = [];
        using var find = connection.Prepare(FeedSql.Facts);
        using var rows = find.Query();
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                var cells = new string?[rows.ColumnCount - 1];
                for (var i = 0; i < cells.Length; i++)
                {
                    cells[i] = rows.StringOrNull(i + 1, row);
                }

                // A number that stands there twice is written again.
                if (!facts.TryAdd(rows.Int32(0, row), cells))
                {
                    facts[rows.Int32(0, row)] = [];
                }
            }
        }

        return facts;
    }

    /// <summary>As text, in the order of <see cref="FeedSql.Facts"/>.</summary>
    private static string?[] FactsOf(Feed feed)
    {
        var contract = feed.Contract;
        return
        [
            feed.Id.Text, feed.Id.Publisher, feed.Id.Dataset, feed.Title, feed.TableName, contract?.IsoCode, contract?.MarketText,
            contract?.ProductText, contract?.IsoTimezone, Number(contract?.IsoIntervalMinutes), contract?.IsoUnit, contract?.IsoSubject,
            contract?.IsoCurveRole, feed.Zone.Id, Number(feed.IntervalMinutes), feed.Suite, feed.Facts.Source, feed.Facts.Shape,
            feed.Facts.Units, feed.Facts.Time, feed.Facts.Revisions,
        ];
    }

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static void Insert(EngineStatement insert, int id, string?[] facts)
    {
        insert.Bind(id);
        Array.ForEach(facts, fact => insert.Bind(fact));
        insert.Run();
    }
}
