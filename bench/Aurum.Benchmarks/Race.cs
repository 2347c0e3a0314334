using System.Diagnostics;

namespace Aurum.Benchmarks;

/// <summary>Measures contestants against each other: warm-up first, then rounds in which every contestant runs in turn, so that a
/// busy machine hurts all of them alike. Time is CPU time of the process; the wall clock is only told.</summary>
public static class Race
{
    private const int WarmUpRuns = 3;
    private const int MaxRepeats = 10_000;

    /// <summary>One measurement a contestant, in the order given.</summary>
    public static IReadOnlyList<Measurement> Run(BenchOptions options, params IReadOnlyList<Contestant> contestants)
    {
        var repeats = contestants.Select(contestant => WarmUp(contestant, options)).ToArray();
        var rounds = contestants.Select(_ => new List<Round>()).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var i = 0; i < contestants.Count; i++)
            {
                rounds[i].Add(Measure(contestants[i], repeats[i]));
            }
        }

        return contestants.Select((contestant, i) => Summarize(contestant.Name, rounds[i])).ToList();
    }

    /// <summary>Runs until the code is compiled as well as it gets, and finds how many runs fill a round.</summary>
    private static int WarmUp(Contestant contestant, BenchOptions options)
    {
        var repeats = 1;
        for (var run = 0; run < WarmUpRuns; run++)
        {
            var round = Measure(contestant, repeats);
            var wanted = options.RoundMilliseconds / 1000.0 / Math.Max(round.CpuSeconds / repeats, 1e-6);
            repeats = Math.Clamp((int)Math.Ceiling(wanted), 1, MaxRepeats);
        }

        return repeats;
    }

    private static Round Measure(Contestant contestant, int repeats)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var allocated = Allocated(contestant);
        var wall = Stopwatch.GetTimestamp();
        var cpu = Environment.CpuUsage.TotalTime;
        long items = 0;
        for (var i = 0; i < repeats; i++)
        {
            items += contestant.Run();
        }

        return new Round(
            items,
            (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
            Stopwatch.GetElapsedTime(wall).TotalSeconds,
            Allocated(contestant) - allocated);
    }

    private static long Allocated(Contestant contestant) =>
        contestant.UsesThreads ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();

    private static Measurement Summarize(string name, List<Round> rounds) => new(
        name,
        Median(rounds.Select(round => round.Items / Math.Max(round.CpuSeconds, 1e-9))),
        rounds.Max(round => round.Items / Math.Max(round.CpuSeconds, 1e-9)),
        Median(rounds.Select(round => round.Items / Math.Max(round.WallSeconds, 1e-9))),
        rounds.Min(round => round.AllocatedBytes / (double)Math.Max(round.Items, 1)));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private readonly record struct Round(long Items, double CpuSeconds, double WallSeconds, long AllocatedBytes);
}
