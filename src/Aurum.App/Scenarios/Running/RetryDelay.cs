using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Aurum.App.Scenarios.Running;

/// <summary>How long a run waits for its next attempt: half a second, doubled with each attempt, five minutes at most; spread by a
/// quarter to both sides, so that runs that failed together are not tried together. The spread follows from the run and the
/// attempt.</summary>
internal static class RetryDelay
{
    private const double FirstSeconds = 0.5;
    private const double MaxSeconds = 300;
    private const double Spread = 0.25;
    private const int MaxDoublings = 20;

    /// <param name="run">The run.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    public static Duration Of(string run, int attempt)
    {
        var seconds = FirstSeconds * Math.Pow(2, Math.Min(attempt - 1, MaxDoublings));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{run}\n{attempt}")));
        var share = BitConverter.ToUInt32(hash) / (double)uint.MaxValue;
        return Duration.FromSeconds(Math.Min(seconds * (1 - Spread + (2 * Spread * share)), MaxSeconds));
    }
}
