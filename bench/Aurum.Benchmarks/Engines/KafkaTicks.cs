using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Mock;
using Aurum.Sandbox.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Normalize;
using NodaTime;

namespace Aurum.Benchmarks.Engines;

/// <summary>Real-time prices through Kafka: sent, read, and through all four stages, with brokers for tests in the same process. Blocks of
/// 500 ticks in the binary form, beside JSON messages that are sent one by one.</summary>
/// <remarks>Budget: 500,000 ticks a second on two processors, brokers included.</remarks>
public static class KafkaTicks
{
    private const int Ticks = 1_500_000;
    private const int BlockTicks = 500;
    private const int Lanes = 4;
    private const int Instruments = 200;

    /// <summary>A block in this many of the baseline's messages: each costs more than ten ticks of a block do.</summary>
    private const int FewerSingles = 15;

    /// <summary>What may be on its way: brokers for tests keep 5 MiB of a partition.</summary>
    private const int BytesOnTheWay = 6 << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static int _topics;

    public static IReadOnlyList<BenchResult> Run(BenchOptions options)
    {
        using var brokers = new MockCluster(1);
        brokers.SetGroupDelay(0);
        var count = Math.Max(options.Count > 0 ? options.Count : options.Scaled(Ticks), Lanes * BlockTicks * 2);
        var blocks = Messages(count, TickForm.Binary, TickFormat.Binary, BlockTicks);
        var singles = Messages(Math.Max(count / FewerSingles, Lanes * 100), TickForm.ContractB, TickFormat.JsonLines, 1);
        var (ours, theirs) = (new List<Pass>(), new List<Pass>());

        // The first round warms up; in brief there is no other.
        var rounds = options.RoundMilliseconds == 0 ? 1 : Math.Min(options.Rounds, 3) + 1;
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(Through(brokers, blocks, TickFormat.Binary));
            theirs.Add(Through(brokers, singles, TickFormat.JsonLines));
        }

