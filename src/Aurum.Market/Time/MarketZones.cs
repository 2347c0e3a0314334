using NodaTime;

namespace Aurum.Market.Time;

/// <summary>The clocks that markets run on, from NodaTime's own tz database (so that results do not hang on the
/// machine).</summary>
public static class MarketZones
{
    public static readonly DateTimeZone Pacific = Zone("America/Los_Angeles");
    public static readonly DateTimeZone Mountain = Zone("America/Edmonton");
    public static readonly DateTimeZone Central = Zone("America/Chicago");
    public static readonly DateTimeZone Eastern = Zone("America/New_York");

    /// <summary>Eastern Standard Time all year, the clock of MISO and IESO files.</summary>
    public static readonly DateTimeZone EasternStandard = DateTimeZone.ForOffset(Offset.FromHours(-5));

    public static readonly DateTimeZone Utc = DateTimeZone.Utc;

    private static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];
}
