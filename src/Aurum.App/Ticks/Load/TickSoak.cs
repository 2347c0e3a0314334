using System.Buffers;
using System.Diagnostics;
using Aurum.Benchmarks;
using Aurum.Sandbox.Ticks;
using Aurum.Ticks;

namespace Aurum.App.Ticks.Load;

/// <summary><c>aurum bench ticks --soak-seconds S --rate R</c>: a steady load for a while, with a follower that does not read;
/// memory has to stay where it was.</summary>
internal static class TickSoak
{
    private const int Samples = 20;
    private const double MostGrowthMiB = 128;
    private const int PieceMessages = 200;

    /// <param name="seconds">How long.</param>
    /// <param name="rate">Messages a second.</param>
    /// <param name="tell">Hears of each sample.</param>
    /// <exception cref="InvalidOperationException">Memory grew.</exception>
    public static async Task<IReadOnlyList<BenchResult>> Run(int seconds, double rate, Action<string> tell)
    {
        await using var home = new LoadHome(new TickServiceOptions { QuietSeconds = 0 });
        using var lazy = home.Service.Subscribe(TickFilter.All, null);
        var samples = new List<double>();
        var began = Stopwatch.GetTimestamp();
        long sent = 0;
        var waiting = new Queue<Task<TickReceipt>>();
        foreach (var piece in Pieces((long)(seconds * rate)))
        {
            sent += PieceMessages;
            waiting.Enqueue(await home.Service.QueueAsync(TickSubmission.Batch(new TickStreamOptions(), piece), CancellationToken.None));
            while (waiting.TryPeek(out var answered) && answered.IsCompleted)
            {
                await waiting.Dequeue();
            }

            var due = TimeSpan.FromSeconds(sent / rate) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due, TimeProvider.System);
            }

            if (Stopwatch.GetElapsedTime(began).TotalSeconds >= (samples.Count + 1.0) * seconds / Samples)
            {
                samples.Add(Sample());
                var status = home.Service.Status;
                tell(FormattableString.Invariant(
                    $"{Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s: {samples[^1]:F0} MiB, {status.Counters.Received} messages, ")
                    + FormattableString.Invariant($"{status.UnsettledFrames} frames not in the tables, ")
                    + FormattableString.Invariant($"{status.JournalBytes >> 20} MiB of journal"));
            }
        }

        await Task.WhenAll(waiting);
        return [ResultOf(samples, sent, Stopwatch.GetElapsedTime(began).TotalSeconds)];
    }

    private static BenchResult ResultOf(List<double> samples, long sent, double seconds)
    {
        var part = Math.Max(1, samples.Count / 4);

        // What is filled once, caches and the engine's memory, is filled after a quarter.
        var (early, late) = (samples.Skip(part).Take(part).Average(), samples.TakeLast(part).Average());
        var curve = string.Join(' ', samples.Select(static s => (long)s));
        return late - early <= MostGrowthMiB
            ? new BenchResult(
                "ticks-soak-memory",
                Math.Round(late, 1),
                "MiB of the process",
                "after a quarter of the time",
                Math.Round(early, 1),
                Math.Round(late / early, 3),
                0,
                FormattableString.Invariant($"{sent:N0} messages in {seconds:F0} s; MiB: {curve}"))
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"memory grew from {early:F0} to {late:F0} MiB, {MostGrowthMiB} are allowed: {curve}"));
    }

    private static double Sample() => Environment.WorkingSet / (double)(1 << 20);

    /// <summary>Messages without end are made as they are sent.</summary>
    private static IEnumerable<byte[]> Pieces(long count)
    {
        var options = MadeLoad.Options(count) with { Duplicates = 0 };
        var stream = new MadeStream(options);
        var writer = new TickWriter(stream, options, TickForm.ContractB);
        var bytes = new ArrayBufferWriter<byte>();
        var messages = 0;
        foreach (var tick in stream.Read())
        {
            writer.Write(bytes, tick);
            if (++messages == PieceMessages)
            {
                yield return bytes.WrittenSpan.ToArray();
                bytes.ResetWrittenCount();
                messages = 0;
            }
        }
    }
}
