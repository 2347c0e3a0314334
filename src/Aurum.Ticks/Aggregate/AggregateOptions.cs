namespace Aurum.Ticks.Aggregate;

/// <summary>How long windows wait, and how many there may be.</summary>
/// <param name="DelaySeconds">How far ticks may come out of order without being late: the watermark is that far behind the highest event
/// time. 0 to 3600.</param>
/// <param name="LatenessSeconds">How long after its end, by the watermark, a minute still takes ticks as revisions. 0 to 86400.</param>
/// <param name="IdleSeconds">Ingestion time without ticks after which a source holds the watermark back no more. 1 to 86400.</param>
/// <param name="MaxWindows">Most windows in memory, of all intervals and instruments. From 5.</param>
public sealed record AggregateOptions(
    int DelaySeconds = 30, int LatenessSeconds = 300, int IdleSeconds = 60, int MaxWindows = 4_000_000)
{
    /// <exception cref="ArgumentOutOfRangeException">A value out of its range.</exception>
    public AggregateOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(DelaySeconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DelaySeconds, 3_600);
        ArgumentOutOfRangeException.ThrowIfNegative(LatenessSeconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LatenessSeconds, 86_400);
        ArgumentOutOfRangeException.ThrowIfLessThan(IdleSeconds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(IdleSeconds, 86_400);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWindows, 5);
        return this;
    }
}
