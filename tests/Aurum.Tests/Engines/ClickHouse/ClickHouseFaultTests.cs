using System.Diagnostics;
using System.Globalization;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.ClickHouse.Following;
using Aurum.Cluster.ClickHouse.Operations;
using Aurum.Cluster.ClickHouse.Schema;
using Aurum.Cluster.ClickHouse.Wire;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Ticks;
using Aurum.Tests.Ticks.Service;

namespace Aurum.Tests.Engines.ClickHouse;

/// <summary>What docs/engines/clickhouse.md promises of a server that is killed, hangs or is full.</summary>
/// <remarks>The server is these tests' own.</remarks>
public sealed class ClickHouseFaultTests(ClickHouseServer server) : IClassFixture<ClickHouseServer>, IDisposable
{
    private readonly TestFolder _folder = TestFolder.InMemory();
    private readonly ClickHouseOptions _options = server.NewOptions() with
    {
        BatchRows = 1_024, Attempts = 1, FlushSeconds = 0.05, RecoverySeconds = 0.05,
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_of_an_insert_has_every_row_once_after_the_next_try()
    {
        using var client = ClickHouseClientTests.Open(_options);
        using var schema = new ClickHouseSchema(client, TimeProvider.System);
        var dialect = (await schema.Ready(CancellationToken.None)).Dialect;
        using var block = new NativeBlock(MarketTables.Ticks.Wire(dialect));
        var table = ClickHouseSql.Table(_options.Database, MarketTables.TickRows);
        var killed = false;

        // The test's server stores what it has after 20,000 rows, and so a part of it before the end.
        Task Insert() => client.Insert(table, block.Columns, Write, CancellationToken.None);
        await Assert.ThrowsAsync<ClickHouseException>(Insert);
        Assert.True(killed);
        await server.Start();
        await Insert();
        Assert.Equal("200000\t200000\n", await server.Client($"SELECT count(), uniqExact(frame) FROM {_options.Database}.ticks"));

        async Task Write(Stream to, CancellationToken cancel)
        {
            for (var piece = 0; piece < 20; piece++)
            {
                block.Clear();
                Fill(block, piece * 10_000L, 10_000);
                await block.Send(to, cancel);
                if (piece == 18 && !killed)
                {
                    killed = true;
                    server.Kill();
                }
            }
        }
    }

    [Fact]
    public async Task A_server_that_hangs_ends_a_request_in_time_and_the_copy_goes_on_when_it_wakes()
    {
        using var store = DuckDbStores.Open(_folder.Path);
        store.Ticks.Settle(new TickFrames().First().Settlement);
        using var client = ClickHouseClientTests.Open(_options with { RequestTimeoutSeconds = 0.5 });
        using var schema = new ClickHouseSchema(client, TimeProvider.System);
        using var follower = new TickFollower(store.Ticks, client, schema, TimeProvider.System);
        using (var patient = ClickHouseClientTests.Open(_options))
        {
            await new ClickHouseMigrator(patient).Migrate(TickFrames.Start, CancellationToken.None);
        }

        server.Process.Pause();
        ClickHouseException slow;
        try
        {
            var began = Stopwatch.GetTimestamp();
            slow = await Assert.ThrowsAsync<ClickHouseException>(() => follower.Sync(CancellationToken.None));
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(15));
        }
        finally
        {
            server.Process.Resume();
        }

        Assert.Contains("within 0.5 s, found none", slow.Message);
        Assert.True(slow.MayPass);
        Assert.Null(follower.Position);
        using var waiting = ClickHouseClientTests.Open(_options);
        using var awake = new TickFollower(store.Ticks, waiting, schema, TimeProvider.System);
        Assert.Equal(5, await awake.Sync(CancellationToken.None));
        Assert.Equal(1, awake.Position);
    }

