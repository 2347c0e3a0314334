using NodaTime;

namespace Aurum.Tests.Scenarios.Running;

/// <summary>A clock that goes on by a step whenever somebody looks at it, as on a machine that has other things to do in between. Its
/// timers are the system's.</summary>
internal sealed class SteppingTime(Instant start, TimeSpan step) : TimeProvider
{
    private long _looks;

    public override DateTimeOffset GetUtcNow() => start.ToDateTimeOffset() + (Interlocked.Increment(ref _looks) * step);
}
