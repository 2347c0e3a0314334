using System.Diagnostics;
using Aurum.Sandbox.Ticks;
using Aurum.Store;
using Aurum.Store.Engines;
using Aurum.Store.Ticks;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Ticks;
using Aurum.Tests.Ticks;
using Aurum.Tests.Ticks.Lanes;
using Aurum.Tests.Ticks.Service;
using NodaTime;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>What docs/engines/kafka-ticks.md says of a store or brokers that are away, of quiet lanes and of stopping.</summary>
public sealed class TickWorkerFaultTests : IDisposable
{
    private const int CommitKiB = 64;

    /// <summary>One batch is filled, two wait and one is in hand; each may be longer by a message.</summary>
    private const long MostBytes = 4 * (CommitKiB + 32) << 10;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_store_that_is_stopped_or_hangs_under_load_is_waited_for_in_bounded_memory_and_nothing_is_lost_or_double()
    {
        using var server = new PostgresServer();
        var options = server.NewSchema();
        var messages = LaneTruth.Messages(4_000, 51, WorkerBrokers.Lanes, TickMode.Malformed);
        var expected = LaneTruth.Of(messages);
        var (third, rest) = (TickHome.EndOfLine(messages, messages.Length / 4), TickHome.EndOfLine(messages, messages.Length * 5 / 8));
        using var brokers = WorkerBrokers.InProcess();
        using var store = TickWorkerProcess.Open(options, _folder.Path);
        var told = new List<string>();
        await using var member = new WorkerMember(store, brokers.Options, "only", static o => o with { CommitKiB = CommitKiB }, Tell);
        await brokers.Produce(messages.AsMemory(..third));
        await KafkaWait.Until(() => store.Ticks.Progress.Counters.Received > 0);

        server.Process.Kill();
        await brokers.Produce(messages.AsMemory(third..rest));
        var most = await MostWhilePaused(member);
        await server.StartAgain();
        await KafkaWait.Until(() => member.Worker.Standing is { IsPaused: false } && Stored(store) > expected.Counters.Received / 2);

        server.Pause();
        await brokers.Produce(messages.AsMemory(rest..));
        most = Math.Max(most, await MostWhilePaused(member));
        server.Resume();
        await KafkaWait.Until(() => Stored(store) >= expected.Counters.Received);

        expected.AssertSame(LaneTruth.Of(store));
        Assert.InRange(most, CommitKiB << 10, MostBytes);
        Assert.Equal(0, member.Worker.Figures.Restarts);
        Assert.All(store.TickLanes.All(), static lane => Assert.Equal(1, lane.Epoch));
        Assert.Contains(told, static line => line.Contains("not stored, tried again", StringComparison.Ordinal));

        void Tell(string line)
        {
            lock (told)
            {
                told.Add(line);
            }
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_worker_that_is_asked_to_stop_while_the_store_hangs_ends_soon_and_the_next_one_reads_again()
    {
        using var server = new PostgresServer();
        var options = server.NewSchema();
        var messages = LaneTruth.Messages(600, 52, WorkerBrokers.Lanes);
        var expected = LaneTruth.Of(messages);
        using var brokers = WorkerBrokers.InProcess();
        using (var store = TickWorkerProcess.Open(options, Path.Combine(_folder.Path, "first")))
        {
            var first = new WorkerMember(store, brokers.Options, "first", static o => o with { StopSeconds = 0 });
            await KafkaWait.Until(() => first.Worker.Lanes.Count == WorkerBrokers.Lanes);
            server.Pause();
            try
            {
                await brokers.Produce(messages);
                await KafkaWait.Until(() => first.Worker.Standing is { Messages: > 0 });
                // A statement that nobody ends would take its limit of ten minutes; each lane gives its own up within seconds.
                await first.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(120));
            }
            finally
            {
                server.Resume();
            }
        }

        using var again = TickWorkerProcess.Open(options, Path.Combine(_folder.Path, "second"));
        await using var second = new WorkerMember(again, brokers.Options, "second");
        await KafkaWait.Until(() => Stored(again) >= expected.Counters.Received);
        expected.AssertSame(LaneTruth.Of(again));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_worker_that_is_asked_to_stop_stores_its_state_and_the_next_one_has_its_lanes_at_once()
    {
        using var brokers = WorkerBrokers.InProcess();
        using var store = DuckDbStores.Open(_folder.Path);

        // Brokers for tests begin anew a second less than a session after a member has left; of one that died they hear after a session.
        var kafka = brokers.Options with { SessionSeconds = 5 };
        var messages = LaneTruth.Messages(1_500, 53, WorkerBrokers.Lanes, TickMode.Malformed);
        var expected = LaneTruth.Of(messages);
        var first = new WorkerMember(store, kafka, "first", static o => o with { StateSeconds = 3_600 });
        await brokers.Produce(messages.AsMemory(..TickHome.EndOfLine(messages, messages.Length / 2)));
        await KafkaWait.Until(() => Stored(store) > 0);
        await first.DisposeAsync();
        Assert.All(store.TickLanes.All(), static lane => Assert.Equal(lane.Next, lane.StateAt));

        await brokers.Produce(messages.AsMemory(TickHome.EndOfLine(messages, messages.Length / 2)..));
        var began = Stopwatch.GetTimestamp();
        await using var second = new WorkerMember(store, kafka, "second");
        await KafkaWait.Until(() => second.Worker.Lanes.Count == WorkerBrokers.Lanes);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 8);
        await KafkaWait.Until(() => Stored(store) >= expected.Counters.Received);
        expected.AssertSame(LaneTruth.Of(store));
    }

    [Fact]
    public async Task The_clock_closes_the_bars_of_a_quiet_lane_however_busy_the_others_are()
    {
        using var brokers = WorkerBrokers.InProcess();
        using var store = DuckDbStores.Open(_folder.Path);
        var time = new ShiftedTime(Instant.FromUtc(2026, 3, 2, 15, 10, 45));
        await using var member = new WorkerMember(store, brokers.Options, "only", static o => o with { QuietSeconds = 1 }, time: time);
        var quiet = Line("quiet", "CAISO.QUIET", TickMessages.Occurred);
        await brokers.Produce(quiet);
        for (var i = 0; Closed(store) == 0; i++)
        {
            Assert.True(i < 2_000, "the quiet lane's bars were not closed");
            await brokers.Produce(Line($"busy-{i}", Busy, TickMessages.Occurred + (i * 1_000L)));
            await Task.Delay(10);
        }

        var lanes = store.TickLanes.All();
        Assert.Contains(lanes, static l => l.Watermark == Instant.FromUtc(2026, 3, 2, 15, 10));
        Assert.Contains(lanes, static l => l.Watermark < Instant.FromUtc(2026, 3, 2, 15, 6));
        Assert.Equal(["CAISO.QUIET"], TickTablesTests.Read(store, "SELECT DISTINCT instrument_id FROM bars"));
    }

    /// <summary>An instrument of another lane than the quiet one.</summary>
    private static string Busy { get; } = Enumerable.Range(0, 100).Select(static n => $"CAISO.BUSY{n}")
        .First(static id => WorkerBrokers.LaneOf($"acme|{id}") != WorkerBrokers.LaneOf("acme|CAISO.QUIET"));

    private static byte[] Line(string id, string instrument, long occurred) =>
        TickMessages.Lines([TickMessages.B(id, occurred).With("payload.metadata.instrument_id", instrument)]);

    private static long Closed(AurumStore store)
    {
        using var rows = store.Ticks.Bars(new BarQuery("acme") { Instruments = ["CAISO.QUIET"] });
        return rows.NextChunk() ? rows.Count : 0;
    }

    private static long Stored(AurumStore store)
    {
        try
        {
            return store.Ticks.Progress.Counters.Received;
        }
        catch (EngineException)
        {
            // The server was killed, and with it this connection.
            return 0;
        }
    }

    /// <summary>Waits until reading pauses, and looks for a while how much is held.</summary>
    private static async Task<long> MostWhilePaused(WorkerMember member)
    {
        var most = 0L;
        var paused = 0;
        await KafkaWait.Until(() =>
        {
            var standing = member.Worker.Standing;
            most = Math.Max(most, standing?.WaitingBytes ?? 0);
            paused += standing is { IsPaused: true } ? 1 : 0;
            return paused > 50;
        });
        return most;
    }
}
