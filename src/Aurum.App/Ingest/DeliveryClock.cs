using NodaTime;

namespace Aurum.App.Ingest;

/// <summary>Stamps deliveries with the instant at which they became known, in whole microseconds as the store keeps them. Never goes
/// back, also where the machine's clock is set back: a later revision must not be known before an earlier one.</summary>
/// <param name="clock">The machine's clock.</param>
/// <param name="latest">The latest stamp that was ever given.</param>
internal sealed class DeliveryClock(IClock clock, Instant latest)
{
    private const long TicksPerMicrosecond = 10;

    private readonly Lock _lock = new();
    private Instant _latest = latest;

    public Instant Next()
    {
        var ticks = clock.GetCurrentInstant().ToUnixTimeTicks();
        var now = Instant.FromUnixTimeTicks(ticks - (ticks % TicksPerMicrosecond));
        lock (_lock)
        {
            _latest = Instant.Max(_latest, now);
            return _latest;
        }
    }
}
