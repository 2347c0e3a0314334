namespace Aurum.App.Ingest;

/// <summary>A bucket that fills at a steady rate up to a burst and may be overdrawn by what has already happened.</summary>
/// <remarks>Not safe for several threads by itself; <see cref="SiteGate"/> locks.</remarks>
/// <param name="perSecond">Tokens that come in a second.</param>
/// <param name="burst">Tokens that it holds at most, and at the start.</param>
/// <param name="startTimestamp">Timestamp of the time provider at the start.</param>
internal sealed class TokenBucket(double perSecond, double burst, long startTimestamp)
{
    private double _used;
    private long _last = startTimestamp;

    public void Refill(long now, TimeProvider time)
    {
        _used = Math.Max(0, _used - (time.GetElapsedTime(_last, now).TotalSeconds * perSecond));
        _last = now;
    }

    /// <summary>How long until so many tokens are there; null when they are.</summary>
    public TimeSpan? TimeFor(double tokens) =>
        burst - _used >= tokens ? null : TimeSpan.FromSeconds(Math.Max(0.001, (tokens - burst + _used) / perSecond));

    public void Charge(double tokens) => _used += tokens;
}
