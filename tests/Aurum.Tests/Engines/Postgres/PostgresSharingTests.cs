using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Several stores on one database: each plays a process, with connections, locks and memory of its own.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresSharingTests(PostgresServer server) : IDisposable
{
    private const int Days = 6;

    private readonly PostgresStores _stores = new(server);

    public void Dispose() => _stores.Dispose();

    [Fact]
    public async Task Deliveries_of_one_feed_by_two_processes_lose_nothing_and_count_no_revision_twice()
    {
        using var a = _stores.Open(process: "a");
        using var b = _stores.Open(process: "b");
        await Task.WhenAll(Task.Run(() => DeliverAll(a, StoreFeeds.Prices, 1, 0)), Task.Run(() => DeliverAll(b, StoreFeeds.Prices, 1, 0)));
        await Task.WhenAll(Task.Run(() => DeliverAll(a, StoreFeeds.Prices, 2, 1)), Task.Run(() => DeliverAll(b, StoreFeeds.Prices, 2, 1)));

        Assert.Equal(Days * 24 * 2, Scalar(a, "SELECT count(*) FROM iso_lmp"));
        Assert.Equal(Days * 24, Scalar(b, "SELECT count(*) FROM iso_lmp WHERE revision = 2 AND lmp = 2"));
        Assert.Equal(Days * 24 * 2, Scalar(a, "SELECT count(*) FROM (SELECT DISTINCT interval_start_utc, revision FROM iso_lmp) d"));
        Assert.Equal(4 * Days, Scalar(a, "SELECT CAST(sum(attempts) AS BIGINT) FROM ledger"));
        Assert.Equal(a.Ledger.ComputeWatermark(StoreFeeds.Prices.Id), b.Ledger.WatermarkOf(StoreFeeds.Prices.Id));
        Assert.Single(b.Locations.List(new()));
    }

    [Fact]
    public async Task Numbers_of_deliveries_are_the_order_of_commits_whoever_commits()
    {
        using var a = _stores.Open(process: "a");
        using var b = _stores.Open(process: "b");
        using var reader = _stores.Open(process: "c");
        var writing = Task.WhenAll(
            Task.Run(() => DeliverAll(a, StoreFeeds.Prices, 1, 0)), Task.Run(() => DeliverAll(b, StoreFeeds.NewYork, 1, 0)));
        while (!writing.IsCompleted)
        {
            IsWithoutHoles(reader);
        }

        await writing;
        IsWithoutHoles(reader);
        Assert.Equal(2 * Days, reader.Read.Outbox(new RecordQuery()).Count);
        Assert.Equal(2 * Days, Scalar(reader, "SELECT count(DISTINCT file_id) FROM files"));
    }

    [Fact]
    public void What_one_process_wrote_the_other_one_knows_at_its_next_delivery()
    {
        using var a = _stores.Open(process: "a");
        using var b = _stores.Open(process: "b");
        Assert.Equal(24, Deliver(a, StoreFeeds.Prices, 0, 1, 0).New);
        Assert.Equal((0, 24), (Deliver(b, StoreFeeds.Prices, 0, 1, 1).New, Deliver(b, StoreFeeds.Prices, 0, 1, 2).Identical));
        Assert.Equal(24, Deliver(a, StoreFeeds.Prices, 0, 7, 3).Changed);
        Assert.Equal(24, Deliver(b, StoreFeeds.Prices, 0, 8, 4).Changed);
        Assert.Equal(5, b.Ledger.Find(StoreFeeds.Prices.Id, DateOf(0))!.Attempts);
        Assert.Equal(5, a.Ledger.Find(StoreFeeds.Prices.Id, DateOf(0))!.Attempts);
    }

    [Fact]
    public void A_delivery_waits_for_the_open_one_of_another_process_and_gives_up_in_the_end()
    {
        using var a = _stores.Open(process: "a");
        using var b = _stores.Open(process: "b", waitSeconds: 1);
        using (a.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(DateOf(0)), At(0)))
        {
            Assert.Throws<TimeoutException>(() => Deliver(b, StoreFeeds.Prices, 0, 1, 0));
            Assert.Equal(24, Deliver(b, StoreFeeds.NewYork, 0, 1, 0).New);
        }

        Assert.Equal(24, Deliver(b, StoreFeeds.Prices, 0, 1, 0).New);
    }

    [Fact]
    public void A_gate_that_is_lost_with_its_connection_costs_the_commit_and_no_row()
    {
        using var a = _stores.Open(process: "a");
        Deliver(a, StoreFeeds.Prices, 0, 1, 0);
        using (var intake = a.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(DateOf(0)), At(2)))
        {
            intake.AddFile(File(StoreFeeds.Prices, 0));
            intake.Append(Prices(StoreFeeds.Prices, 0, 2));
            _stores.Psql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'aurum_app' AND pid <> pg_backend_pid() AND "
                + "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')");
            using var b = _stores.Open(process: "b");
            Assert.Equal(24, Deliver(b, StoreFeeds.Prices, 0, 3, 1).Changed);
            var error = Assert.Throws<StoreException>(() => intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true)));
            Assert.Contains("try it again", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(24, Deliver(a, StoreFeeds.Prices, 0, 2, 3).Changed);
        Assert.Equal("1 2 3", _stores.Psql("SELECT string_agg(DISTINCT revision::text, ' ' ORDER BY revision::text) FROM iso_lmp_rows"));
    }

    private static Instant At(int minutes) => Instant.FromUtc(2025, 3, 1, 12, 0) + Duration.FromMinutes(minutes);

    private static LocalDate DateOf(int day) => new LocalDate(2025, 1, 30).PlusDays(day);

    private static void DeliverAll(AurumStore store, Feed<LmpRow> feed, double lmp, int minutes)
    {
        for (var day = 0; day < Days; day++)
        {
            Deliver(store, feed, day, lmp, minutes);
        }
    }

    private static CommitReceipt Deliver(AurumStore store, Feed<LmpRow> feed, int day, double lmp, int minutes)
    {
        using var intake = store.BeginDay(feed, feed.Day(DateOf(day)), At(minutes));
        intake.AddFile(File(feed, day));
        intake.Append(Prices(feed, day, lmp));
        return intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    private static LmpRow[] Prices(Feed<LmpRow> feed, int day, double lmp) =>
    [
        .. Enumerable.Range(0, 24).Select(hour => new LmpRow(
            new Location("HUB_A", LocationType.Hub),
            DeliveryInterval.StartingAt(feed.Day(DateOf(day)).Start + Duration.FromHours(hour), 60),
            lmp, lmp, 0, double.NaN, 0)),
    ];

    private static FileRecord File(Feed feed, int day) => new(
        new Fetch(feed.Id, DateOf(day), "test", "/x", "x.csv", 200), new string('a', 64), 1, At(0));

    private static void IsWithoutHoles(AurumStore store)
    {
        var numbers = store.Read.Outbox(new RecordQuery()).Select(static e => e.Id).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(static n => (long)n), numbers);
    }

    private static long Scalar(AurumStore store, string sql)
    {
        using var reader = store.Read.Sql(sql);
        Assert.True(reader.NextChunk());
        return reader.Whole(0, 0);
    }
}
