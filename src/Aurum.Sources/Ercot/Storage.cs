using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT battery storage: charging, discharging and the sum of both, every 5 minutes, from the dashboard.</summary>
/// <remarks>
/// <para>Source: dashboard energy-storage-resources.json.</para>
/// <para>Shape: 3 measures × 276, 288 or 300 readings of yesterday and those of today so far; fuels <c>Storage Charging</c>,
/// <c>Storage Discharging</c>, <c>Storage Net</c>.</para>
/// <para>Units: MW; charging is negative, net is discharging plus charging: a sum takes either net or the two others.</para>
/// <para>Time: readings at an instant, with offset; dayDate and the stamp without offset are not used.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class Storage
{
    private static readonly Symbol Charging = new("Storage Charging");
    private static readonly Symbol Discharging = new("Storage Discharging");
    private static readonly Symbol Net = new("Storage Net");

    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("ercot/storage"),
        Title = "ERCOT battery storage output, 5 minutes",
        Facts = new FeedFacts(
            "ERCOT dashboard energy-storage-resources.json",
            "charging, discharging and net × 276, 288 or 300 readings of yesterday, and today so far",
            "MW; charging is negative; net is the sum of both: a sum over fuel types takes 'Storage Net' alone",
            "readings at an instant, with offset",
            "none seen"),
        Zone = MarketZones.Central,
        Schedule = ErcotSchedules.Dashboard,
        Contract = IsoContract.Of("ERCOT", IsoMarket.RealTime, IsoProduct.Generation, MarketZones.Central, 0),
        Suite = "iso_genmix",
        Readings = new ReadingPace(EveryMinutes: 5, FirstMinutes: 0),
        Table = PowerTables.Generation,
        Locate = static (_, _) => ErcotRequests.Dashboard("energy-storage-resources"),
        Recognizes = static head => ErcotHeads.IsJson(head) && head.Has("\"totalCharging\"") && head.Has("\"totalDischarging\""),
        Parse = static (file, output) => Dashboard.Parse<GenerationRow>(
            file,
            output,
            static (ref JsonStream json, DashboardRows<GenerationRow> rows) => Dashboard.ReadDays(ref json, rows, ReadReading)),
    };

    private static void ReadReading(ref JsonStream json, DashboardRows<GenerationRow> rows)
    {
        Instant? at = null;
        var (charging, discharging, net) = (double.NaN, double.NaN, double.NaN);
        while (Dashboard.Next(ref json))
        {
            if (json.IsProperty("timestamp"u8))
            {
                json.ReadRequired();
                at = Dashboard.Stamp(ref json);
            }
            else if (!TryRead(ref json, "totalCharging"u8, ref charging)
                && !TryRead(ref json, "totalDischarging"u8, ref discharging)
                && !TryRead(ref json, "netOutput"u8, ref net))
            {
                json.Skip();
            }
        }

        var reading = DeliveryInterval.At(at ?? throw json.Unexpected("a reading with a timestamp"));
        rows.Add(reading, new GenerationRow(ErcotHeads.System, Charging, reading, charging));
        rows.Add(reading, new GenerationRow(ErcotHeads.System, Discharging, reading, discharging));
        rows.Add(reading, new GenerationRow(ErcotHeads.System, Net, reading, net));
    }

    private static bool TryRead(ref JsonStream json, ReadOnlySpan<byte> property, ref double value)
    {
        if (!json.IsProperty(property))
        {
            return false;
        }

        json.ReadRequired();
        value = json.NumberOrNaN();
        return true;
    }
}
