using Aurum.App.Api.Requests;
using NodaTime;
using NodaTime.TimeZones;

namespace Aurum.App.Api.Rows;

/// <summary>Offsets of one clock for rows that come in order of time: looks a zone up only when its offset changes.</summary>
internal sealed class LocalClock(ZoneChoice choice)
{
    private DateTimeZone? _zone;
    private ZoneInterval? _interval;

    public bool IsGiven => choice.IsGiven;

    /// <summary>Seconds that the clock is ahead of UTC at an instant; the market's own clock where that is asked for.</summary>
    public int OffsetSeconds(long unixMicros, FeedLine? feed)
    {
        var zone = choice.Zone ?? feed?.Feed.Zone ?? DateTimeZone.Utc;
        var instant = Instant.FromUnixTimeTicks(unixMicros * 10);
        if (!ReferenceEquals(zone, _zone) || _interval is null || !_interval.Contains(instant))
        {
            _zone = zone;
            _interval = zone.GetZoneInterval(instant);
        }

        return _interval.WallOffset.Seconds;
    }
}
