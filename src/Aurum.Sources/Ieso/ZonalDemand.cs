using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ieso;

/// <summary>IESO hourly demand by zone.</summary>
/// <remarks>
/// <para>Source: public report DemandZonal, a CSV a year since 2003.</para>
/// <para>Shape: Ontario and 10 zones, in columns × 24 hours. The zones' total and its difference to Ontario's demand are left
/// out.</para>
/// <para>Units: MW, whole numbers; the zones add up to Ontario's demand within some hundred MW (losses), but for single hours of bad
/// metering.</para>
/// <para>Time: hour ending 1 to 24 on Eastern Standard Time all year.</para>
/// <para>Revisions: the year's file is rewritten every day; the last days may change in it.</para>
/// </remarks>
public static class ZonalDemand
{
    private static readonly string[] Zones =
        ["Northwest", "Northeast", "Ottawa", "East", "Toronto", "Essa", "Bruce", "Southwest", "Niagara", "West"];

    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("ieso/load-zone"),
        Title = "IESO hourly demand by zone",
        Facts = new FeedFacts(
            "IESO public report DemandZonal, a file a year",
            "Ontario and 10 zones, in columns × 24 hours",
            "MW, whole numbers; zones add up to Ontario within some hundred MW",
            "hour ending, Eastern Standard Time all year: every day has 24 hours",
            "in place, for a few days"),
        Zone = MarketZones.EasternStandard,
        Schedule = IesoSchedules.Demand,
        Contract = IesoFeeds.Contract(IsoMarket.RealTime, IsoProduct.Load, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        Table = PowerTables.Load,
        Locate = static (day, _) => IesoFiles.Year("DemandZonal", day),
        Recognizes = static head => DemandFile.Recognizes(head, "Hourly Zonal Demand Report"),
        Parse = static (file, output) => DemandFile.Parse(file, output, Areas),
    };

    /// <summary>The columns of the ten zones, by name: a column that nobody knows may be anything.</summary>
    private static List<(int Column, Location Area)> Areas(CsvHeader header)
    {
        header.Ignore("Zone Total", "Diff");
        var areas = new List<(int, Location)> { (header.Required("Ontario Demand"), IesoPlaces.Ontario) };
        foreach (var zone in Zones)
        {
            areas.Add((header.Required(zone), IesoPlaces.Zone(zone)));
        }

        return areas;
    }
}
