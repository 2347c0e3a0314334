using NodaTime;

namespace Aurum.Tests.Api;

/// <summary>A clock that stands still until it is told to go on. Timers run on the machine's clock.</summary>
internal sealed class ManualTime(Instant now) : TimeProvider, IClock
{
    private readonly Lock _lock = new();
    private Instant _now = now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public Instant GetCurrentInstant()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override DateTimeOffset GetUtcNow() => GetCurrentInstant().ToDateTimeOffset();

    public override long GetTimestamp() => GetCurrentInstant().ToUnixTimeTicks();

    public void Advance(Duration duration)
    {
        lock (_lock)
        {
            _now += duration;
        }
    }
}
