using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Isone;

/// <summary>ISO New England system load, 5 minutes.</summary>
/// <remarks>
/// <para>Source: web service fiveminutesystemload; the list <c>actual</c> of the answer that the web site's load chart gets.</para>
/// <para>Shape: the system × 276, 288 or 300 intervals.</para>
/// <para>Units: MW, three decimals: load with storage and without what sun behind the meter gives. Native load and the estimates
/// with that sun are not kept.</para>
/// <para>Time: beginning of the interval with offset.</para>
/// <para>Revisions: in place, within a few days.</para>
/// </remarks>
public static class SystemLoad
{
    private const int BeginDate = 0;
    private const int Load = 1;

    private static readonly RecordShape Shape = new(
        "FiveMinSystemLoads", "FiveMinSystemLoad", ["BeginDate", "LoadMw"], "NativeLoad", "ArdDemand", "SystemLoadBtmPv",
        "NativeLoadBtmPv", "PumpMw", "Mw")
    {
        PageList = "actual",
    };

    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("isone/load"),
        Title = "ISO New England system load, 5 minutes",
        Facts = new FeedFacts(
            "ISO New England web service, fiveminutesystemload",
            "the system × 276, 288 or 300 intervals",
            "MW, three decimals, without what sun behind the meter gives",
            "beginning of the interval, with offset",
            "in place, within a few days"),
        Zone = MarketZones.Eastern,
        Schedule = IsoneSchedules.Running,
        Contract = IsoContract.Of("ISONE", IsoMarket.RealTime, IsoProduct.Load, MarketZones.Eastern, 5),
        Suite = "iso_load",
        IntervalMinutes = 5,
        Table = PowerTables.Load,
        Locate = static (day, _) => [IsoneRequests.Day("fiveminutesystemload", day)],
        Recognizes = static head => IsoneHeads.IsAnswer(head, Shape) || IsoneHeads.IsPage(head, Shape.PageList),
        Parse = static (file, output) => IsoneFile.Parse<LoadRow>(file, output, Shape, static (record, rows) =>
            () => rows.Add(new LoadRow(IsonePlaces.ControlArea, record.Starting(BeginDate, 5), record.NumberOrNaN(Load)))),
    };
}
