using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Isone;

/// <summary>ISO New England load forecast by reliability region and hour, every vintage.</summary>
/// <remarks>
/// <para>Source: web service reliabilityregionloadforecast/day/.../all.</para>
/// <para>Shape: 8 regions, with the names of the load zones, × 23, 24 or 25 hours × 6 or 7 vintages; one that is made on the day has
/// its later hours only. So vintages are not counted hour by hour, but the hours of the answer must be those of the day.</para>
/// <para>Units: MW, three decimals. The share of the system is not kept.</para>
/// <para>Time: beginning of the hour and time of making, both with offset.</para>
/// <para>Revisions: every vintage stays beside the others.</para>
/// </remarks>
public static class RegionLoadForecast
{
    private const int BeginDate = 0;
    private const int CreationDate = 1;
    private const int Region = 2;
    private const int Load = 3;

    private static readonly RecordShape Shape = new(
        "ReliabilityRegionLoadForecasts",
        "ReliabilityRegionLoadForecast",
        ["BeginDate", "CreationDate", "ReliabilityRegion", "LoadMw"],
        "ReliabilityRegionLoadPercentage");

    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("isone/load-forecast-region"),
        Title = "ISO New England load forecast by reliability region",
        Facts = new FeedFacts(
            "ISO New England web service, reliabilityregionloadforecast, all vintages",
            "8 regions × 23, 24 or 25 hours × 6 or 7 vintages, those of the day itself with its later hours only",
            "MW, three decimals",
            "beginning of the hour and time of making, with offset",
            "two vintages or more a day, all kept"),
        Zone = MarketZones.Eastern,
        Schedule = LoadForecast.Schedule,
        Contract = IsoContract.Of("ISONE", IsoMarket.DayAhead, IsoProduct.LoadForecast, MarketZones.Eastern, 60),
        Suite = "iso_load",
        Table = PowerTables.Load,
        Locate = static (day, _) => [IsoneRequests.Day("reliabilityregionloadforecast", day, "/all")],
        Recognizes = static head => IsoneHeads.IsAnswer(head, Shape),
        Parse = Read,
    };

    private static ParseResult Read(FeedFile file, IRowOutput<LoadRow> output)
    {
        var hours = new HoursInOrder();
        var result = IsoneFile.Parse<LoadRow>(file, output, Shape, (record, rows) =>
        {
            var regions = IsonePlaces.Of(record, id: -1, type: -1);
            return () => rows.Add(new LoadRow(
                regions.Of(record[Region]), hours.Next(record, BeginDate), record.NumberOrNaN(Load), record.UnixSeconds(CreationDate)));
        });
        hours.CheckEnd(file.Name);
        return result;
    }
}
