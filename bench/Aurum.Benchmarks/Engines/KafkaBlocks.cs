using System.Diagnostics;
using System.Globalization;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Mock;
using Confluent.Kafka;

namespace Aurum.Benchmarks.Engines;

/// <summary>Records of 200 bytes through Kafka: one a message and a hundred a message, sent and read, beside Confluent.Kafka itself with
/// the same settings and one record a message. Rates are of the wall clock.</summary>
/// <remarks>
/// <para>Budget: 70 % of Confluent.Kafka's rate message by message; twice as much in blocks. Connections stand before the clock
/// begins.</para>
/// <para>Brokers are librdkafka's for tests, in this process and on the same processors: figures compare, they are not what a cluster
/// does.</para>
/// </remarks>
internal static class KafkaBlocks
{
    private const int Records = 200_000;
    private const int RecordBytes = 200;
    private const int BlockRecords = 100;
    private const int Partitions = 12;
    private const int Rounds = 3;
    private const int PollMilliseconds = 100;
    private const string Warm = "bench.warm.v1";

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    public static IReadOnlyList<BenchResult> Run(BenchOptions options)
    {
        try
        {
            KafkaLibrary.Load();
        }
        catch (BrokerException)
        {
            // As with every engine whose server is not there: no line.
            return [];
        }

        return Measure(options.Scaled(Records / BlockRecords) * BlockRecords, Math.Min(options.Rounds, options.Scale < 1 ? 1 : Rounds))
            .GetAwaiter().GetResult();
    }

    private static async Task<IReadOnlyList<BenchResult>> Measure(int records, int rounds)
    {
        using var cluster = new MockCluster(1);
        cluster.SetGroupDelay(1);
        var options = new KafkaOptions { BootstrapServers = cluster.BootstrapServers, Compression = "lz4", FetchWaitMilliseconds = 20 };
        var bytes = new byte[BlockRecords * RecordBytes];
        new Random(7).NextBytes(bytes.AsSpan(0, bytes.Length / 2));
        var figures = new Dictionary<string, List<(double Rate, double Allocated)>>();
        for (var round = 0; round <= rounds; round++)
        {
            var (single, blocks, theirs) = ($"bench.single{round}.v1", $"bench.blocks{round}.v1", $"bench.theirs{round}.v1");
            foreach (var topic in new[] { single, blocks, theirs })
            {
                cluster.CreateTopic(topic, Partitions);
            }

            var measured = new (string Name, Func<Task<double>> Work)[]
            {
                ("theirs", () => SendTheirs(options, theirs, bytes, records)),
                ("single", () => Send(options, single, bytes, RecordBytes, records)),
                ("blocks", () => Send(options, blocks, bytes, BlockRecords * RecordBytes, records / BlockRecords)),
                ("read-theirs", () => Task.Run(() => ReadTheirs(options, theirs, records))),
                ("read-single", () => Read(options, single, records)),
                ("read-blocks", () => Read(options, blocks, records / BlockRecords)),
            };
            foreach (var (name, work) in measured)
            {
                var allocated = GC.GetTotalAllocatedBytes(precise: true);
                var rate = records / await work();
                if (round > 0)
                {
                    var per = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)records;
                    (figures.TryGetValue(name, out var list) ? list : figures[name] = []).Add((rate, per));
                }
            }
        }

        return
        [
            Result("engines/kafka-send", figures, "single", "theirs", records),
            Result("engines/kafka-send-blocks", figures, "blocks", "theirs", records),
            Result("engines/kafka-read", figures, "read-single", "read-theirs", records),
            Result("engines/kafka-read-blocks", figures, "read-blocks", "read-theirs", records),
        ];
    }

    private static BenchResult Result(
        string name, Dictionary<string, List<(double Rate, double Allocated)>> figures, string ours, string theirs, int records)
    {
        var (figure, baseline) = (Median(figures[ours]), Median(figures[theirs]));
        return new BenchResult(
            name,
            Math.Round(figure),
            "records a second",
            "Confluent.Kafka, a record a message",
            Math.Round(baseline),
            Math.Round(figure / baseline, 4),
            Math.Round(figures[ours].Min(static f => f.Allocated), 1),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{records:N0} records of {RecordBytes} bytes, {Partitions} partitions, lz4; brokers of librdkafka in the same process"));
    }

    private static double Median(List<(double Rate, double Allocated)> figures) =>
        figures.Select(static f => f.Rate).Order().ElementAt(figures.Count / 2);

    /// <summary>Seconds from the first message after the connection stands to the last acknowledgement.</summary>
    private static async Task<double> Send(KafkaOptions options, string topic, byte[] bytes, int size, int messages)
    {
        using var producer = new KafkaProducer(options, TimeProvider.System);
        var first = producer.Begin();
        first.Send(new OutgoingMessage(Warm, [0], [0]));
        await first.Complete(Long);
        var began = Stopwatch.GetTimestamp();
        var batch = producer.Begin();
        for (var i = 0; i < messages; i++)
        {
            batch.Send(new OutgoingMessage(topic, [(byte)i], bytes.AsSpan(i * RecordBytes % (bytes.Length - size + 1), size)));
        }

        await batch.Complete(Long);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> SendTheirs(KafkaOptions options, string topic, byte[] bytes, int messages)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(ClientSettings.Producer(options)).Build();
        await producer.ProduceAsync(Warm, new Message<byte[], byte[]> { Key = [0], Value = [0] });
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < messages; i++)
        {
            var start = i * RecordBytes % (bytes.Length - RecordBytes + 1);
            producer.Produce(
                topic,
                new Message<byte[], byte[]> { Key = [(byte)i], Value = bytes[start..(start + RecordBytes)] },
                static report => _ = report.Error.IsError ? throw new InvalidOperationException(report.Error.Reason) : 0);
        }

        return producer.Flush(Long) == 0
            ? Stopwatch.GetElapsedTime(began).TotalSeconds
            : throw new InvalidOperationException("messages are left");
    }

    /// <summary>Seconds for all messages, at the rate from the end of the first portion to the last message: joining a group is no
    /// reading.</summary>
    private static async Task<double> Read(KafkaOptions options, string topic, int messages)
    {
        var subscription = new KafkaSubscription($"{topic}-ours", [topic]) { BatchMessages = Math.Max(1, messages / 50) };
        using var consumer = new KafkaConsumer(options, subscription, positions: null, TimeProvider.System);
        var (began, first) = (0L, 0);
        for (var seen = 0; seen < messages;)
        {
            using var batch = await consumer.Read(CancellationToken.None);
            seen += batch!.Count;
            (began, first) = began == 0 ? (Stopwatch.GetTimestamp(), seen) : (began, first);
            batch.Done();
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds * messages / Math.Max(1, messages - first);
    }

    private static double ReadTheirs(KafkaOptions options, string topic, int messages)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(ClientSettings.Consumer(options, $"{topic}-theirs")).Build();
        consumer.Subscribe(topic);
        var began = 0L;
        for (var seen = 0; seen < messages;)
        {
            if (consumer.Consume(PollMilliseconds) is { } message)
            {
                began = began == 0 ? Stopwatch.GetTimestamp() : began;
                seen++;
                consumer.StoreOffset(message);
            }
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        consumer.Close();
        return seconds;
    }
}
