using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ieso;

/// <summary>A delivery date of IESO's files: hours 1 to 24 and their twelve intervals of 5 minutes, each named by its end, on Eastern
/// Standard Time all year, so that every day has 24 hours.</summary>
internal readonly record struct IesoClock(LocalDate Date)
{
    private const int HourSeconds = 3600;
    private const int IntervalSeconds = 300;

    private readonly long _start = new OperatingDay(Date, MarketZones.EasternStandard).Start.ToUnixTimeSeconds();

    /// <summary>False for another number than 1 to 24.</summary>
    public bool TryHour(int hour, out DeliveryInterval delivery)
    {
        var isHour = hour is >= 1 and <= 24;
        delivery = isHour ? DeliveryInterval.FromUnixSeconds(_start + ((hour - 1) * HourSeconds), HourSeconds) : default;
        return isHour;
    }

    /// <summary>False for an hour that is not 1 to 24, or an interval that is not 1 to 12.</summary>
    public bool TryInterval(int hour, int interval, out DeliveryInterval delivery)
    {
        var isInterval = TryHour(hour, out delivery) && interval is >= 1 and <= 12;
        delivery = isInterval
            ? DeliveryInterval.FromUnixSeconds(delivery.StartUnixSeconds + ((interval - 1) * IntervalSeconds), IntervalSeconds)
            : default;
        return isInterval;
    }
}