    [Fact]
    public async Task A_running_server_does_not_notice_that_ClickHouse_is_gone_and_catches_up_by_itself()
    {
        List<string> told = [];
        using var home = new TickHome(folder: _folder.Path);
        await using var service = new ClickHouseService(
            _options, home.Store.Ticks, TimeProvider.System, new Random(9), text => { lock (told) { told.Add(text); } });
        service.Start();
        var bytes = TickHome.Messages(4_000);
        var half = TickHome.EndOfLine(bytes, bytes.Length / 2);
        await home.Service.SubmitAsync(TickHome.Batch(bytes.AsMemory(0, half)), default);
        await home.Service.SettleAsync(default);
        await Until(() => service.Follower!.Lag == 0);

        server.Kill();
        await home.Service.SubmitAsync(TickHome.Batch(bytes.AsMemory(half)), default);
        await home.Finish();
        service.Operations!.TryAdd(new EventRow(TickFrames.Start.ToUnixTimeSeconds(), "while.down", "test", "info", "{}"));
        await Until(() => { lock (told) { return told.Exists(t => t.Contains("the next try is in", StringComparison.Ordinal)); } });
        Assert.True(service.Follower!.Lag > 0);

        await server.Start();
        await Until(() => service.Follower!.Lag == 0 && service.Operations!.Waiting == 0 && service.Operations.Written >= 2);
        var ticks = home.Count("SELECT count(*) FROM ticks").ToString(CultureInfo.InvariantCulture);
        Assert.Equal($"{ticks}\n", await server.Client($"SELECT count() FROM {_options.Database}.ticks"));
        Assert.Equal("1\n", await server.Client($"SELECT count() FROM {_options.OpsDatabase}.events WHERE event_type = 'while.down'"));
        Assert.Equal(0, service.Operations!.Dropped);
    }

    [Fact]
    public async Task A_server_without_room_is_told_in_its_own_words_and_has_all_when_there_is_room()
    {
        using var client = ClickHouseClientTests.Open(_options);
        using var schema = new ClickHouseSchema(client, TimeProvider.System);
        var dialect = (await schema.Ready(CancellationToken.None)).Dialect;
        using var block = new NativeBlock(MarketTables.Ticks.Wire(dialect));
        Fill(block, 0, 300_000);
        var table = ClickHouseSql.Table(_options.Database, MarketTables.TickRows);
        server.LimitFiles(1 << 20);
        try
        {
            var full = await Assert.ThrowsAsync<ClickHouseException>(() => client.Insert(table, block, CancellationToken.None));
            Assert.Contains("File too large", full.Message);
            Assert.True(full.MayPass);
        }
        finally
        {
            server.LimitFiles(null);
        }

        await client.Insert(table, block, CancellationToken.None);
        Assert.Equal("300000\n", await server.Client($"SELECT count() FROM {_options.Database}.ticks"));
    }

    [Fact]
    public async Task A_request_that_may_be_sent_twice_is_tried_until_the_server_is_back()
    {
        using var client = ClickHouseClientTests.Open(_options with { Attempts = 20, RetryMilliseconds = 50 });
        var before = await client.Version(CancellationToken.None);
        server.Kill();
        var asked = client.Version(CancellationToken.None);
        var once = await Assert.ThrowsAsync<ClickHouseException>(() => client.Execute("SELECT 1", CancellationToken.None));
        Assert.True(once.MayPass);
        Assert.Contains("no answer of http://127.0.0.1:", once.Message);
        await server.Start();
        Assert.Equal(before, await asked);
    }

    private static async Task Until(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private static void Fill(NativeBlock block, long first, int rows)
    {
        var random = new Random((int)first);
        foreach (var column in block.Columns)
        {
            for (var i = 0; i < rows; i++)
            {
                switch (column.Name)
                {
                    case "frame":
                        column.Add(first + i);
                        break;
                    case "event_time_us":
                        column.Add(TickFrames.Micros(0) + ((first + i) * 1_000));
                        break;
                    case "instrument_id":
                        column.Add("NP15"u8);
                        break;
                    case "price":
                        column.Add(random.NextDouble());
                        break;
                    default:
                        AddNothing(column);
                        break;
                }
            }
        }
    }

    private static void AddNothing(NativeColumn column)
    {
        if (column.Type.Kind == NativeKind.Nullable)
        {
            column.AddUnknown();
        }
        else if (column.Type.Kind == NativeKind.Text)
        {
            column.Add(ReadOnlySpan<byte>.Empty);
        }
        else
        {
            column.Add(0L);
        }
    }
}