        var (best, single) = (Median(ours), Median(theirs));
        return
        [
            new BenchResult(
                "engines/kafka-ticks",
                Math.Round(best.TicksPerSecond),
                "ticks per second",
                "JSON messages sent one by one",
                Math.Round(single.TicksPerSecond),
                Math.Round(best.TicksPerSecond / single.TicksPerSecond, 2),
                Math.Round(ours.Min(static p => (double)p.Allocated / p.Ticks), 1),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{best.Ticks:N0} ticks in blocks of {BlockTicks} over {Lanes} partitions, sent, read and through all stages; "
                    + $"{best.Ticks / best.CpuSeconds:N0} ticks per CPU-second, brokers included (one by one: "
                    + $"{single.Ticks / single.CpuSeconds:N0})")),
        ];
    }

    private static Pass Median(List<Pass> passes)
    {
        var sorted = passes.Skip(passes.Count > 1 ? 1 : 0).OrderBy(static p => p.TicksPerSecond).ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>Messages by lane.</summary>
    private static List<(byte[] Value, int Ticks)>[] Messages(int count, TickForm form, TickFormat format, int block)
    {
        var made = new MadeStreamOptions(7, TickMode.HighVolume, count, Instruments, Instant.FromUtc(2026, 3, 2, 15, 0))
        {
            StepMicros = 1_000,
        };
        var stream = new MadeStream(made);
        var writer = new TickWriter(stream, made, form);
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var tick in stream.Read())
        {
            writer.Write(bytes, tick);
        }

        var lanes = new List<(byte[] Value, int Ticks)>[Lanes];
        var router = new TickRouter(new TickStreamOptions(format), Lanes, new NormalizeOptions());
        for (var used = 0; used < bytes.WrittenCount;)
        {
            used += router.Take(bytes.WrittenSpan[used..], isEnd: true, out var lane);
            if (lane >= 0 && router.CountOf(lane) == block)
            {
                Move(lane);
            }
        }

        for (var lane = 0; lane < Lanes; lane++)
        {
            Move(lane);
        }

        return lanes;

        void Move(int lane)
        {
            lanes[lane] ??= [];
            if (router.CountOf(lane) > 0)
            {
                lanes[lane].Add((router.BytesOf(lane).ToArray(), router.CountOf(lane)));
                router.Clear(lane);
            }
        }
    }

    private static Pass Through(MockCluster brokers, List<(byte[] Value, int Ticks)>[] lanes, TickFormat format)
    {
        var topic = $"aurum.bench.ticks{Interlocked.Increment(ref _topics)}.v1";
        brokers.CreateTopic(topic, Lanes);
        var options = new KafkaOptions
        {
            BootstrapServers = brokers.BootstrapServers,
            Compression = "lz4",
            LingerMilliseconds = 5,
            FetchWaitMilliseconds = 5,
            SessionSeconds = 10,
        };
        using var producer = new KafkaProducer(options, TimeProvider.System);
        using var consumer = new KafkaConsumer(
            options, new KafkaSubscription($"bench-{topic}", [topic]) { BatchMilliseconds = 10 }, positions: null, TimeProvider.System);
        using var reader = new Reader(consumer, format, lanes.Sum(static l => l.Sum(static m => (long)m.Value.Length)));

        // The group is there when the first messages have come.
        var first = lanes.Sum(l => (long)l[0].Ticks);
        Send(producer, topic, lanes, 0, 1, reader);
        reader.Until(first);
        var (cpu, at, allocated) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true));
        Send(producer, topic, lanes, 1, int.MaxValue, reader);
        var all = lanes.Sum(static l => l.Sum(static m => (long)m.Ticks));
        reader.Until(all);
        return new Pass(
            all - first,
            Stopwatch.GetElapsedTime(at).TotalSeconds,
            (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
            GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    private static void Send(
        KafkaProducer producer, string topic, List<(byte[] Value, int Ticks)>[] lanes, int from, int to, Reader reader)
    {
        var batch = producer.Begin();
        var most = lanes.Max(static l => l.Count);
        for (var i = from; i < Math.Min(to, most); i++)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                if (i < lanes[lane].Count)
                {
                    reader.Take(lanes[lane][i].Value.Length);
                    batch.Send(new OutgoingMessage(topic, default, lanes[lane][i].Value) { Partition = lane });
                }
            }
        }

        batch.Complete(Longest).GetAwaiter().GetResult();
    }

    /// <summary>A pass of all messages.</summary>
    private readonly record struct Pass(long Ticks, double Seconds, double CpuSeconds, long Allocated)
    {
        public double TicksPerSecond => Ticks / Seconds;
    }

    /// <summary>Reads on a thread of its own, a pipeline a lane.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly object _room = new();
        private readonly CancellationTokenSource _stop = new();
        private readonly TickPipeline[] _lanes =
            [.. Enumerable.Range(0, Lanes).Select(static _ => new TickPipeline(new TickPipelineOptions(), InstrumentBook.Empty))];

        private readonly Task _run;
        private readonly TickFormat _format;
        private long _onTheWay;
        private long _ticks;

        public Reader(KafkaConsumer consumer, TickFormat format, long bytes)
        {
            ArgumentOutOfRangeException.ThrowIfZero(bytes);
            _format = format;
            _run = Task.Run(() => Run(consumer));
        }

        /// <summary>Waits until bytes may go on their way.</summary>
        public void Take(int bytes)
        {
            lock (_room)
            {
                while (_onTheWay > 0 && _onTheWay + bytes > BytesOnTheWay)
                {
                    Wait();
                }

                _onTheWay += bytes;
            }
        }

        /// <summary>Waits until so many ticks have come.</summary>
        public void Until(long ticks)
        {
            lock (_room)
            {
                while (_ticks < ticks)
                {
                    Wait();
                }
            }
        }

        public void Dispose()
        {
            _stop.Cancel();
            _run.ContinueWith(static _ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
            _stop.Dispose();
            foreach (var lane in _lanes)
            {
                lane.Dispose();
            }
        }

        private void Wait()
        {
            if (!Monitor.Wait(_room, Longest))
            {
                throw new TimeoutException($"{_ticks:N0} ticks came, then none for {Longest.TotalSeconds:N0} s");
            }
        }

        private async Task Run(KafkaConsumer consumer)
        {
            while (await consumer.Read(_stop.Token) is { } batch)
            {
                using (batch)
                {
                    Take(batch);
                    batch.Done();
                }
            }
        }

        private void Take(KafkaBatch batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                var message = batch[i];
                var lane = _lanes[message.Partition.Number];
                lane.OnBytes(lane.Open(new TickStreamOptions(_format)), message.Value, 0, isEnd: true);
                lane.Output.Clear();
            }

            lock (_room)
            {
                _onTheWay -= batch.Size;
                _ticks = _lanes.Sum(static l => l.Counters.Received);
                Monitor.PulseAll(_room);
            }
        }
    }
}
