namespace Aurum.Curves.Simulation;

/// <summary>How many paths, of which chance, and what they may take.</summary>
/// <param name="Paths">1 to <see cref="MaxPaths"/>; confidence intervals need some hundreds.</param>
/// <param name="Seed">Two runs with one seed have the same paths, whatever the threads.</param>
/// <param name="Threads">1 to <see cref="MaxThreads"/>; changes the time alone, never a result.</param>
/// <param name="MaxMemoryMiB">Most that results and work may take; a run that would need more is refused before it starts.</param>
public sealed record SimulationOptions(int Paths, ulong Seed, int Threads, long MaxMemoryMiB)
{
    public const int MaxPaths = 1_000_000;

    public const int MaxThreads = 256;

    /// <summary>Ten thousand paths on one thread within 1,024 MiB.</summary>
    public static readonly SimulationOptions Default = new(Paths: 10_000, Seed: 1, Threads: 1, MaxMemoryMiB: 1_024);

    /// <summary>Stops at the first number that is out of its range.</summary>
    /// <exception cref="ArgumentException">Says which, what is allowed and what was found.</exception>
    public void ThrowIfInvalid()
    {
        Check(nameof(Paths), Paths, MaxPaths);
        Check(nameof(Threads), Threads, MaxThreads);
        Check(nameof(MaxMemoryMiB), MaxMemoryMiB, long.MaxValue >> 20);
    }

    private static void Check(string name, long value, long max)
    {
        if (value < 1 || value > max)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name}: expected a whole number from 1 to {max}, found {value}"));
        }
    }
}
