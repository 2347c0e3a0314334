using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>What operating day, operating hour and interval number have to say about an interval.</summary>
internal static class OperatingLabels
{
    private static readonly TransitionTable Clock = TransitionTable.For(MarketZones.Pacific);

    public static void Check(IOasisRows rows, DeliveryInterval delivery)
    {
        var local = Clock.ToLocal(delivery.StartUnixSeconds);
        var day = new OperatingDay(LocalSeconds.ToDate(local), MarketZones.Pacific);
        if (!Stamps.TryParseDate(rows[OasisField.OperatingDate], out var date))
        {
            throw rows.Unexpected(OasisField.OperatingDate, "a day like 2020-05-10");
        }

        if (date != day.Date)
        {
            throw rows.Unexpected(OasisField.OperatingDate, $"operating day {day} of {delivery}");
        }

        var hourStart = delivery.StartUnixSeconds - (((local % LocalSeconds.PerHour) + LocalSeconds.PerHour) % LocalSeconds.PerHour);
        var hour = OprHour.FromInterval(DeliveryInterval.FromUnixSeconds(hourStart, LocalSeconds.PerHour), MarketZones.Pacific).Hour;
        if (!rows[OasisField.OperatingHour].IsEmpty)
        {
            if (!Numbers.TryParseInteger(rows[OasisField.OperatingHour], out var found) || found != hour)
            {
                throw rows.Unexpected(OasisField.OperatingHour, $"operating hour {hour} of {delivery}");
            }
        }
        else
        {
            CheckNumber(rows, delivery, day, hour);
        }
    }

    /// <summary>INTERVAL_NUM counts the intervals of a day. Whether it follows OPR_HR on days of clock changes was not seen: both
    /// are taken.</summary>
    private static void CheckNumber(IOasisRows rows, DeliveryInterval delivery, OperatingDay day, int hour)
    {
        var counted = ((delivery.StartUnixSeconds - day.Start.ToUnixTimeSeconds()) / delivery.LengthSeconds) + 1;
        var isHour = delivery.LengthSeconds == LocalSeconds.PerHour;
        if (!Numbers.TryParseInteger(rows[OasisField.IntervalNumber], out var found) || (found != counted && !(isHour && found == hour)))
        {
            throw rows.Unexpected(OasisField.IntervalNumber, $"interval {counted} of {delivery}");
        }
    }
}
