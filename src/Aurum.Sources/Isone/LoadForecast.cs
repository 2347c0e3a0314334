using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>ISO New England load forecast by hour, every vintage.</summary>
/// <remarks>
/// <para>Source: web service hourlyloadforecast/all.</para>
/// <para>Shape: the system × 23, 24 or 25 hours × 6 to 9 vintages, made at about 04:00 and 09:20 from two days before on.</para>
/// <para>Units: MW, in tens.</para>
/// <para>Time: beginning of the hour and time of making, both with offset.</para>
/// <para>Revisions: every vintage stays beside the others.</para>
/// </remarks>
public static class LoadForecast
{
    private const int BeginDate = 0;
    private const int CreationDate = 1;
    private const int Load = 2;

    private static readonly RecordShape Shape = new(
        "HourlyLoadForecasts", "HourlyLoadForecast", ["BeginDate", "CreationDate", "LoadMw"], "NetLoadMw");

    /// <summary>First made at about 04:00 two days before, last at about 09:20 of the day itself.</summary>
    internal static readonly Schedule Schedule = new(
        FirstAt: Duration.FromHours(-43),
        CompleteAt: Duration.FromHours(12),
        RefreshEvery: Duration.FromHours(1),
        CorrectionsFor: Duration.FromDays(1),
        CorrectionChecks: Duration.FromHours(12));

    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("isone/load-forecast"),
        Title = "ISO New England load forecast",
        Facts = new FeedFacts(
            "ISO New England web service, hourlyloadforecast/all",
            "the system × 23, 24 or 25 hours × 6 to 9 vintages",
            "MW, in tens",
            "beginning of the hour and time of making, with offset",
            "two vintages or more a day, all kept"),
        Zone = MarketZones.Eastern,
        Schedule = Schedule,
        Contract = IsoContract.Of("ISONE", IsoMarket.DayAhead, IsoProduct.LoadForecast, MarketZones.Eastern, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        Table = PowerTables.Load,
        Locate = static (day, _) => [IsoneRequests.Day("hourlyloadforecast/all", day)],
        Recognizes = static head => IsoneHeads.IsAnswer(head, Shape),
        Parse = static (file, output) => IsoneFile.Parse<LoadRow>(file, output, Shape, static (record, rows) => () => rows.Add(new LoadRow(
            IsonePlaces.ControlArea, record.Starting(BeginDate, 60), record.NumberOrNaN(Load), record.UnixSeconds(CreationDate)))),
    };
}
