using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>ISO New England system load by hour.</summary>
/// <remarks>
/// <para>Source: web service hourlysysload.</para>
/// <para>Shape: the system × 23, 24 or 25 hours; the newest hour alone is an object and no list.</para>
/// <para>Units: MW, mean over the hour, three decimals: native load and the demand of storage together.</para>
/// <para>Time: beginning of the hour with offset.</para>
/// <para>Revisions: in place, for some days.</para>
/// </remarks>
public static class HourlyLoad
{
    private const int BeginDate = 0;
    private const int Name = 1;
    private const int Id = 2;
    private const int Load = 3;

    private static readonly RecordShape Shape = new(
        "HourlySystemLoads", "HourlySystemLoad", ["BeginDate", "$", "@LocId", "Load"], "NativeLoad", "ArdDemand");

    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("isone/load-hourly"),
        Title = "ISO New England system load by hour",
        Facts = new FeedFacts(
            "ISO New England web service, hourlysysload",
            "the system × 23, 24 or 25 hours",
            "MW, mean over the hour, three decimals",
            "beginning of the hour, with offset",
            "in place, for some days"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(80),
            CompleteAt: Duration.FromHours(27),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("ISONE", IsoMarket.RealTime, IsoProduct.Load, MarketZones.Eastern, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        Table = PowerTables.Load,
        Locate = static (day, _) => [IsoneRequests.Day("hourlysysload", day)],
        Recognizes = static head => IsoneHeads.IsAnswer(head, Shape),
        Parse = static (file, output) => IsoneFile.Parse<LoadRow>(file, output, Shape, Records),
    };

    private static Action Records(RecordValues record, RowBuffer<LoadRow> rows)
    {
        var areas = IsonePlaces.Of(record, Id, type: -1);
        return () => rows.Add(new LoadRow(areas.Of(record[Name]), record.Starting(BeginDate, 60), record.NumberOrNaN(Load)));
    }
}
