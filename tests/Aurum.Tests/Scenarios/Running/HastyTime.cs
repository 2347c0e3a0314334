using NodaTime;

namespace Aurum.Tests.Scenarios.Running;

/// <summary>A clock on which a hundred seconds pass in one: minutes of a timeout are over before a test is.</summary>
internal sealed class HastyTime(Instant start) : TimeProvider
{
    private const int Haste = 100;

    private readonly long _started = TimeProvider.System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => start.ToDateTimeOffset() + Passed();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Passed().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(
        callback, state, dueTime < TimeSpan.Zero ? dueTime : TimeSpan.FromMilliseconds(Math.Ceiling(dueTime.TotalMilliseconds / Haste)),
        period < TimeSpan.Zero ? period : period / Haste);

    private TimeSpan Passed() => TimeProvider.System.GetElapsedTime(_started) * Haste;
}
