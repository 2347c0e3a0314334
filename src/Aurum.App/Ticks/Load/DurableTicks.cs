using System.Diagnostics;
using Aurum.Benchmarks;
using Aurum.Benchmarks.Ticks;

namespace Aurum.App.Ticks.Load;

/// <summary><c>aurum bench ticks --durable</c>: JSON messages through the tick service, each acknowledged after its fsync, until
/// they are in the tables; how long an acknowledgement takes at half that rate; and the same bars by SQL.</summary>
/// <remarks>Budget: 500,000 messages a second on two processors that are free, at most 3.5 microseconds of CPU a message; 50 ms
/// to 99 of 100 acknowledgements at half the rate.</remarks>
internal static class DurableTicks
{
    private const int UsualMessages = 400_000;
    private const int WarmUpMessages = 40_000;
    private const string Seconds = "messages per second";

    /// <param name="count">Messages; 0: as usual.</param>
    /// <param name="rate">Messages a second of the measurement of times; 0: half of what was found.</param>
    public static async Task<IReadOnlyList<BenchResult>> Run(int count, double rate)
    {
        await TickLoad.AtFullSpeed(MadeLoad.Of(WarmUpMessages));
        var load = MadeLoad.Of(count == 0 ? UsualMessages : count);
        var speed = await TickLoad.AtFullSpeed(load);
        var naive = Naive(load);
        var fsync = FsyncMilliseconds();
        var asked = rate > 0 ? rate : Math.Round(speed.MessagesPerSecond / 2);
        var (acknowledged, visible) = await TickLoad.AtRate(load, asked);
        return
        [
            Durable(load, speed, naive),
            SameBars(speed),
            .. Times("ack", acknowledged, fsync, asked),
            .. Times("visible", visible, fsync, asked),
        ];
    }

    private static BenchResult Durable(MadeLoad load, SpeedResult speed, double naive) => new(
        "ticks-durable",
        Math.Round(speed.MessagesPerSecond),
        Seconds,
        "System.Text.Json and dictionaries, nothing stored",
        Math.Round(naive),
        Math.Round(speed.MessagesPerSecond / naive, 2),
        Math.Round((double)speed.AllocatedBytes / speed.Messages, 1),
        FormattableString.Invariant($"{load.Messages:N0} messages of {(double)load.Bytes.Length / load.Messages:N0} bytes; ")
            + FormattableString.Invariant($"{speed.CpuMicrosPerMessage:F2} microseconds of CPU a message; acknowledged after ")
            + FormattableString.Invariant($"{speed.AcknowledgedSeconds:F2} s in {speed.Frames} fsyncs, in the tables after ")
            + FormattableString.Invariant($"{speed.SettledSeconds:F2} s"));

    private static BenchResult SameBars(SpeedResult speed)
    {
        var ours = 1e6 / speed.CpuMicrosPerMessage;
        var engine = speed.Bars.Ticks / Math.Max(speed.Bars.CpuSeconds, 1e-6);
        return new BenchResult(
            "ticks-duckdb-bars",
            Math.Round(ours),
            "messages per CPU-second",
            "bars by SQL over the stored ticks",
            Math.Round(engine),
            Math.Round(ours / engine, 3),
            Math.Round((double)speed.AllocatedBytes / speed.Messages, 1),
            FormattableString.Invariant($"{speed.Bars.Bars:N0} bars are equal; ours from JSON to the tables, durable; SQL once, in ")
                + FormattableString.Invariant($"{speed.Bars.Seconds:F2} s, which each new tick would cost again"));
    }

    private static IEnumerable<BenchResult> Times(string name, double[] sorted, double fsync, double rate)
    {
        (string Part, double Share)[] parts = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1)];
        return parts.Select(p => new BenchResult(
            $"{name}-{p.Part}-ms",
            Math.Round(At(sorted, p.Share), 3),
            "milliseconds",
            "write and fsync of 64 KiB alone, median",
            Math.Round(fsync, 3),
            Math.Round(At(sorted, p.Share) / fsync, 2),
            0,
            FormattableString.Invariant($"{sorted.Length:N0} pieces at {rate:N0} messages a second, from the time each was due")));
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private static double Naive(MadeLoad load)
    {
        var began = Stopwatch.GetTimestamp();
        new NaiveTicks().Process(load.Bytes);
        return load.Messages / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double FsyncMilliseconds()
    {
        const int Tries = 50;
        var path = Path.GetTempFileName();
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
            var bytes = new byte[64 << 10];
            var times = new double[Tries];
            for (var i = 0; i < Tries; i++)
            {
                var began = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, bytes, (long)i * bytes.Length);
                RandomAccess.FlushToDisk(file);
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }

            Array.Sort(times);
            return times[Tries / 2];
        }
        finally
        {
            File.Delete(path);
        }
    }
}
