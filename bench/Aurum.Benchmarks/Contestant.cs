namespace Aurum.Benchmarks;

/// <summary>One way of doing a piece of work.</summary>
/// <param name="Name">For people.</param>
/// <param name="Run">Does the work once and returns how many items it handled.</param>
/// <param name="UsesThreads">Whether allocations of other threads count too.</param>
public sealed record Contestant(string Name, Func<long> Run, bool UsesThreads = false);

/// <summary>What a contestant did over the rounds.</summary>
/// <param name="Name">The contestant's.</param>
/// <param name="ItemsPerCpuSecond">Median of the rounds, by CPU time of the process.</param>
/// <param name="BestItemsPerCpuSecond">Best of the rounds.</param>
/// <param name="ItemsPerWallSecond">Median of the rounds, by wall clock.</param>
/// <param name="AllocatedBytesPerItem">Least of the rounds.</param>
public sealed record Measurement(
    string Name,
    double ItemsPerCpuSecond,
    double BestItemsPerCpuSecond,
    double ItemsPerWallSecond,
    double AllocatedBytesPerItem);
