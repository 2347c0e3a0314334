using System.Diagnostics;

namespace Aurum.App.Simulation;

/// <summary>What the process holds at an instant of a long life.</summary>
/// <param name="HeapBytes">Managed objects that are in use, after a full collection.</param>
/// <param name="ResidentBytes">Memory of the process, the engine's and the runtime's own included.</param>
internal readonly record struct MemorySample(long HeapBytes, long ResidentBytes)
{
    /// <summary>Growth that is none, beside a fifth of what there was: caches that fill, garbage of other threads.</summary>
    private const long HeapSlackBytes = 24L << 20;
    private const long ResidentSlackBytes = 256L << 20;

    public static MemorySample Take()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return new MemorySample(heap, process.WorkingSet64);
    }

    /// <summary>What speaks against memory being flat: the second half of the samples reaches more than the first by a fifth and some.
    /// Null where it is flat.</summary>
    public static string? Growth(IReadOnlyList<MemorySample> samples)
    {
        var half = samples.Count / 2;
        return half == 0
            ? null
            : Growth("managed heap", samples, half, static s => s.HeapBytes, HeapSlackBytes)
                ?? Growth("resident memory", samples, half, static s => s.ResidentBytes, ResidentSlackBytes);
    }

    private static string? Growth(string what, IReadOnlyList<MemorySample> samples, int half, Func<MemorySample, long> of, long slack)
    {
        var first = samples.Take(half).Max(of);
        var second = samples.Skip(half).Max(of);
        return second <= first + (first / 5) + slack
            ? null
            : $"the {what} grew from at most {first >> 20} MiB in the first half to {second >> 20} MiB in the second";
    }
}
