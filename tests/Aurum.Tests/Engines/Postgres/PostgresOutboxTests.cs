using System.Threading.Channels;
using Aurum.App.Configuration;
using Aurum.App.Sinks;
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

namespace Aurum.Tests.Engines.Postgres;

/// <summary>How sinks hear of commits, with looks so far apart that no test would see the second one.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresOutboxTests : IDisposable
{
    private const double Never = 3_600;
    private const string Listeners =
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'aurum outbox' AND datname = current_database()";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PostgresStores _stores;
    private readonly AurumStore _a;
    private readonly AurumStore _b;
    private readonly CancellationTokenSource _stop = new();
    private int _prices;

    public PostgresOutboxTests(PostgresServer server)
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
        _stop.Dispose();
    }

    [Fact]
    public async Task A_sink_hears_of_a_commit_of_another_process_and_of_its_own_without_waiting_for_the_next_look()
    {
        await using var sink = new HeardSink();
        var running = Fleet(sink, Never).Run(_stop.Token);

        Deliver(_b);
        Assert.Equal(1, await sink.Next());
        Deliver(_b);
        Assert.Equal(2, await sink.Next());
        Deliver(_a);
        Assert.Equal(3, await sink.Next());

        await _stop.CancelAsync();
        await running;
        Assert.Equal(3, _a.Sinks.Cursor("heard"));
    }

    [Fact]
    public async Task A_listening_connection_that_is_lost_is_made_anew_and_what_came_meanwhile_is_heard_of()
    {
        await using var sink = new HeardSink();
        var running = Fleet(sink, Never).Run(_stop.Token);
        Deliver(_b);
        Assert.Equal(1, await sink.Next());

        var first = _stores.Psql(Listeners);
        _stores.Psql($"SELECT pg_terminate_backend({first})");
        Deliver(_b);
        Assert.Equal(2, await sink.Next());
        Deliver(_b);
        Assert.Equal(3, await sink.Next());

        Assert.NotEqual(first, _stores.Psql(Listeners));
        await _stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_sink_that_hears_nothing_looks_by_itself()
    {
        await using var sink = new HeardSink();
        var runner = new SinkRunner(
            sink, _a, new SinkSettings { PollSeconds = 0.05 }, TimeProvider.System, new Random(1), static _ => { });
        var running = runner.Run(_stop.Token);

        Deliver(_b);

        Assert.Equal(1, await sink.Next());
        Assert.Equal("", _stores.Psql(Listeners));
        await _stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_sink_that_another_process_sends_back_takes_all_again_from_whoever_has_it()
    {
        await using var sink = new HeardSink();
        var (a, b) = (Runner(sink, _a), Runner(sink, _b));
        Deliver(_a);
        Deliver(_a);
        await a.CatchUp(CancellationToken.None);
        Deliver(_a);
        await b.CatchUp(CancellationToken.None);
        Assert.Equal([1, 2, 3], sink.Taken());

        _b.Sinks.Move("heard", 0, Instant.FromUtc(2025, 3, 5, 0, 0));
        await a.CatchUp(CancellationToken.None);
        Assert.Equal([1, 2, 3], sink.Taken());
        await b.CatchUp(CancellationToken.None);
        Assert.Empty(sink.Taken());

        _a.Sinks.Move("heard", 1, Instant.FromUtc(2025, 3, 5, 0, 0));
        await b.CatchUp(CancellationToken.None);
        Assert.Equal([2, 3], sink.Taken());
        Assert.Equal(3, _a.Sinks.Cursor("heard"));
    }

    private static SinkRunner Runner(HeardSink sink, AurumStore store) =>
        new(sink, store, new SinkSettings(), TimeProvider.System, new Random(1), static _ => { });

    private SinkFleet Fleet(HeardSink sink, double pollSeconds) => new(
        [sink], _a, new SinkSettings { PollSeconds = pollSeconds }, TimeProvider.System, new Random(1), static _ => { });

    private void Deliver(AurumStore store)
    {
        var feed = StoreFeeds.Prices;
        var day = feed.Day(new LocalDate(2025, 3, 4));
        var now = Instant.FromUtc(2025, 3, 5, 0, 0) + Duration.FromSeconds(++_prices);
        using var intake = store.BeginDay(feed, day, now);
        intake.AddFile(new FileRecord(new Fetch(feed.Id, day.Date, "test", "/a.csv", "a.csv", 200), new string('a', 64), 100, now));
        intake.Append([
            new LmpRow(
                new Location("HUB_A", LocationType.Hub), DeliveryInterval.StartingAt(day.Start, 60), _prices, _prices, 0, double.NaN, 0),
        ]);
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    /// <summary>Says which delivery it took.</summary>
    private sealed class HeardSink : IDeliverySink
    {
        private readonly Channel<long> _taken = Channel.CreateUnbounded<long>();

        public string Name => "heard";

        public bool Follows(string table) => true;

        public async Task Deliver(IReadOnlyList<SinkDelivery> deliveries, CancellationToken cancel)
        {
            foreach (var delivery in deliveries)
            {
                await _taken.Writer.WriteAsync(delivery.Entry.Id, cancel);
            }
        }

        public Task<long> Next() => _taken.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        /// <summary>What it took since it was last asked.</summary>
        public IEnumerable<long> Taken()
        {
            List<long> taken = [];
            while (_taken.Reader.TryRead(out var delivery))
            {
                taken.Add(delivery);
            }

            return taken;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
