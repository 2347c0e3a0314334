using NodaTime;

namespace Aurum.Tests.Sandbox;

/// <summary>A clock that does not wait: every pause ends at once, and the clock stands where the pause would have ended.</summary>
internal sealed class ImpatientTime(Instant start) : TimeProvider
{
    private long _ticks;

    public Instant Now => start + Duration.FromTicks(Volatile.Read(ref _ticks));

    /// <summary>Pauses asked for, all together.</summary>
    public Duration Waited => Duration.FromTicks(Volatile.Read(ref _ticks));

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref _ticks, Math.Max(0, dueTime.Ticks));
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
