using NodaTime;
using NodaTime.Extensions;

namespace Aurum.App.Simulation;

/// <summary>A clock that runs as fast as its model, from another instant, and can be set forward.</summary>
/// <param name="time">The model, and the timer of waits.</param>
/// <param name="start">Where it stands at first.</param>
internal sealed class ShiftedTime(TimeProvider time, Instant start) : TimeProvider
{
    private readonly Lock _lock = new();
    private Duration _offset = start - time.GetUtcNow().ToInstant();

    public Instant Now
    {
        get
        {
            lock (_lock)
            {
                return time.GetUtcNow().ToInstant() + _offset;
            }
        }
    }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Sets the clock forward; does nothing where it is there already.</summary>
    public void AdvanceTo(Instant instant)
    {
        lock (_lock)
        {
            var ahead = instant - (time.GetUtcNow().ToInstant() + _offset);
            _offset += ahead > Duration.Zero ? ahead : Duration.Zero;
        }
    }

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
