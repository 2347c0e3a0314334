using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Market.Time;

/// <summary>The market clocks, and every day on which one of them changes from 2000 to 2040, with its neighbours.</summary>
internal static class ZoneChanges
{
    private static readonly Interval Years = new(Instant.FromUtc(2000, 1, 1, 12, 0), Instant.FromUtc(2041, 1, 1, 0, 0));

    public static readonly IReadOnlyList<DateTimeZone> Changing =
        [MarketZones.Pacific, MarketZones.Mountain, MarketZones.Central, MarketZones.Eastern];

    public static readonly IReadOnlyList<DateTimeZone> All = [.. Changing, MarketZones.EasternStandard, MarketZones.Utc];

    /// <summary>Days of change of any market clock, the day before and the day after.</summary>
    public static readonly IReadOnlyList<LocalDate> Dates = Changing
        .SelectMany(zone => zone.GetZoneIntervals(Years).Skip(1).Select(interval => interval.Start.InZone(zone).Date))
        .SelectMany(date => new[] { date.PlusDays(-1), date, date.PlusDays(1) })
        .Distinct()
        .Order()
        .ToList();

    /// <summary>Those days on every clock that changes, and one year's on those that never do.</summary>
    public static IEnumerable<OperatingDay> Days =>
        from zone in All
        from date in Dates
        where Changing.Contains(zone) || date.Year == 2025
        select new OperatingDay(date, zone);

    /// <summary>The day cut into intervals of some minutes.</summary>
    public static IReadOnlyList<DeliveryInterval> Tile(OperatingDay day, int minutes) =>
        Enumerable.Range(0, day.Hours * 60 / minutes)
            .Select(i => DeliveryInterval.StartingAt(day.Start + Duration.FromMinutes(i * minutes), minutes))
            .ToList();
}
