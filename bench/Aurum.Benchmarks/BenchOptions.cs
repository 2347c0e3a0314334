namespace Aurum.Benchmarks;

/// <summary>How long and how often to measure.</summary>
/// <param name="Rounds">Measured rounds; every contestant runs once in each. Odd, so that the median is one of them.</param>
/// <param name="RoundMilliseconds">CPU time that a contestant's share of a round lasts at least.</param>
/// <param name="Scale">Share of the full input, above 0 and up to 1: a benchmark makes its input this much smaller.</param>
public sealed record BenchOptions(int Rounds, int RoundMilliseconds, double Scale)
{
    /// <summary>For people: a few seconds a benchmark.</summary>
    public static readonly BenchOptions Full = new(Rounds: 7, RoundMilliseconds: 150, Scale: 1.0);

    /// <summary>For tests of allocation, where time does not matter.</summary>
    public static readonly BenchOptions Brief = new(Rounds: 3, RoundMilliseconds: 0, Scale: 0.02);

    /// <summary>Whether benchmarks that know several forms of input measure every one; false: one of each kind.</summary>
    public bool EveryFormat { get; init; } = true;

    /// <summary>The one form to measure; empty: as <see cref="EveryFormat"/> says.</summary>
    public string Format { get; init; } = "";

    /// <summary>Items to measure on, for benchmarks that know a number of them; 0: the benchmark's own number.</summary>
    public int Count { get; init; }

    /// <summary>A file to measure on; empty: what the benchmark makes up. Only benchmarks that say so read it.</summary>
    public string File { get; init; } = "";

    /// <summary>A full-scale count made smaller, never below one.</summary>
    public int Scaled(int count) => Math.Max(1, (int)(count * Scale));
}
