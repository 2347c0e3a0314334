using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Ieso;

/// <summary>IESO day-ahead prices of the virtual zones, and of Ontario as a whole.</summary>
/// <remarks>
/// <para>Source: public reports DAHourlyZonal and DAHourlyOntarioZonalPrice, an XML a day.</para>
/// <para>Shape: 9 zones (<c>TORONTO:HUB</c>) or ONTARIO × 24 hours.</para>
/// <para>Units: CAD/MWh, two decimals; the energy part is what remains after loss and congestion.</para>
/// <para>Time: hour ending 1 to 24 on Eastern Standard Time all year.</para>
/// <para>Revisions: in place; the files of about 90 days are kept.</para>
/// </remarks>
public static class DayAheadZonalPrice
{
    private static readonly PriceElements OntarioElements =
        new("PricingHour", "ZonalPrice", "LossPriceCapped", "CongestionPriceCapped");

    public static readonly Feed<LmpRow> Zones = Feed(
        "ieso/day-ahead-lmp-zone",
        "IESO day-ahead zonal prices",
        "DAHourlyZonal",
        "9 zones × 24 hours: three lists a zone",
        static head => IesoHeads.IsReport(head, "DAHourlyZonal", "Day-Ahead Hourly Virtual Zonal Energy Price Report"),
        DayAheadZones.Parse);

    public static readonly Feed<LmpRow> Ontario = Feed(
        "ieso/day-ahead-lmp-ontario",
        "IESO day-ahead Ontario zonal price",
        "DAHourlyOntarioZonalPrice",
        "24 hours",
        static head => IesoHeads.IsReport(
            head, "DAHourlyOntarioZonalPrice", "Day Ahead Hourly Ontario Zonal Energy Price Report"),
        static (file, output) =>
            ZonalPrices.ParseOntario(file, output, "HourlyPriceComponents", OntarioElements, isHourly: false));

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
            $"IESO public report {report}",
            shape,
            "CAD/MWh, two decimals; energy is the price less loss and congestion",
            "hour ending, Eastern Standard Time all year: every day has 24 hours",
            "in place, for a few days"),
        Zone = MarketZones.EasternStandard,
        Schedule = IesoSchedules.DayAhead,
        Contract = IesoFeeds.Contract(IsoMarket.DayAhead, IsoProduct.Lmp, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Table = PowerTables.Lmp,
        Locate = (day, _) => IesoFiles.Day(report, "xml", day),
        Recognizes = recognizes,
        Parse = parse,
    };
}
