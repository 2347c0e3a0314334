using System.Globalization;
using System.Text;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Caiso;

/// <summary>The public bids of one market: what some resources offered, shown 90 days later as one CSV of the third version.</summary>
/// <remarks>Column order: the recorded file of version 2; the two columns that version 3 adds stand behind them.</remarks>
internal sealed class CaisoBids(string marketRun, Dice dice)
{
    private const string Columns =
        "STARTTIME,STOPTIME,STARTTIME_GMT,STOPTIME_GMT,STARTDATE,MARKET_RUN_ID,RESOURCE_TYPE,SCHEDULINGCOORDINATOR_SEQ,"
        + "RESOURCEBID_SEQ,TIMEINTERVALSTART,TIMEINTERVALEND,TIMEINTERVALSTART_GMT,TIMEINTERVALEND_GMT,PRODUCTBID_DESC,"
        + "PRODUCTBID_MRID,MARKETPRODUCT_DESC,MARKETPRODUCTTYPE,SELFSCHEDMW,SCH_BID_TIMEINTERVALSTART,SCH_BID_TIMEINTERVALSTOP,"
        + "SCH_BID_TIMEINTERVALSTART_GMT,SCH_BID_TIMEINTERVALSTOP_GMT,SCH_BID_XAXISDATA,SCH_BID_Y1AXISDATA,SCH_BID_Y2AXISDATA,"
        + "SCH_BID_CURVETYPE,MINEOHSTATEOFCHARGE,MAXEOHSTATEOFCHARGE";

    private static readonly (string Type, int Coordinator, int Resource, double Mw)[] Resources =
    [
        ("GENERATOR", 987990, 509317, 270), ("GENERATOR", 505359, 242617, 498), ("GENERATOR", 187496, 123314, 165),
        ("INTERTIE", 139213, 701224, 100), ("INTERTIE", 245368, 952796, 75), ("LOAD", 680171, 357513, 40),
    ];

    /// <summary>Name of the file inside the zip, without dates: <c>PUB_BID_DAM</c>.</summary>
    public string Name => "PUB_BID_" + marketRun;

    /// <summary>Whether the bids of a day are shown.</summary>
    public static bool IsShown(OperatingDay day, Instant now) => now >= day.Start + Duration.FromDays(90);

    /// <summary>Steps of bid curves (in blocks of hours) and self-schedules (by the hour) of a day.</summary>
    public IEnumerable<CaisoBid> Of(OperatingDay day)
    {
        var (start, end) = (day.Start.ToUnixTimeSeconds(), day.End.ToUnixTimeSeconds());
        foreach (var resource in Resources)
        {
            var own = dice.For((ulong)resource.Resource).For((ulong)day.Date.DaysSinceEpoch());
            var noon = start + ((end - start) / 7200 * 3600);
            foreach (var (from, to) in ((long, long)[])[(start, noon), (noon, end)])
            {
                foreach (var bid in Curve(resource, own, from, to))
                {
                    yield return bid;
                }
            }

            for (var at = start; at < end && resource.Type != "LOAD"; at += 3600)
            {
                var mw = Math.Round(resource.Mw * 0.3 * own.Unit(at), 2);
                yield return new CaisoBid(resource.Type, resource.Coordinator, resource.Resource, "EN", at, at + 3600, null, mw, null);
            }
        }
    }

    /// <summary>The CSV of a day.</summary>
    public byte[] Write(OperatingDay day, Tampering tampering)
    {
        var text = new StringBuilder(Columns);
        if (tampering.RenamesColumn)
        {
            tampering.Note("SCH_BID_Y1AXISDATA is called PRICE");
            text.Replace("SCH_BID_Y1AXISDATA", "PRICE");
        }

        if (tampering.AddsColumn)
        {
            tampering.Note("a column added");
            text.Append(",REMARK");
        }

        text.Append('\n');
        foreach (var bid in Of(day))
        {
            Append(text, bid, day);
            text.Append(tampering.AddsColumn ? ",0\n" : "\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The true points of a day.</summary>
    public IEnumerable<SeriesPoint> Points(OperatingDay day) => Of(day).Select(bid => new SeriesPoint(
        new SeriesKey(bid.SeriesId(marketRun), bid.Unit), DeliveryInterval.FromUnixSeconds(bid.Start, (int)(bid.End - bid.Start)),
        bid.Value));

    private static IEnumerable<CaisoBid> Curve(
        (string Type, int Coordinator, int Resource, double Mw) resource, Dice own, long from, long to)
    {
        var price = Math.Round(15 + (30 * own.Unit(from)), 2);
        for (var step = 1; step <= 4; step++)
        {
            price = Math.Round(price + (10 * own.Unit(from + step)), 2);
            var mw = Math.Round(resource.Mw * step / 4, 2);
            yield return new CaisoBid(resource.Type, resource.Coordinator, resource.Resource, "EN", from, to, mw, price, "BIDPRICE");
        }

        if (resource.Type == "GENERATOR")
        {
            var mileage = Math.Round(own.Unit(from + 9), 2);
            var reserve = Math.Round(8 * own.Unit(from + 8), 2);
            yield return new CaisoBid(resource.Type, resource.Coordinator, resource.Resource, "RU", from, to, 25, reserve, "BIDPRICE");
            yield return new CaisoBid(resource.Type, resource.Coordinator, resource.Resource, "RMU", from, to, null, mileage, "BIDPRICE");
        }
    }

    private void Append(StringBuilder text, CaisoBid bid, OperatingDay day)
    {
        var self = bid.Curve is null ? Stretch(bid.Start, bid.End) : ",,,";
        var curve = bid.Curve is null ? ",,," : Stretch(bid.Start, bid.End);
        var whole = Stretch(day.Start.ToUnixTimeSeconds(), day.End.ToUnixTimeSeconds());
        text.Append(CultureInfo.InvariantCulture, $"{whole},{day.Date:uuuu-MM-dd} 00:00:00.0,{marketRun},");
        text.Append(CultureInfo.InvariantCulture, $"{bid.Type},{bid.Coordinator},{bid.Resource},{self},,,,{bid.Product},");
        text.Append(bid.Curve is null ? Number(bid.Value) : "").Append(',').Append(curve).Append(',');
        text.Append(bid.Mw is { } mw ? Number(mw) : "").Append(',');
        text.Append(bid.Curve is null ? "" : Number(bid.Value)).Append(",,").Append(bid.Curve).Append(",,");
    }

    private static string Number(double value) => CaisoBid.Number(value);

    /// <summary>Start and end on the Pacific clock, then in GMT.</summary>
    private static string Stretch(long start, long end) => $"{Local(start)},{Local(end)},{Gmt(start)},{Gmt(end)}";

    private static string Local(long at) =>
        Instant.FromUnixTimeSeconds(at).InZone(MarketZones.Pacific).ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Gmt(long at) => $"{Instant.FromUnixTimeSeconds(at):uuuu-MM-dd'T'HH:mm:ss}-00:00";
}

/// <summary>A step of a bid curve (with a curve's name), or a self-schedule.</summary>
internal sealed record CaisoBid(
    string Type, int Coordinator, int Resource, string Product, long Start, long End, double? Mw, double Value, string? Curve)
{
    public string Unit => Curve is null ? "MW" : Product == "EN" ? "USD/MWh" : "USD/MW";

    public string SeriesId(string marketRun) => $"PUB_BID/{marketRun}/{Type}/{Coordinator}/{Resource}/{Product}/{Curve ?? "SELFSCHEDMW"}"
        + (Mw is { } mw ? "/" + Number(mw) : "");

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
