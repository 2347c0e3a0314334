using System.Text;
using Aurum.App;
using Aurum.App.Commands;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Operations;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.ClickHouse.Operations;
using Aurum.Cluster.ClickHouse.Schema;
using Aurum.Cluster.ClickHouse.Wire;
using Aurum.Tests.Engines.Servers;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Aurum.Tests.Engines.ClickHouse;

[Collection(ClickHouseCollection.Name)]
public sealed class ClickHouseOperationsTests : IDisposable
{
    /// <summary>2026-03-02T15:00:00Z.</summary>
    private const long At = 1_772_463_600;

    private readonly ClickHouseServer _server;
    private readonly ClickHouseOptions _options;
    private readonly ClickHouseClient _client;
    private readonly ClickHouseSchema _schema;

    public ClickHouseOperationsTests(ClickHouseServer server)
    {
        _server = server;
        _options = server.NewOptions();
        _client = ClickHouseClientTests.Open(_options);
        _schema = new ClickHouseSchema(_client, TimeProvider.System);
    }

    public void Dispose()
    {
        _schema.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task Logs_events_and_requests_are_written_with_their_fields()
    {
        var writer = Writer();
        using (var logs = LoggerFactory.Create(b => b.AddProvider(new OperationsLogs(writer, TimeProvider.System))))
        {
            var log = logs.CreateLogger("Aurum.Api");
#pragma warning disable CA1848, CA2254 // A test writes two lines.
            log.LogWarning("feed {Feed} is {Minutes} minutes late", "caiso/load-actual", 7);
            log.LogDebug("not this one");
#pragma warning restore CA1848, CA2254
        }

        writer.TryAdd(new EventRow(At, "server.started", "aurum", "info", "{\"port\":8095}", "acme"));
        writer.TryAdd(new QueryRow(At, "aurum", "api", "GET /v1/bars", "acme", "200", 12) { RowsRead = 500 });
        await writer.Flush(CancellationToken.None);

        Assert.Equal(3, writer.Written);
        Assert.Equal(
            ["Warning Aurum.Api feed caiso/load-actual is 7 minutes late Feed,Minutes caiso/load-actual,7"],
            await Lines(
                "SELECT level, service, message, arrayStringConcat(fields.key, ','), arrayStringConcat(fields.value, ',') FROM ops.logs"));
        Assert.Equal(
            ["server.started aurum info {\"port\":8095} acme"],
            await Lines("SELECT event_type, source, severity, payload, tenant FROM ops.events"));
        Assert.Equal(
            "2026-03-02 15:00:00\tGET /v1/bars\t12\t500\n",
            await _server.Client($"SELECT recorded_at, query_name, wall_time_ms, rows_read FROM {_options.OpsDatabase}.query_metrics_raw"));
    }

    [Fact]
    public async Task A_batch_of_measurements_that_is_sent_again_does_not_count_twice()
    {
        var version = await _schema.Ready(CancellationToken.None);
        var ddl = new ClickHouseDdl(version.Dialect, _options.Database, _options.OpsDatabase);
        using var block = new NativeBlock(OperationsTables.QueryMetrics.Wire(version.Dialect));
        foreach (var batch in new[] { "a", "b", "a", "a" })
        {
            for (var i = 0; i < 3; i++)
            {
                new QueryRow(At + (i * 1_800), "aurum", "api", "GET /v1/bars", "", "200", 10 + i) { RowsRead = 100 }.AddTo(block);
                block["batch_id"].Add(Encoding.UTF8.GetBytes(batch));
                block["row_index"].Add((long)i);
            }

            await _client.Insert(ddl.Place(OperationsTables.QueryMetrics), block, CancellationToken.None);
            block.Clear();
        }

        string[] expected = ["2026-03-02 15:00:00 4 42 11 400", "2026-03-02 16:00:00 2 24 12 200"];
        const string Hours =
            "SELECT toString(hour), queries, wall_time_ms, max_wall_time_ms, rows_read FROM ops.query_metrics_hourly ORDER BY hour";
        Assert.Equal(expected, await Lines(Hours));
        await _client.Execute($"OPTIMIZE TABLE {_options.OpsDatabase}.query_metrics_hourly_rows FINAL", CancellationToken.None);
        Assert.Equal(expected, await Lines(Hours));
    }

    [Fact]
    public async Task Measurements_of_two_servers_that_share_a_store_s_name_are_all_counted()
    {
        for (var rows = 1; rows <= 2; rows++)
        {
            // Both have the same number of process, as servers in containers do.
            using var folder = TestFolder.InMemory();
            using var platform = Platform.Open(
                new AurumOptions { DataDirectory = folder.Path, ClickHouse = _options with { StoreName = "paris" } },
                new PlatformWorld(TimeProvider.System, "a test") { Secrets = Secrets.OfSandbox });
            var console = new CommandConsole(Stream.Null, TextWriter.Null, TimeProvider.System, IsTerminal: false, ShowsProgress: false);
            await using var service = ClickHouseDesk.Open(platform, console)!;
            for (var i = 0; i < rows; i++)
            {
                service.Operations!.TryAdd(new QueryRow(At, "aurum", "api", "GET /v1/bars", "", "200", 10));
            }

            await service.Operations!.Flush(CancellationToken.None);
        }

        Assert.Equal(["3 30"], await Lines("SELECT queries, wall_time_ms FROM ops.query_metrics_hourly"));
        Assert.Equal(["3"], await Lines("SELECT count() FROM ops.query_metrics_raw"));
    }

    [Fact]
    public async Task A_database_that_was_dropped_under_a_running_writer_is_made_again()
    {
        var writer = Writer();
        writer.TryAdd(new EventRow(At, "before", "test", "info", "{}"));
        await writer.Flush(CancellationToken.None);
        await ClickHouseLines.Drop(_client);
        writer.TryAdd(new EventRow(At, "behind", "test", "info", "{}"));
        var gone = await Assert.ThrowsAsync<ClickHouseException>(() => writer.Flush(CancellationToken.None));
        await writer.Flush(CancellationToken.None);

        Assert.True(gone.IsMissing, gone.Message);
        Assert.Equal(["behind"], await Lines("SELECT event_type FROM ops.events"));
    }

    [Fact]
    public async Task Who_writes_a_log_never_waits_and_what_finds_no_room_is_counted()
    {
        using var client = ClickHouseClientTests.Open(_options with { Url = "http://127.0.0.1:1", QueueRows = 100, Attempts = 1 });
        using var schema = new ClickHouseSchema(client, TimeProvider.System);
        var writer = new OperationsWriter(client, schema, TimeProvider.System, new Random(1));
        for (var i = 0; i < 150; i++)
        {
            Assert.Equal(i < 100, writer.TryAdd(new EventRow(At, "e", "test", "info", "{}")));
        }

        Assert.Equal((100, 50), (writer.Waiting, (int)writer.Dropped));
        await Assert.ThrowsAsync<ClickHouseException>(() => writer.Flush(CancellationToken.None));
        Assert.Equal(0, writer.Written);
    }

    [Fact]
    public async Task Partitions_that_are_too_old_are_dropped_and_no_others()
    {
        var writer = Writer();
        foreach (var days in new[] { 0, 29, 31, 400 })
        {
            writer.TryAdd(new LogRow(At - (days * 86_400L), "Error", "test", "h", "", "", $"{days} days old", []));
            writer.TryAdd(new EventRow(At - (days * 86_400L), "e", "test", "info", $"{days} days old"));
        }

        await writer.Flush(CancellationToken.None);
        var now = Instant.FromUnixTimeSeconds(At + 60);
        var retention = new ClickHouseRetention(_client);
        var found = await retention.Find(now, CancellationToken.None);
        Assert.Equal(["events 20250126 1", "logs 20250126 1", "logs 20260130 1"], found.Select(p => $"{p.Table} {p.Partition} {p.Rows}"));
        Assert.Equal(found, await retention.Run(now, CancellationToken.None));
        Assert.Empty(await retention.Run(now, CancellationToken.None));
        Assert.Equal(["0 days old", "29 days old"], await Lines("SELECT message FROM ops.logs ORDER BY message"));
        Assert.Equal(["0 days old", "29 days old", "31 days old"], await Lines("SELECT payload FROM ops.events ORDER BY payload"));
    }

    private OperationsWriter Writer() => new(_client, _schema, TimeProvider.System, new Random(_options.GetHashCode()));

    private Task<List<string>> Lines(string sql) =>
        ClickHouseLines.Of(_client, sql.Replace(" ops.", $" {_options.OpsDatabase}.", StringComparison.Ordinal));
}
