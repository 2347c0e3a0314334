using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>ISO New England demand by load zone and hour: as cleared in the day-ahead market, and as metered in real time.</summary>
/// <remarks>
/// <para>Source: web service dayaheadhourlydemand and realtimehourlydemand, an answer a zone.</para>
/// <para>Shape: 8 zones × 23, 24 or 25 hours.</para>
/// <para>Units: MW, mean over the hour; one decimal day-ahead, three in real time.</para>
/// <para>Time: beginning of the hour with offset.</para>
/// <para>Revisions: day-ahead none seen; real time in place, while meters are read.</para>
/// </remarks>
public static class HourlyDemand
{
    private const int BeginDate = 0;
    private const int Id = 1;
    private const int Name = 2;
    private const int Load = 3;

    private const string Shape = "8 load zones × 23, 24 or 25 hours, an answer a zone";
    private const string Time = "beginning of the hour, with offset";

    public static readonly Feed<LoadRow> DayAhead = Feed(
        "isone/day-ahead-demand",
        "ISO New England day-ahead demand by zone",
        new FeedFacts(
            "ISO New England web service, dayaheadhourlydemand", Shape, "MW cleared, mean over the hour, one decimal", Time, "none seen"),
        ("dayaheadhourlydemand", "HourlyDaDemand"),
        IsoMarket.DayAhead,
        new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-9),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(5),
            CorrectionChecks: Duration.FromDays(2)));

    public static readonly Feed<LoadRow> RealTime = Feed(
        "isone/real-time-demand",
        "ISO New England real-time demand by zone",
        new FeedFacts(
            "ISO New England web service, realtimehourlydemand",
            Shape,
            "MW metered, mean over the hour, three decimals",
            Time,
            "in place, while meters are read"),
        ("realtimehourlydemand", "HourlyRtDemand"),
        IsoMarket.RealTime,
        new Schedule(
            FirstAt: Duration.FromHours(26),
            CompleteAt: Duration.FromHours(27),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)));

    private static Feed<LoadRow> Feed(
        string id, string title, FeedFacts facts, (string Path, string Record) dataset, IsoMarket market, Schedule schedule)
    {
        var shape = new RecordShape(dataset.Record + "s", dataset.Record, ["BeginDate", "@LocId", "$", "Load"]);
        return new Feed<LoadRow>
        {
            Id = new FeedId(id),
            Title = title,
            Facts = facts,
            Zone = MarketZones.Eastern,
            Schedule = schedule,
            Contract = IsoContract.Of("ISONE", market, IsoProduct.Load, MarketZones.Eastern, 60),
            Suite = "iso_load",
            IntervalMinutes = 60,
            Table = PowerTables.Load,
            Locate = (day, _) => [.. IsonePlaces.ZoneIds.Select(zone => IsoneRequests.Day(dataset.Path, day, $"/location/{zone}"))],
            Recognizes = head => IsoneHeads.IsAnswer(head, shape),
            Parse = (file, output) => IsoneFile.Parse<LoadRow>(file, output, shape, Records),
        };
    }

    private static Action Records(RecordValues record, RowBuffer<LoadRow> rows)
    {
        var areas = IsonePlaces.Of(record, Id, type: -1);
        return () => rows.Add(new LoadRow(areas.Of(record[Name]), record.Starting(BeginDate, 60), record.NumberOrNaN(Load)));
    }
}
