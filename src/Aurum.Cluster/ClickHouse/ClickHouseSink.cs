using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.Cluster.ClickHouse.Following;
using Aurum.Cluster.ClickHouse.Schema;
using Aurum.Cluster.ClickHouse.Wire;
using Aurum.Market.Feeds;
using Aurum.Store.Sinks;

namespace Aurum.Cluster.ClickHouse;

/// <summary>Copies rows of deliveries to ClickHouse: prices, load, fuel mix and curves, and a line of <c>ops.ingest_activity</c> for each
/// delivery, of whatever table.</summary>
/// <remarks>At least once. A row is itself by feed, keys and revision, a line by the number of its delivery: what comes again changes
/// nothing.</remarks>
public sealed class ClickHouseSink(ClickHouseOptions options, TimeProvider time, Random random) : IDeliverySink
{
    /// <summary>Name of its cursor in the store.</summary>
    public const string SinkName = "clickhouse";

    /// <summary>Errors that say that the rows are wrong, and not the server.</summary>
    private static readonly int[] WrongRows = [-1, 6, 26, 27, 33, 38, 41, 53, 70, 349, 368];

    private readonly Dictionary<string, RowCopier> _copiers = [];
    private readonly ClickHouseClient _client = new(options, time, random);
    private ClickHouseSchema? _schema;

    public string Name => SinkName;

    /// <summary>Rows that were sent by this object.</summary>
    public long Rows { get; private set; }

    public bool Follows(string table) => true;

    public async Task Deliver(IReadOnlyList<SinkDelivery> deliveries, CancellationToken cancel)
    {
        try
        {
            _schema ??= new ClickHouseSchema(_client, time);
            await _schema.Use(version => Copy(deliveries, version.Dialect, cancel), cancel);
        }
        catch (ClickHouseException e)
        {
            throw new SinkException(e.Message, e) { MayRetry = e.Row is null && !WrongRows.Contains(e.Code) };
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var copier in _copiers.Values)
        {
            copier.Dispose();
        }

        _copiers.Clear();
        _schema?.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Copy(IReadOnlyList<SinkDelivery> deliveries, ClickHouseDialect dialect, CancellationToken cancel)
    {
        var ddl = new ClickHouseDdl(dialect, options.Database, options.OpsDatabase);
        foreach (var group in deliveries
            .Where(static d => DeliveredTables.Followed.Contains(d.Entry.Table) && d.Entry.New + d.Entry.Changed > 0)
            .GroupBy(static d => d.Entry.Table))
        {
            await Copy(group.Key, [.. group], dialect, ddl, cancel);
        }

        await Note(deliveries, dialect, ddl, cancel);
    }

    /// <summary>Sends the rows in pieces of about one batch.</summary>
    private async Task Copy(
        string table, IReadOnlyList<SinkDelivery> deliveries, ClickHouseDialect dialect, ClickHouseDdl ddl, CancellationToken cancel)
    {
        var to = DeliveredTables.Find(table);
        if (!_copiers.TryGetValue(table, out var copier))
        {
            _copiers[table] = copier = new RowCopier(to, dialect, options.StoreName, hasDelivery: true);
        }

        for (var first = 0; first < deliveries.Count;)
        {
            var count = 0;
            for (long rows = 0; first + count < deliveries.Count && (count == 0 || rows < options.BatchRows); count++)
            {
                rows += deliveries[first + count].Entry.New + deliveries[first + count].Entry.Changed;
            }

            var piece = deliveries.Skip(first).Take(count).ToList();
            long sent = 0;
            await _client.Insert(
                ddl.Place(to),
                copier.Block.Columns,
                async (stream, cancelled) =>
                {
                    copier.Block.Clear();
                    sent = 0;
                    foreach (var delivery in piece)
                    {
                        using var rows = delivery.Rows(cancelled);
                        sent += await copier.Send(rows, delivery.Entry.Id, stream, cancelled);
                    }

                    await copier.Flush(stream, cancelled);
                },
                cancel);
            Rows += sent;
            first += count;
        }
    }

    private async Task Note(
        IReadOnlyList<SinkDelivery> deliveries, ClickHouseDialect dialect, ClickHouseDdl ddl, CancellationToken cancel)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        using var block = new NativeBlock(OperationsTables.IngestActivity.Wire(dialect));
        foreach (var (entry, _) in deliveries)
        {
            var known = entry.KnownAt.ToUnixTimeMilliseconds();
            block["event_time"].Add(known / 1_000);
            block["pipeline"].Add(Encoding.UTF8.GetBytes(entry.Feed.Text));
            block["dataset"].Add(Encoding.UTF8.GetBytes(entry.Table));
            block["tenant"].Add(ReadOnlySpan<byte>.Empty);
            block["records"].Add(entry.New + entry.Changed);
            block["status"].Add(Encoding.UTF8.GetBytes(entry.Outcome.ToString()));
            block["error_code"].Add(Encoding.UTF8.GetBytes(
                entry.Outcome is Outcome.Data or Outcome.ProvenEmpty ? "" : entry.Outcome.ToString()));
            block["latency_ms"].Add(Math.Max(0, now - known));
            block["metadata"].Add(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
            {
                ["day"] = entry.Day.ToString("uuuu'-'MM'-'dd", CultureInfo.InvariantCulture),
                ["new"] = entry.New,
                ["changed"] = entry.Changed,
                ["quarantined"] = entry.Quarantined,
            }));
            block["batch_id"].Add(Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{options.StoreName}/{entry.Id}")));
            block["row_index"].Add(0L);
        }

        await _client.Insert(ddl.Place(OperationsTables.IngestActivity), block, cancel);
    }
}
