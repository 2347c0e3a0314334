using Aurum.Sandbox.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;
using NodaTime;

namespace Aurum.Benchmarks.Ticks;

/// <summary>JSON messages of contract B through all four stages in memory, one thread: 500 instruments of nine markets, 1,000 messages a
/// second of event time, out of order by up to a second, one in a hundred sent twice.</summary>
/// <remarks>Budget: at least 1 M messages a CPU-second; nothing allocated a message once names and tables are there. The baseline makes
/// objects of the same messages with System.Text.Json's generated code and keeps event ids, bars of five intervals and latest prices
/// in dictionaries.</remarks>
public sealed class TickStages : IBenchmark
{
    private const int Messages = 200_000;
    private const int Instruments = 500;
    private const int StepMicros = 1_000;
    private const int SteadyMessages = 48_000;
    private const int SteadyInstruments = 40;

    /// <summary>40 minutes in all: in the last quarter windows are freed as others open.</summary>
    private const int SteadyStepMicros = 50_000;
    private const int ChunkBytes = 256 << 10;

    public string Name => "ticks";

    public string Title => "Real-time messages to ticks, bars and latest prices, in memory";

    public IReadOnlyList<BenchResult> Run(BenchOptions options)
    {
        var count = options.Count > 0 ? options.Count : options.Scaled(Messages);
        var bytes = Written(count, Instruments, StepMicros);
        var measured = Race.Run(
            options,
            new Contestant("Aurum", () => Process(bytes)),
            new Contestant("System.Text.Json and dictionaries", () => new NaiveTicks().Process(bytes)));
        var allocated = SteadyBytesPerMessage(Written(SteadyMessages, SteadyInstruments, SteadyStepMicros));
        var input = FormattableString.Invariant(
            $"{count:N0} messages of {(double)bytes.Length / count:N0} bytes, {Instruments} instruments, all four stages");
        return
        [
            BenchResult.OfRates("ticks-memory", "JSON messages", measured[0], measured[1], input)
                with { AllocatedBytesPerItem = Math.Round(allocated, 4) },
            new BenchResult(
                "ticks-allocated-bytes",
                Math.Round(allocated, 4),
                "bytes per message",
                measured[1].Name,
                Math.Round(measured[1].AllocatedBytesPerItem, 1),
                Math.Round(allocated / measured[1].AllocatedBytesPerItem, 6),
                Math.Round(allocated, 4),
                FormattableString.Invariant($"{SteadyMessages:N0} messages, {SteadyInstruments} instruments, 40 minutes; ")
                    + "of the last quarter, when names and tables are there; least of three"),
        ];
    }

    /// <summary>The stream as its bytes.</summary>
    private static byte[] Written(long count, int instruments, long stepMicros)
    {
        var options = new MadeStreamOptions(7, TickMode.HighVolume, count, instruments, Instant.FromUtc(2026, 3, 2, 15, 0))
        {
            StepMicros = stepMicros,
            Duplicates = 0.01,
            DisorderSeconds = 1,
        };
        var stream = new MadeStream(options);
        var writer = new TickWriter(stream, options, TickForm.ContractB);
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var tick in stream.Read())
        {
            writer.Write(bytes, tick);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static long Process(byte[] bytes)
    {
        using var pipeline = new TickPipeline(new TickPipelineOptions(), InstrumentBook.Empty);
        Feed(pipeline, pipeline.Open(new TickStreamOptions()), bytes, 0, bytes.Length);
        pipeline.Complete();
        return pipeline.Counters.Received;
    }

    private static void Feed(TickPipeline pipeline, TickStream stream, byte[] bytes, int from, int to)
    {
        while (from < to)
        {
            var end = Math.Min(to, from + ChunkBytes);
            var used = pipeline.OnBytes(stream, bytes.AsSpan(from..end), from, end == bytes.Length);
            if (used == 0)
            {
                return;
            }

            from += used;
            pipeline.Output.Clear();
        }
    }

    private static double SteadyBytesPerMessage(byte[] bytes)
    {
        var least = double.MaxValue;
        var warm = bytes.AsSpan(0, bytes.Length / 4 * 3).LastIndexOf((byte)'\n') + 1;
        for (var round = 0; round < 3; round++)
        {
            using var pipeline = new TickPipeline(new TickPipelineOptions(), InstrumentBook.Empty);
            var stream = pipeline.Open(new TickStreamOptions());
            Feed(pipeline, stream, bytes, 0, warm);
            var messages = pipeline.Counters.Received;
            var before = GC.GetAllocatedBytesForCurrentThread();
            Feed(pipeline, stream, bytes, warm, bytes.Length);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            least = Math.Min(least, allocated / (double)(pipeline.Counters.Received - messages));
        }

        return least;
    }
}
