using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ieso;

/// <summary>IESO real-time prices of the virtual zones, and of Ontario as a whole.</summary>
/// <remarks>
/// <para>Source: public reports RealtimeZonalEnergyPrices and RealtimeOntarioZonalPrice (schema r2), an XML an hour.</para>
/// <para>Shape: 9 zones (<c>TORONTO:HUB</c>) or ONTARIO × 12 intervals a file; intervals to come stand in it with empty
/// elements.</para>
/// <para>Units: CAD/MWh, two decimals; the energy part is what remains after loss and congestion.</para>
/// <para>Time: hour ending 1 to 24 and interval 1 to 12 on Eastern Standard Time all year.</para>
/// <para>Revisions: in place; the files of about 90 days are kept.</para>
/// </remarks>
public static class RealTimeZonalPrice
{
    private static readonly PriceElements ZoneElements = new("Interval", "ZonalPrice", "EnergyLossPrice", "EnergyCongPrice");
    private static readonly PriceElements OntarioElements = new("Interval", "LmpCap", "LossPriceCap", "CongPriceCap");

    public static readonly Feed<LmpRow> Zones = Feed(
        "ieso/real-time-lmp-zone",
        "IESO real-time zonal prices, 5 minutes",
        "RealtimeZonalEnergyPrices",
        "9 zones × 12 intervals a file",
        static head => IesoHeads.IsReport(head, "RealtimeZonalEnergyPrices", "Real-Time 5-min Zonal Energy Price Report"),
        static (file, output) => ZonalPrices.ParseZonesOfHour(file, output, ZoneElements));

    public static readonly Feed<LmpRow> Ontario = Feed(
        "ieso/real-time-lmp-ontario",
        "IESO real-time Ontario zonal price, 5 minutes",
        "RealtimeOntarioZonalPrice",
        "12 intervals a file",
        static head => IesoHeads.IsReport(
            head, "RealtimeOntarioZonalPrice", "Real-Time 5-min Ontario Zonal Energy Price Report"),
        static (file, output) => ZonalPrices.ParseOntario(file, output, "ZonalPrice", OntarioElements, isHourly: true));

    private static Feed<LmpRow> Feed(
        string id,
        string title,
        string report,
        string shape,
        Func<FileHead, bool> recognizes,
        Func<FeedFile, IRowOutput<LmpRow>, ParseResult> parse) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = new FeedFacts(
            $"IESO public report {report}, a file an hour",
            shape,
            "CAD/MWh, two decimals; energy is the price less loss and congestion",
            "hour ending and interval 1 to 12, Eastern Standard Time all year: every day has 24 hours",
            "in place, for a few days"),
        Zone = MarketZones.EasternStandard,
        Schedule = IesoSchedules.RealTime(Duration.FromMinutes(15)),
        Contract = IesoFeeds.Contract(IsoMarket.RealTime, IsoProduct.Lmp, 5),
        Suite = "iso_lmp",
        IntervalMinutes = 5,
        Table = PowerTables.Lmp,
        Locate = (day, now) => IesoFiles.Hours(report, "xml", day, now),
        Recognizes = recognizes,
        Parse = parse,
    };
}
