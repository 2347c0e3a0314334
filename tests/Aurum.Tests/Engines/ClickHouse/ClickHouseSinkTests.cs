using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Sinks;
using Aurum.Cluster.ClickHouse;
using Aurum.Curves.Feeds;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Rows;
using Aurum.Store.Sinks;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.ClickHouse;

[Collection(ClickHouseCollection.Name)]
public sealed class ClickHouseSinkTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2025, 3, 5, 0, 0);

    private readonly DuckDbStores _stores = new();
    private readonly AurumStore _store;
    private readonly ClickHouseOptions _options;
    private readonly ClickHouseClient _client;

    public ClickHouseSinkTests(ClickHouseServer server)
    {
        _store = _stores.Open();
        _options = server.NewOptions();
        _client = ClickHouseClientTests.Open(_options);
    }

    public void Dispose()
    {
        _client.Dispose();
        _store.Dispose();
        _stores.Dispose();
    }

    [Fact]
    public async Task Rows_of_deliveries_are_there_once_with_their_revisions_however_often_they_come()
    {
        Deliver(hour: 1, lmp: 10, ghg: double.NaN);
        Deliver(hour: 2, lmp: 20, ghg: 1);
        Deliver(hour: 1, lmp: 11, ghg: 2);
        Forecast(hour: 1, mw: 500);
        await using var sink = new ClickHouseSink(_options, TimeProvider.System, new Random(3));
        for (var again = 0; again < 3; again++)
        {
            _store.Sinks.Move(sink.Name, again % 2, Now);
            await Runner(sink).CatchUp(CancellationToken.None);
        }

        Assert.Equal(4, _store.Sinks.Cursor("clickhouse"));
        Assert.Equal(
            [
                "1 1 10 ? caiso/day-ahead-lmp CAISO HUB_A", "1 3 11 2 caiso/day-ahead-lmp CAISO HUB_A",
                "2 2 20 1 caiso/day-ahead-lmp CAISO HUB_A",
            ],
            await Lines($"""
                SELECT toInt64((interval_start_utc_us - {Start()}) / 3600000000), delivery, lmp, ghg, feed, iso_code, location_id
                FROM {_options.Database}.iso_lmp ORDER BY interval_start_utc_us, revision
                """));
        Assert.Equal(
            ["11 2", "20 1"],
            await Lines($"SELECT lmp, revision FROM {_options.Database}.iso_lmp_current ORDER BY interval_start_utc_us"));
        Assert.Equal(["500 MW"], await Lines($"SELECT mw, unit FROM {_options.Database}.iso_load_current"));
        Assert.Equal(
            ["1 1 Data iso_lmp", "2 1 Data iso_lmp", "3 1 Data iso_lmp", "4 1 Data iso_load"],
            await Lines($"""
                SELECT replaceOne(batch_id, 'aurum/', ''), records, status, dataset FROM {_options.OpsDatabase}.ingest_activity FINAL
                ORDER BY batch_id
                """));
    }

    [Fact]
    public async Task Quotes_of_a_workbook_are_rows_of_their_day_and_the_latest_revision_is_the_curve()
    {
        var asOf = new LocalDate(2025, 9, 17);
        var feed = CurveFeeds.Vendors.Single(static v => v.Vendor == "eugp").Merged;
        using var folder = new TestFolder();
        using var store = AurumStore.Open(
            new StoreOptions(folder.Path) { MemoryLimitMiB = 512, Threads = 1 }, StoredFeeds.All, new StoppedClock(Now));
        foreach (var mid in new[] { 31.5, 31.75 })
        {
            using var intake = store.BeginDay(feed, feed.Day(asOf), Now);
            intake.AddFile(new(new Fetch(feed.Id, asOf, Fetch.HandedOver, "/a.xlsx", "a.xlsx", 0), new string('a', 64), 1, Now));
            intake.Append([Quote(asOf, mid)]);
            intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
        }

        await using var sink = new ClickHouseSink(_options, TimeProvider.System, new Random(3));
        await Runner(sink, store).CatchUp(CancellationToken.None);
        Assert.Equal(2, sink.Rows);
        Assert.Equal(
            ["2025-09-17 MONTHLY 2025-09-01 31.75 31.65 31.85 2"],
            await Lines($"""
                SELECT asof_date, tenor_type, contract_month, mid, bid, ask, revision FROM {_options.Database}.curve_observation_current
                """));
        Assert.Equal(["202509 2"], await Lines($"""
            SELECT partition, toInt64(sum(rows)) FROM system.parts WHERE active AND database = '{_options.Database}'
              AND table = 'curve_observation_rows' GROUP BY partition
            """));
    }

    [Fact]
    public async Task A_server_that_refuses_stops_the_cursor_and_may_be_tried_again()
    {
        Deliver(hour: 1, lmp: 10, ghg: 1);
        await using var sink = new ClickHouseSink(
            _options with { User = ClickHouseServer.Reader, Password = "" }, TimeProvider.System, new Random(3));
        var refused = await Assert.ThrowsAsync<SinkException>(() => Runner(sink).CatchUp(CancellationToken.None));
        Assert.True(refused.MayRetry);
        Assert.Contains("(code 164)", refused.Message);
        Assert.Equal(0, _store.Sinks.Cursor("clickhouse"));
    }

    [Fact]
    public async Task Tables_that_were_dropped_are_made_again_and_have_all_rows_after_the_sink_was_sent_back()
    {
        Deliver(hour: 1, lmp: 10, ghg: 1);
        await using var sink = new ClickHouseSink(_options, TimeProvider.System, new Random(3));
        await Runner(sink).CatchUp(CancellationToken.None);
        await ClickHouseLines.Drop(_client);
        Deliver(hour: 2, lmp: 20, ghg: 1);
        await Assert.ThrowsAsync<SinkException>(() => Runner(sink).CatchUp(CancellationToken.None));
        await Runner(sink).CatchUp(CancellationToken.None);
        Assert.Equal(["20"], await Lines($"SELECT lmp FROM {_options.Database}.iso_lmp"));

        _store.Sinks.Move(sink.Name, 0, Now);
        await Runner(sink).CatchUp(CancellationToken.None);
        Assert.Equal(["10", "20"], await Lines($"SELECT lmp FROM {_options.Database}.iso_lmp ORDER BY lmp"));
    }

    private static CurveQuote Quote(LocalDate date, double mid)
    {
        var identity = new CurveIdentity(AssetClass.Gas, null, "EU", "Dutch_TTF", "EU", "gas", null, null);
        var head = new CurveHead(
            date, "a.xlsx", "Strips - Mid", identity, new CurveUnit("EUR", "MWh"), "EUR/MWh", CurveVersion.HashOf("a.xlsx", "s", date));
        var rules = new TenorRules { Winter = WinterYear.Last, AsOf = date.ToYearMonth() };
        Assert.True(Tenor.TryParse("2025-09", rules, out var tenor));
        return new CurveQuote(head, tenor, mid, mid - 0.1, mid + 0.1, new CellAddress(12, 3));
    }

    private SinkRunner Runner(ClickHouseSink sink, AurumStore? store = null) =>
        new(sink, store ?? _store, new SinkSettings { BatchDeliveries = 2 }, TimeProvider.System, new Random(1), static _ => { });

    private Task<List<string>> Lines(string sql) => ClickHouseLines.Of(_client, sql);

    private static long Start() => Day(StoreFeeds.Prices).Start.ToUnixTimeTicks() / 10;

    private static OperatingDay Day(Feed feed) => feed.Day(new LocalDate(2025, 3, 4));

    private static DeliveryInterval Hour(Feed feed, int hour) =>
        DeliveryInterval.StartingAt(Day(feed).Start + Duration.FromHours(hour), 60);

    private void Deliver(int hour, double lmp, double ghg) => Commit(
        StoreFeeds.Prices,
        new LmpRow(new Location("HUB_A", LocationType.Hub), Hour(StoreFeeds.Prices, hour), lmp, lmp, 0, double.NaN, ghg));

    private void Forecast(int hour, double mw) => Commit(
        StoreFeeds.Forecast, new LoadRow(new Location("CAISO", LocationType.Zone), Hour(StoreFeeds.Forecast, hour), mw));

    private void Commit<TRow>(Feed<TRow> feed, TRow row)
        where TRow : struct
    {
        using var intake = _store.BeginDay(feed, Day(feed), Now);
        intake.AddFile(new(new Fetch(feed.Id, Day(feed).Date, "test", "/a.csv", "a.csv", 200), new string('a', 64), 100, Now));
        intake.Append([row]);
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }
}
