using Aurum.Cluster.Postgres;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Rows;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>A server that dies, hangs, is full or refuses: one of the tests' own. What docs/engines/postgres.md promises of each.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresFaultTests : IDisposable
{
    private const int Places = 6_000;
    private const int HoursADay = 24;
    private const long LargestFile = 16L << 20;

    private static readonly LocalDate Day = new(2025, 3, 4);
    private static readonly Instant Start = Instant.FromUtc(2025, 3, 4, 20, 0);
    private static readonly LmpRow[] Rows = [.. from place in Enumerable.Range(0, Places) from hour in Enumerable.Range(0, HoursADay)
        select Row(place, hour)];

    private readonly PostgresServer _server = new();
    private readonly PostgresStores _stores;
    private AurumStore _store;

    public PostgresFaultTests()
    {
        _stores = new PostgresStores(_server, isNew: true);
        _store = _stores.Open();
    }

    public void Dispose()
    {
        _store.Dispose();
        _stores.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task A_server_that_was_killed_is_reached_again_when_it_is_back_and_has_all_that_was_acknowledged()
    {
        _store.Sinks.Move("x", 1, Start);
        _server.Process.Kill();
        var error = Assert.Throws<PostgresEngineException>(() => _store.Sinks.Move("x", 2, Start));
        Assert.True(error.IsTransient);
        await _server.StartAgain();
        _store.Sinks.Move("x", _store.Sinks.Cursor("x") + 2, Start);
        Assert.Equal(3, _store.Sinks.Cursor("x"));
    }

    [Fact]
    public async Task A_server_that_hangs_in_a_delivery_ends_it_in_time_and_takes_it_when_it_wakes()
    {
        Deliver(HoursADay);
        _store.Dispose();
        _store = _stores.Open(seconds: 5);
        _server.Pause();
        var error = await Assert.ThrowsAsync<PostgresEngineException>(() => Task.Run(() => Deliver(2 * HoursADay)));
        Assert.True(error.IsTransient);
        Assert.Contains("Timeout", error.Message);
        _server.Resume();

        Deliver(2 * HoursADay);
        Assert.Equal("48|48|1", Stored());
    }

    [Fact]
    public void A_server_without_room_takes_nothing_of_a_delivery_and_all_of_it_when_there_is_room()
    {
        Deliver(HoursADay);
        _server.LimitFiles(LargestFile);
        var error = Assert.Throws<PostgresEngineException>(() => Deliver(Rows.Length));
        Assert.Contains("could not extend file", error.Message);
        Assert.Equal("24|24|1", Stored());
        _server.LimitFiles(null);

        Deliver(Rows.Length);
        Assert.Equal($"{Rows.Length}|{Rows.Length}|1", Stored());
    }

    [Fact]
    public void A_server_that_refuses_to_write_says_so_and_is_read_as_before()
    {
        Deliver(HoursADay);
        Rights("REVOKE", "FROM");
        var error = Assert.Throws<PostgresEngineException>(() => Deliver(2 * HoursADay));
        Assert.Equal(("42501", false), (error.State, error.IsTransient));
        Assert.Contains("permission denied", error.Message);
        Assert.Equal("24|24|1", Stored());
        Rights("GRANT", "TO");

        Deliver(2 * HoursADay);
        Assert.Equal("48|48|1", Stored());
    }

    private void Rights(string give, string to) => _stores.Psql(
        $"{give} INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {_stores.Options.Schema} {to} aurum_app", "aurum_owner");

    private static LmpRow Row(int place, int hour) => new(
        new Location($"NODE_{place:00000}", LocationType.Node),
        DeliveryInterval.StartingAt(StoreFeeds.Prices.Day(Day).Start + Duration.FromHours(hour), 60),
        place + hour,
        place,
        hour,
        0,
        0);

    private void Deliver(int count)
    {
        var day = StoreFeeds.Prices.Day(Day);
        using var intake = _store.BeginDay(StoreFeeds.Prices, day, Start);
        intake.AddFile(new FileRecord(new Fetch(StoreFeeds.Prices.Id, Day, "test", "/x", "x.csv", 200), new string('a', 64), 100, Start));
        intake.Append(Rows.AsSpan(0, count));
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    /// <summary>Rows, keys and the highest revision.</summary>
    private string Stored() =>
        _stores.Psql("SELECT count(*), count(DISTINCT (location_id, interval_start_utc)), max(revision) FROM iso_lmp");
}
