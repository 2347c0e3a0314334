using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Rows;
using Aurum.Store.Work;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

[Collection("PostgreSQL")]
public sealed class PostgresWorkTests : IDisposable
{
    private static readonly Duration Minute = Duration.FromMinutes(1);
    private static readonly FeedId Prices = StoreFeeds.Prices.Id;
    private static readonly LocalDate Day = new(2025, 3, 4);
    private static readonly SharedLimits NoLimits = new("none", 0, 0, 0, 0, 0, 0);

    private readonly PostgresStores _stores;
    private readonly AurumStore _a;
    private readonly AurumStore _b;

    public PostgresWorkTests(PostgresServer server)
    {
        _stores = new PostgresStores(server);
        _a = _stores.Open(process: "a");
        _b = _stores.Open(process: "b");
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _stores.Dispose();
    }

    [Fact]
    public void A_day_is_leased_to_one_worker_at_a_time_the_most_urgent_first()
    {
        var wanted = Days(10);
        var ofA = _a.Work!.Take("a", wanted, 3, Minute);
        var ofB = _b.Work!.Take("b", wanted, 20, Minute);

        Assert.Equal([Day, Day.PlusDays(1), Day.PlusDays(2)], ofA.Select(static l => l.Day).Order());
        Assert.Equal(7, ofB.Count);
        Assert.Empty(ofA.Select(static l => l.Day).Intersect(ofB.Select(static l => l.Day)));
        Assert.Equal(10, _a.Work.Held().Count);
        Assert.Equal("0", _stores.Psql("SELECT count(*) FROM work_leases WHERE holder = ''"));

        _a.Work.Release(ofA[0]);
        Assert.Equal(ofA[0].Day, Assert.Single(_b.Work.Take("b", wanted, 20, Minute)).Day);
    }

    [Fact]
    public async Task Many_workers_that_ask_at_once_get_each_day_once_and_never_wait_for_each_other()
    {
        var wanted = Days(60);
        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Factory.StartNew(
            () => (i % 2 == 0 ? _a : _b).Work!.Take($"{i}", wanted, 5, Minute),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        var all = taken.SelectMany(static t => t).ToList();
        Assert.Equal(all.Count, all.Select(static l => l.Day).Distinct().Count());
        Assert.Equal(all.Count, all.Select(static l => l.Number).Distinct().Count());
        Assert.Equal(60, all.Count + _a.Work!.Take("rest", wanted, 60, Minute).Count);
    }

    [Fact]
    public void A_lease_that_was_not_renewed_goes_to_another_worker_and_the_first_one_s_commit_is_refused()
    {
        var old = Assert.Single(_a.Work!.Take("a", Days(1), 1, Duration.Zero));
        var fresh = Assert.Single(_b.Work!.Take("b", Days(1), 1, Minute));
        Assert.True(fresh.Number > old.Number);
        Assert.False(_a.Work.Renew(old, Minute));

        var refused = Assert.Throws<LeaseLostException>(() => Deliver(_a, old, 10));
        Assert.Contains("went to another worker; nothing of it is stored", refused.Message, StringComparison.Ordinal);
        Deliver(_b, fresh, 20);

        Assert.Equal("20|1", _stores.Psql("SELECT lmp, revision FROM iso_lmp_rows"));
        _a.Work.Release(old);
        Assert.True(_b.Work.Renew(fresh, Minute));
    }

    [Fact]
    public void Requests_of_all_workers_together_keep_a_site_s_limits()
    {
        var site = new SharedLimits("oasis", PerSecond: 0.001, Burst: 5, Concurrency: 3, PerMinute: 0, PerHour: 4, PerDay: 0);
        var feed = new SharedLimits("caiso/day-ahead-lmp", 0, 0, 0, 0, 0, 0);

        var first = _a.Work!.TryTake("a", site, feed).Turn;
        Assert.NotNull(first);
        Assert.NotNull(_b.Work!.TryTake("b", site, feed).Turn);
        Assert.NotNull(_a.Work.TryTake("a", site, feed).Turn);
        var busy = _b.Work.TryTake("b", site, feed);
        Assert.Null(busy.Turn);
        Assert.True(busy.Wait < Duration.FromSeconds(1));

        _a.Work.Done(first);
        Assert.NotNull(_b.Work.TryTake("b", site, feed).Turn);
        var spent = _a.Work.TryTake("a", site with { Concurrency = 0 }, feed);
        Assert.Null(spent.Turn);
        Assert.True(spent.Wait >= Duration.FromSeconds(20));
        Assert.NotNull(_a.Work.TryTake("a", NoLimits with { Name = "another" }, feed).Turn);
    }

    [Fact]
    public void A_bucket_that_several_workers_empty_at_once_never_gives_more_than_it_holds()
    {
        var site = NoLimits with { Name = "bucket", PerSecond = 0.0001, Burst = 20 };
        var granted = 0;

        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            if ((i % 2 == 0 ? _a : _b).Work!.TryTake($"{i}", site, NoLimits).Turn is not null)
            {
                Interlocked.Increment(ref granted);
            }
        });

        Assert.Equal(20, granted);
    }

    [Fact]
    public void A_pause_that_a_site_asks_for_holds_for_all_workers()
    {
        _a.Work!.Pause("oasis", Duration.FromSeconds(25));

        var (turn, wait) = _b.Work!.TryTake("b", NoLimits with { Name = "oasis" }, NoLimits);

        Assert.Null(turn);
        Assert.InRange(wait.TotalSeconds, 20, 25);
    }

    [Fact]
    public void Rows_and_bytes_that_one_worker_stored_count_for_the_others()
    {
        var site = NoLimits with { Name = "test" };
        Deliver(_a, Assert.Single(_a.Work!.Take("a", Days(1), 1, Minute)), 10, SystemTime());

        Assert.NotNull(_b.Work!.TryTake("b", site with { RowsPerHour = 2, BytesPerHour = 101 }, NoLimits).Turn);
        var (turn, wait) = _b.Work.TryTake("b", site with { BytesPerHour = 100 }, NoLimits);
        Assert.Null(turn);
        Assert.True(wait >= Duration.FromSeconds(20));
        Assert.Null(_b.Work.TryTake("b", site, NoLimits with { Name = Prices.Text, RowsPerHour = 1 }).Turn);
        Assert.NotNull(_b.Work.TryTake("b", site, NoLimits with { Name = "another/feed", RowsPerHour = 1 }).Turn);
    }

    private static Instant SystemTime() => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    private static IReadOnlyList<(FeedId Feed, LocalDate Day)> Days(int count) =>
        [.. Enumerable.Range(0, count).Select(i => (Prices, Day.PlusDays(i)))];

    private static void Deliver(AurumStore store, WorkLease lease, double lmp, Instant? at = null)
    {
        var feed = StoreFeeds.Prices;
        var day = feed.Day(Day);
        var now = at ?? Instant.FromUtc(2025, 3, 5, 0, 0);
        using var intake = store.BeginDay(feed, day, now, lease: lease);
        intake.AddFile(new FileRecord(new Fetch(feed.Id, Day, "test", "/a.csv", "a.csv", 200), new string('a', 64), 100, now));
        intake.Append([
            new Aurum.Market.Power.LmpRow(
                new Aurum.Market.Power.Location("HUB_A", Aurum.Market.Power.LocationType.Hub),
                Aurum.Market.Time.DeliveryInterval.StartingAt(day.Start, 60), lmp, lmp, 0, double.NaN, 0),
        ]);
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }
}
