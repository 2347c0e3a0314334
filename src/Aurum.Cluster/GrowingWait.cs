namespace Aurum.Cluster;

/// <summary>Waits between tries of a request: doubled each time from 0.1 to 5 seconds, spread over half to one and a half of
/// it.</summary>
internal static class GrowingWait
{
    private const double FirstSeconds = 0.1;
    private const double LongestSeconds = 5;
    private const int MostDoublings = 16;

    /// <param name="attempt">Tries before, from 0.</param>
    /// <param name="nextToken">Chance.</param>
    public static TimeSpan After(int attempt, Func<ulong> nextToken)
    {
        var seconds = Math.Min(LongestSeconds, FirstSeconds * Math.Pow(2, Math.Min(attempt, MostDoublings)));
        return TimeSpan.FromSeconds(seconds * (0.5 + (nextToken() >> 11) * (1.0 / (1UL << 53))));
    }
}
