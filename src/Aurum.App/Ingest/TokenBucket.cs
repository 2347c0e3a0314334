namespace Aurum.App.Ingest;

/// <summary>A bucket that fills at a steady rate up to a burst and may be overdrawn by what has already happened.</summary>
/// <remarks>Not safe for several threads by itself; <see cref="SiteGate"/> locks.</remarks>
internal sealed class TokenBucket
{
    private readonly double _perSecond;
    private readonly double _burst;
    private double _tokens;
    private long _last;

    public TokenBucket(double perSecond, double burst, long startTimestamp)
    {
        _perSecond = perSecond;
        _burst = burst;
        _tokens = burst;
        _last = startTimestamp;
    }

    public static TokenBucket Unlimited => new(double.PositiveInfinity, double.PositiveInfinity, 0);

    /// <summary>Time that one token takes to come.</summary>
    public TimeSpan TimeOfOne => TimeSpan.FromSeconds(1 / _perSecond);

    public void Refill(long now, TimeProvider time)
    {
        if (!double.IsInfinity(_perSecond))
        {
            _tokens = Math.Min(_burst, _tokens + (time.GetElapsedTime(_last, now).TotalSeconds * _perSecond));
            _last = now;
        }
    }

    /// <summary>How long until so many tokens are there; null when they are.</summary>
    public TimeSpan? TimeFor(double tokens) =>
        _tokens >= tokens ? null : TimeSpan.FromSeconds(Math.Max(0.001, (tokens - _tokens) / _perSecond));

    public void Charge(double tokens)
    {
        if (!double.IsInfinity(_perSecond))
        {
            _tokens -= tokens;
        }
    }
}
