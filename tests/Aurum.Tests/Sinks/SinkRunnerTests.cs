using Aurum.App.Configuration;
using Aurum.App.Sinks;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Rows;
using Aurum.Store.Sinks;
using Aurum.Tests.Running;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Sinks;

public sealed class SinkRunnerTests : IDisposable
{
    private static readonly SinkSettings Settings = new() { BatchDeliveries = 2, FirstRetrySeconds = 0.05, PollSeconds = 0.05 };

    private readonly DuckDbStores _stores = new();
    private readonly AurumStore _store;
    private readonly List<string> _told = [];

    public SinkRunnerTests() => _store = _stores.Open();

    public void Dispose()
    {
        _store.Dispose();
        _stores.Dispose();
    }

    [Fact]
    public async Task Hands_over_each_delivery_once_in_order_with_its_rows()
    {
        Deliver(1, 10);
        Deliver(2, 20);
        Deliver(3, 30);
        var sink = new TakingSink();

        Assert.Equal(3, await Runner(sink).CatchUp(CancellationToken.None));

        Assert.Equal(["1: 10", "2: 20", "3: 30"], sink.Taken);
        Assert.Equal([2, 1], sink.Batches);
        Assert.Equal(3, _store.Sinks.Cursor("taking"));
        Assert.Equal(0, await Runner(sink).CatchUp(CancellationToken.None));
    }

    [Fact]
    public async Task A_changed_price_comes_with_the_delivery_that_changed_it()
    {
        Deliver(1, 10);
        Deliver(1, 11);
        var sink = new TakingSink();

        await Runner(sink).CatchUp(CancellationToken.None);

        Assert.Equal(["1: 10", "1: 11"], sink.Taken);
    }

    [Fact]
    public async Task What_a_sink_did_not_take_comes_again_and_the_cursor_waits()
    {
        Deliver(1, 10);
        Deliver(2, 20);
        Deliver(3, 30);
        var sink = new TakingSink { RefusesAt = 3 };
        var runner = Runner(sink);

        await Assert.ThrowsAsync<SinkException>(() => runner.CatchUp(CancellationToken.None));
        Assert.Equal(2, _store.Sinks.Cursor("taking"));

        sink.RefusesAt = 0;
        await runner.CatchUp(CancellationToken.None);
        Assert.Equal(["1: 10", "2: 20", "3: 30"], sink.Taken);
    }

