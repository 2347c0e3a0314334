using Aurum.Cluster.Postgres;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Models;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Connections that the server ends while nobody uses them: nobody notices. Those that are ended in the middle of a transaction
/// fail, and nothing of it is stored.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresCutTests(PostgresServer server) : IDisposable
{
    private const int HoursADay = 24;

    private static readonly LocalDate Day = new(2025, 3, 4);
    private static readonly Instant Start = Instant.FromUtc(2025, 3, 4, 20, 0);

    private readonly PostgresStores _stores = new(server);

    public void Dispose() => _stores.Dispose();

    [Fact]
    public void Reads_go_on_when_all_connections_were_cut_between_them()
    {
        using var store = _stores.Open();
        Deliver(store, 10);
        Action[] reads =
        [
            () => Assert.Single(store.Read.Outbox(new RecordQuery())),
            () => Assert.Equal(HoursADay, Count(store.Read.Rows(new RowQuery("iso_lmp")))),
            () => Assert.Equal(HoursADay, Count(store.Read.Sql("SELECT * FROM iso_lmp"))),
            () => Assert.Equal(Outcome.Data, store.Ledger.Find(StoreFeeds.Prices.Id, Day)!.Outcome),
            () => Assert.Empty(store.Scenarios.List(new ScenarioQuery("acme", 1))),
        ];
        foreach (var read in reads)
        {
            read();
            Cut();
            read();
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1)]
    public void Deliveries_go_on_when_all_connections_were_cut_between_them(int mostRowsInMemory)
    {
        using var store = _stores.Open(mostRowsInMemory);
        for (var price = 1; price <= 4; price++)
        {
            Deliver(store, price);
            Cut();
        }

        store.Sinks.Move("x", 4, Start);
        Assert.Equal((4, "96|4"), (store.Sinks.Cursor("x"), Stored()));
    }

    [Fact]
    public void A_delivery_that_has_stored_nothing_yet_goes_on_when_it_is_cut()
    {
        using var store = _stores.Open();
        Deliver(store, 1);
        Deliver(store, 2, Cut);
        Assert.Equal("48|2", Stored());
    }

    [Fact]
    public void Rows_that_lie_in_a_session_are_lost_with_it_and_the_delivery_fails_as_a_whole()
    {
        using var store = _stores.Open(mostRowsInMemory: 1);
        Deliver(store, 1);
        var error = Assert.Throws<PostgresEngineException>(() => Deliver(store, 2, Cut));
        Assert.True(error.IsTransient);
        Assert.Equal("24|1", Stored());
        Deliver(store, 2);
        Assert.Equal("48|2", Stored());
    }

    [Fact]
    public void A_transaction_that_is_cut_fails_and_nothing_of_it_is_stored()
    {
        using var store = _stores.Open();
        Feed[] feeds = [StoreFeeds.Prices, StoreFeeds.NewYork];
        var error = Assert.Throws<PostgresEngineException>(() => store.Together(feeds, group =>
        {
            Fill(group.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(Day), Start), StoreFeeds.Prices, 1);
            Cut();
            Fill(group.BeginDay(StoreFeeds.NewYork, StoreFeeds.NewYork.Day(Day), Start), StoreFeeds.NewYork, 1);
        }));
        Assert.True(error.IsTransient);
        Assert.Equal("0|", Stored());
        Deliver(store, 1);
        Assert.Equal("24|1", Stored());
    }

    [Fact]
    public void A_commit_of_which_the_end_is_not_known_is_not_made_twice()
    {
        using var database = new PostgresDatabase(_stores.Options, asOwner: false, TimeProvider.System);
        using var connection = database.Connect();
        connection.Begin();
        connection.Execute("INSERT INTO sink_cursors (sink, delivery_id, updated_at) VALUES ('x', 1, now())");
        Cut();
        Assert.True(Assert.Throws<PostgresEngineException>(connection.Commit).IsTransient);
        connection.RollBack();
        Assert.Equal("0", _stores.Psql("SELECT count(*) FROM sink_cursors"));
    }

    [Fact]
    public void Leases_are_kept_by_their_numbers_whatever_connection_renews_them()
    {
        using var store = _stores.Open();
        var work = store.Work!;
        var lease = Assert.Single(work.Take("a", [(StoreFeeds.Prices.Id, Day)], 1, Duration.FromMinutes(1)));
        Cut();
        Assert.True(work.Renew(lease, Duration.FromMinutes(1)));
        Cut();
        Assert.Single(work.Held());
        Cut();
        work.Release(lease);
        Assert.Empty(work.Held());
    }

    private static void Deliver(AurumStore store, double price, Action? beforeCommit = null) =>
        Fill(store.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(Day), Start), StoreFeeds.Prices, price, beforeCommit);

    private static void Fill(DayIntake<LmpRow> delivery, Feed<LmpRow> feed, double price, Action? beforeCommit = null)
    {
        using var intake = delivery;
        intake.AddFile(new FileRecord(new Fetch(feed.Id, Day, "test", "/x", "x.csv", 200), new string('a', 64), 100, Start));
        intake.Append([.. Enumerable.Range(0, HoursADay).Select(hour => new LmpRow(
            new Location("HUB_A", LocationType.Hub),
            DeliveryInterval.StartingAt(feed.Day(Day).Start + Duration.FromHours(hour), 60),
            price, price, 0, double.NaN, 0))]);
        beforeCommit?.Invoke();
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    private static int Count(RowReader rows)
    {
        using var reader = rows;
        var count = 0;
        while (reader.NextChunk())
        {
            count += reader.Count;
        }

        return count;
    }

    /// <summary>Ends all sessions of the program, and waits until they are gone.</summary>
    private void Cut() => _stores.Psql("""
        SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE usename = 'aurum_app' AND datname = current_database()
        """, "power");

    /// <summary>Rows and the highest revision.</summary>
    private string Stored() => _stores.Psql("SELECT count(*), max(revision) FROM iso_lmp");
}
