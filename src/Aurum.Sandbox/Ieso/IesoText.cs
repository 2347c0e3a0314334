using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Ieso;

/// <summary>How IESO writes times: on Eastern Standard Time all year.</summary>
internal static class IesoText
{
    private const int OffsetSeconds = -5 * 3600;

    public static LocalDateTime Stamp(Instant at) => at.InZone(MarketZones.EasternStandard).LocalDateTime;

    /// <summary>1 to 24.</summary>
    public static int Hour(long start) => (int)((start + OffsetSeconds) % 86_400 / 3600) + 1;

    /// <summary>1 to 12.</summary>
    public static int Interval(long start) => (int)((start + OffsetSeconds) % 3600 / 300) + 1;
}