    [Fact]
    public async Task Goes_on_by_itself_when_the_other_side_is_back_and_tells_both()
    {
        Deliver(1, 10);
        var sink = new TakingSink { RefusesAt = 1 };
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var runner = Runner(sink);
        var running = runner.Run(stop.Token);
        await Until(() => runner.Standing() is { State: SinkStanding.Retrying, Failures: >= 2 }, stop.Token);
        Assert.Equal("not now", runner.Standing().LastError);
        Assert.Equal(1, runner.Standing().DeliveriesBehind);

        sink.RefusesAt = 0;
        await Until(() => runner.Standing() is { State: SinkStanding.Following, DeliveriesBehind: 0 }, stop.Token);
        await stop.CancelAsync();
        await running;

        Assert.Equal(["1: 10"], sink.Taken);
        Assert.Contains(_told, t => t.Contains("not now; the next try is in", StringComparison.Ordinal));
        Assert.Contains(_told, t => t.Contains("works again after", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tables_that_do_not_concern_a_sink_are_passed_over()
    {
        Deliver(1, 10);
        var sink = new TakingSink { Table = "iso_load" };

        Assert.Equal(0, await Runner(sink).CatchUp(CancellationToken.None));

        Assert.Empty(sink.Taken);
        Assert.Equal(0, Runner(sink).Standing().Failures);
    }

    [Fact]
    public async Task A_rewound_sink_takes_deliveries_again()
    {
        Deliver(1, 10);
        Deliver(2, 20);
        var sink = new TakingSink();
        await Runner(sink).CatchUp(CancellationToken.None);

        _store.Sinks.Move("taking", 1, SystemTime);
        await Runner(sink).CatchUp(CancellationToken.None);

        Assert.Equal(["1: 10", "2: 20", "2: 20"], sink.Taken);
    }

    [Fact]
    public async Task A_sink_that_is_sent_back_while_its_runner_lives_takes_deliveries_again()
    {
        Deliver(1, 10);
        Deliver(2, 20);
        var sink = new TakingSink();
        var runner = Runner(sink);
        await runner.CatchUp(CancellationToken.None);

        _store.Sinks.Move("taking", 1, SystemTime);
        Assert.Equal(1, runner.Standing().DeliveriesBehind);
        await runner.CatchUp(CancellationToken.None);

        Assert.Equal(["1: 10", "2: 20", "2: 20"], sink.Taken);
        Assert.Equal((2, 0), (_store.Sinks.Cursor("taking"), runner.Standing().DeliveriesBehind));
    }

    [Fact]
    public async Task A_batch_that_is_under_way_does_not_undo_that_a_sink_is_sent_back()
    {
        Deliver(1, 10);
        Deliver(2, 20);
        Deliver(3, 30);
        var isSentBack = false;
        var sink = new TakingSink
        {
            Meanwhile = delivery =>
            {
                if (delivery == 3 && !isSentBack)
                {
                    _store.Sinks.Move("taking", 0, SystemTime);
                    isSentBack = true;
                }
            },
        };

        await Runner(sink).CatchUp(CancellationToken.None);

        Assert.Equal(["1: 10", "2: 20", "3: 30", "1: 10", "2: 20", "3: 30"], sink.Taken);
        Assert.Equal(3, _store.Sinks.Cursor("taking"));
    }

    [Fact]
    public async Task What_fails_once_it_was_asked_to_stop_is_told_and_ends_it_as_asked()
    {
        Deliver(1, 10);
        using var stop = new CancellationTokenSource();
        var sink = new TakingSink
        {
            Meanwhile = _ =>
            {
                stop.Cancel();
                throw new DatabaseGone("the server is gone");
            },
        };

        await Runner(sink).Run(stop.Token);

        Assert.Contains("the server is gone", Assert.Single(_told), StringComparison.Ordinal);
        Assert.Equal(0, _store.Sinks.Cursor("taking"));
    }

    [Fact]
    public async Task Held_back_rows_are_told_with_their_delivery()
    {
        var feed = StoreFeeds.Prices;
        var day = feed.Day(new LocalDate(2025, 3, 4));
        using (var intake = _store.BeginDay(feed, day, SystemTime))
        {
            intake.AddFile(FileOf(feed, day.Date));
            intake.Quarantine(Price(1, 5), "expect_something", "because");
            intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
        }

        var sink = new TakingSink();
        await Runner(sink).CatchUp(CancellationToken.None);

        Assert.Equal(["held back: expect_something"], sink.Taken);
    }

    private static readonly Instant SystemTime = Instant.FromUtc(2025, 3, 5, 0, 0);

    private static async Task Until(Func<bool> holds, CancellationToken cancel)
    {
        while (!holds())
        {
            await Task.Delay(10, cancel);
        }
    }

    private SinkRunner Runner(TakingSink sink) => new(sink, _store, Settings, TimeProvider.System, new Random(1), _told.Add);

    private static LmpRow Price(int hour, double lmp) => new(
        new Location("HUB_A", LocationType.Hub),
        DeliveryInterval.StartingAt(StoreFeeds.Prices.Day(new LocalDate(2025, 3, 4)).Start + Duration.FromHours(hour), 60),
        lmp, lmp, 0, double.NaN, 0);

    private static FileRecord FileOf(Feed feed, LocalDate day) =>
        new(new Fetch(feed.Id, day, "test", "/a.csv", "a.csv", 200), new string('a', 64), 100, SystemTime);

    private void Deliver(int hour, double lmp)
    {
        var feed = StoreFeeds.Prices;
        var day = feed.Day(new LocalDate(2025, 3, 4));
        using var intake = _store.BeginDay(feed, day, SystemTime);
        intake.AddFile(FileOf(feed, day.Date));
        intake.Append([Price(hour, lmp)]);
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    /// <summary>Remembers what it took: hour and price of each row.</summary>
    private sealed class TakingSink : IDeliverySink
    {
        public string Name => "taking";

        public string Table { get; init; } = "iso_lmp";

        /// <summary>The delivery that it does not take; 0: none.</summary>
        public long RefusesAt { get; set; }

        /// <summary>Is told of the first delivery of a batch, before it is taken.</summary>
        public Action<long> Meanwhile { get; init; } = static _ => { };

        public List<string> Taken { get; } = [];

        public List<int> Batches { get; } = [];

        public bool Follows(string table) => table == Table;

        public Task Deliver(IReadOnlyList<SinkDelivery> deliveries, CancellationToken cancel)
        {
            Meanwhile(deliveries[0].Entry.Id);
            if (deliveries.Any(d => d.Entry.Id == RefusesAt))
            {
                throw new SinkException("not now");
            }

            Batches.Add(deliveries.Count);
            foreach (var delivery in deliveries)
            {
                Taken.AddRange(delivery.Quarantined().Select(q => $"held back: {q.Expectation}"));
                using var rows = delivery.Rows(cancel);
                var (start, lmp) = (IndexOf(rows, "interval_start_utc"), IndexOf(rows, "lmp"));
                while (rows.NextChunk())
                {
                    for (var i = 0; i < rows.Count; i++)
                    {
                        var at = Instant.FromUnixTimeTicks(rows.InstantMicros(start, i) * 10);
                        Taken.Add($"{(at - StoreFeeds.Prices.Day(new LocalDate(2025, 3, 4)).Start).TotalHours}: {rows.Number(lmp, i)}");
                    }
                }
            }

            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static int IndexOf(Aurum.Store.Reading.RowReader rows, string name) =>
            rows.Columns.Select(static (column, i) => (column.Name, i)).Single(c => c.Name == name).i;
    }
}
