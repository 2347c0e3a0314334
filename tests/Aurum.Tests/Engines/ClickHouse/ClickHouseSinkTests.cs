using Aurum.App.Configuration;
using Aurum.App.Sinks;
using Aurum.Cluster.ClickHouse;
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

    private SinkRunner Runner(ClickHouseSink sink) =>
        new(sink, _store, new SinkSettings { BatchDeliveries = 2 }, TimeProvider.System, new Random(1), static _ => { });

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
