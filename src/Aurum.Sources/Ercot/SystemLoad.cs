using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT hourly load of the whole system, from the dashboard.</summary>
/// <remarks>
/// <para>Source: dashboard system-wide-demand.json.</para>
/// <para>Shape: 24 hours each of yesterday, today and tomorrow. Only hours with systemLoad give a row; the forecasts beside it
/// are the matter of ercot/load-forecast.</para>
/// <para>Units: MW, mean over the hour.</para>
/// <para>Time: the stamp is the END of the hour, with offset.</para>
/// <para>Revisions: the running hour grows.</para>
/// </remarks>
public static class SystemLoad
{
    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("ercot/system-load"),
        Title = "ERCOT system-wide hourly load",
        Facts = new FeedFacts(
            "ERCOT dashboard system-wide-demand.json",
            "23, 24 or 25 hours of yesterday, and of today those that have passed",
            "MW, mean over the hour",
            "the stamp is the end of the hour, with offset",
            "the running hour grows"),
        Zone = MarketZones.Central,
        Schedule = ErcotSchedules.Dashboard,
        Contract = IsoContract.Of("ERCOT", IsoMarket.RealTime, IsoProduct.Load, MarketZones.Central, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        Table = PowerTables.Load,
        Locate = static (_, _) => ErcotRequests.Dashboard("system-wide-demand"),
        Recognizes = static head => ErcotHeads.IsJson(head) && head.Has("\"systemLoad\"") && head.Has("\"dayDate\""),
        Parse = static (file, output) => Dashboard.Parse<LoadRow>(
            file,
            output,
            static (ref JsonStream json, DashboardRows<LoadRow> rows) => Dashboard.ReadDays(ref json, rows, ReadHour)),
    };

    private static void ReadHour(ref JsonStream json, DashboardRows<LoadRow> rows)
    {
        Instant? end = null;
        var load = double.NaN;
        while (Dashboard.Next(ref json))
        {
            if (json.IsProperty("timestamp"u8))
            {
                json.ReadRequired();
                end = Dashboard.Stamp(ref json);
            }
            else if (json.IsProperty("systemLoad"u8))
            {
                json.ReadRequired();
                load = json.NumberOrNaN();
            }
            else
            {
                json.Skip();
            }
        }

        if (end is not { } stamp)
        {
            throw json.Unexpected("an hour with a timestamp");
        }

        if (!double.IsNaN(load))
        {
            var hour = DeliveryInterval.EndingAt(stamp, 60);
            rows.Add(hour, new LoadRow(ErcotHeads.System, hour, load));
        }
    }
}
