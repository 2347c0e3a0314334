using Aurum.Market.Time;

namespace Aurum.Sources.Ercot;

/// <summary>Reads ERCOT's hourly labels: a delivery date, an hour ending (<c>01:00</c>, <c>1:00</c>, <c>01</c>, <c>1</c>) and
/// DSTFlag.</summary>
internal sealed class ErcotHours(ErcotReport report, RepeatedHourFlag flag)
{
    private readonly int _date = report.Header.Required("deliveryDate", "operatingDay", "operDay");
    private readonly int _hour = report.Header.Required("hourEnding", "deliveryHour");
    private readonly int _flag = report.Header.Required("DSTFlag", "repeatedHourFlag", "repeatHourFlag");

    /// <summary>The delivery hour of the current row.</summary>
    /// <exception cref="TimeLabelException">That day has no such hour.</exception>
    public HourEnding Read()
    {
        var date = report.Date(_date);
        return HourEnding.TryParse(date, report[_hour], out var plain)
            ? flag.Hour(date, plain.Hour, report.Flag(_flag), MarketZones.Central)
            : throw report.Unexpected(_hour, "an hour ending from 1 to 24");
    }

    /// <summary>A part of the current row's hour.</summary>
    /// <param name="column">Where its number stands, from 1.</param>
    /// <param name="minutes">Length of a part.</param>
    public DeliveryInterval ReadPart(int column, int minutes)
    {
        var number = report.Number(column);
        return number >= 1 && number <= 60 / minutes && number == Math.Floor(number)
            ? new HourPart(Read(), (int)number, minutes).ToInterval(MarketZones.Central)
            : throw report.Unexpected(column, $"an interval from 1 to {60 / minutes}");
    }

    public DeliveryInterval ReadHour() => Read().ToInterval(MarketZones.Central);

    /// <summary>Unix seconds at which a row's values were posted: by its own column where there is one, else by the document's
    /// name.</summary>
    public static long PostedUnixSeconds(ErcotReport report, int column)
    {
        if (report[column].IsEmpty)
        {
            return report.Posted?.ToUnixTimeSeconds() ?? Market.Feeds.InstantColumn.Unknown;
        }

        var match = TransitionTable.For(MarketZones.Central).Match(report.LocalTime(column));
        return match.Count > 0 ? match.First : throw report.Unexpected(column, "a time that the clock in Texas shows");
    }
}
