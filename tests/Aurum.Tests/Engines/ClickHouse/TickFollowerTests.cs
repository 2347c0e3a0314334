using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.ClickHouse.Following;
using Aurum.Market.Ticks;
using Aurum.Sandbox.Ticks;
using Aurum.Store.Ticks;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Ticks;
using Aurum.Tests.Ticks.Service;
using static Aurum.Tests.Store.Ticks.TickFrames;

namespace Aurum.Tests.Engines.ClickHouse;

[Collection(ClickHouseCollection.Name)]
public sealed class TickFollowerTests : IDisposable
{
    private readonly ClickHouseServer _server;
    private readonly TestFolder _folder = TestFolder.InMemory();
    private readonly ClickHouseOptions _options;
    private readonly ClickHouseClient _client;
    private readonly ClickHouseSchema _schema;

    public TickFollowerTests(ClickHouseServer server)
    {
        _server = server;
        _options = server.NewOptions() with { BatchRows = 4_096 };
        _client = ClickHouseClientTests.Open(_options);
        _schema = new ClickHouseSchema(_client, TimeProvider.System);
    }

    public void Dispose()
    {
        _schema.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Days_of_ticks_and_bars_are_the_same_in_both_engines_row_by_row()
    {
        using var home = new TickHome(folder: _folder.Path);
        var made = new MadeStreamOptions(7, TickMode.HighVolume, 3_000, 12, TickHome.Start)
        {
            StepMicros = 20_000_000, Duplicates = 0.05, DisorderSeconds = 2_000, HasQuotes = true,
        };
        await home.SubmitAsync(TickHome.Written(made));
        await home.Finish();
        using var follower = Follow(home.Store.Ticks);
        var rows = await follower.Sync(CancellationToken.None);

        Assert.True(home.Count("SELECT count(*) FROM bars WHERE revision > 0") > 50, "late ticks revise bars");
        Assert.Equal(
            rows, home.Count("SELECT (SELECT count(*) FROM ticks) + (SELECT count(*) FROM bars) + (SELECT count(*) FROM curve_points)"));
        await AssertSame(home, "ticks", "row_index", "index");
        await AssertSame(home, "bars", "row_index", "index");
        await AssertSame(home, "bars_current", "row_index", "index");
        await AssertSame(home, "latest_prices", "event_time_us", "epoch_us(event_time)");
        Assert.Equal(0, await follower.Sync(CancellationToken.None));
    }

    [Fact]
    public async Task Frames_that_are_sent_again_and_revisions_that_come_late_leave_the_views_right()
    {
        using var store = DuckDbStores.Open(_folder.Path);
        var frames = new TickFrames().First();
        frames.Settlement.Add([Bar(0, 0, 30), Bar(0, 0, 30, interval: BarInterval.OneDay)]);
        frames.Settlement.Add([new CurvePoint(0, 0, 202604, Micros(10), 30, double.NaN), new CurvePoint(0, 0, 202605, Micros(12), 31, 2)]);
        store.Ticks.Settle(frames.Settlement);
        using var follower = Follow(store.Ticks);
        await follower.Sync(CancellationToken.None);

        // A late tick: an older price, and a revision of its bar. An older quote, too.
        frames.Settlement.Clear();
        frames.Begin(accepted: 1);
        frames.Settlement.Add([Tick(0, 20, 44)]);
        frames.Settlement.Add([Bar(0, 0, 44, revision: 1)]);
        frames.Settlement.Add([new CurvePoint(0, 0, 202604, Micros(5), 29, 1)]);
        store.Ticks.Settle(frames.Settlement);
        await follower.Sync(CancellationToken.None);
        for (var again = 0; again < 3; again++)
        {
            await follower.SendBack(again % 2, CancellationToken.None);
            await follower.Sync(CancellationToken.None);
        }

        await Check();
        foreach (var table in new[] { "tick_rows", "bar_rows", "bar_current_rows", "latest_price_states", "curve_point_rows" })
        {
            await _client.Execute($"OPTIMIZE TABLE {_options.Database}.{table} FINAL", CancellationToken.None);
        }

        await Check();

        async Task Check()
        {
            Assert.Equal(
                ["acme NP15 31", "acme NP15 30", "acme NP15 44", "acme NP15 32", "acme SP15 -4", "other NP15 99"],
                await Lines("SELECT tenant_id, instrument_id, price FROM ticks ORDER BY tenant_id, instrument_id, event_time_us"));
            Assert.Equal(
                ["acme NP15 32 USD 70", "acme SP15 -4 USD ?", "other NP15 99 USD 12"],
                await Lines(
                    "SELECT tenant_id, instrument_id, price, currency, sequence FROM latest_prices ORDER BY tenant_id, instrument_id"));
            Assert.Equal(
                ["1d 0 30", "1m 0 30", "1m 1 44"],
                await Lines("SELECT bar_interval, revision, open FROM bars ORDER BY bar_interval, revision"));
            Assert.Equal(
                ["1d 0 30", "1m 1 44"], await Lines("SELECT bar_interval, revision, open FROM bars_current ORDER BY bar_interval"));
            Assert.Equal(
                ["ICE.NP15 [(202604,30),(202605,31)] USD"],
                await Lines("SELECT curve_id, toString(curve_points), currency FROM curve_snapshots"));
            Assert.Equal("3", Assert.Single(await Lines("SELECT count() FROM curve_points")));
        }
    }

    [Fact]
    public async Task Databases_that_were_dropped_under_a_running_server_are_made_and_filled_again()
    {
        using var store = DuckDbStores.Open(_folder.Path);
        store.Ticks.Settle(new TickFrames().First().Begin().Settlement);
        using var follower = Follow(store.Ticks);
        Assert.Equal(5, await follower.Sync(CancellationToken.None));
        await ClickHouseLines.Drop(_client);

        var gone = await Assert.ThrowsAsync<ClickHouseException>(() => follower.Sync(CancellationToken.None));
        Assert.True(gone.IsMissing, gone.Message);
        Assert.Equal(5, await follower.Sync(CancellationToken.None));
        Assert.Equal(["5"], await Lines("SELECT count() FROM ticks"));
        Assert.Equal(["3"], await Lines("SELECT count() FROM latest_prices"));
    }

    [Fact]
    public async Task The_cursor_is_in_ClickHouse_and_another_store_of_the_same_name_is_refused()
    {
        using (var store = DuckDbStores.Open(_folder.Path))
        {
            store.Ticks.Settle(new TickFrames().First().Begin().Settlement);
            using var first = Follow(store.Ticks);
            Assert.Equal(5, await first.Sync(CancellationToken.None));
            using var second = Follow(store.Ticks);
            Assert.Equal(0, await second.Sync(CancellationToken.None));
            Assert.Equal(2, second.Position);
            Assert.Equal("2\n", await _server.Client($"SELECT last_position FROM {_options.Database}.follow_cursors"));
        }

        using var folder = new TestFolder();
        using var other = DuckDbStores.Open(folder.Path);
        using var stranger = Follow(other.Ticks);
        var refused = await Assert.ThrowsAsync<ClickHouseException>(() => stranger.Sync(CancellationToken.None));
        Assert.Contains("has frames up to 2 of store 'aurum', this store ends with frame 0", refused.Message);
        Assert.False(refused.MayPass);
    }

    private TickFollower Follow(TickTables tables) => new(tables, _client, _schema, TimeProvider.System);

    private Task<List<string>> Lines(string sql) =>
        ClickHouseLines.Of(_client, sql.Replace(" FROM ", $" FROM {_options.Database}.", StringComparison.Ordinal));

    /// <summary>Compares a view of both engines, all columns that both have; numbers may differ in the last digits of sums.</summary>
    private async Task AssertSame(TickHome home, string view, string clickHouseOrder, string order)
    {
        var (ours, theirs) = view switch
        {
            "ticks" => (
                """
                frame, index, tenant_id, instrument_id, market, source, epoch_us(event_time), epoch_us(ingested_at), sequence, price,
                volume, bid, ask, currency, unit, array_to_string(flags, ','), commodity, region, product_tier, epoch_us(known_at)
                """,
                """
                frame, row_index, tenant_id, instrument_id, market, source, event_time_us, ingested_at_us, sequence, price,
                volume, bid, ask, currency, unit, arrayStringConcat(quality_flags, ','), commodity, region, product_tier, known_at_us
                """),
            "latest_prices" => (
                """
                tenant_id, instrument_id, market, epoch_us(event_time), price, volume, bid, ask, currency, unit, source, sequence,
                epoch_us(known_at)
                """,
                """
                tenant_id, instrument_id, market, event_time_us, price, volume, bid, ask, currency, unit, source, sequence, known_at_us
                """),
            _ => (
                """
                frame, index, tenant_id, instrument_id, interval, epoch_us(start_utc), epoch_us(end_utc), open, high, low, close, volume,
                vwap, twap, count, revision, partial_start::int, partial_end::int, epoch_us(known_at)
                """,
                """
                frame, row_index, tenant_id, instrument_id, bar_interval, start_utc_us, end_utc_us, open, high, low, close, volume,
                vwap, twap, tick_count, toInt64(revision), partial_start, partial_end, known_at_us
                """),
        };
        var keys = view == "latest_prices" ? "tenant_id, instrument_id" : "frame, row_index";
        var expected = ClickHouseLines.Of(home.Store, $"SELECT {ours} FROM {view} ORDER BY 1, 2, {order}");
        var found = await ClickHouseLines.Of(
            _client, $"SELECT {theirs} FROM {_options.Database}.{view} ORDER BY {keys}, {clickHouseOrder}");
        Assert.True(expected.Count > 10, view);
        Assert.Equal(expected.Count, found.Count);
        Assert.Equal(expected, found);
    }
}
