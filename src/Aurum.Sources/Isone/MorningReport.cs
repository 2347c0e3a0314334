using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>ISO New England's morning report: the day's expected peak, capacity, reserves and what is left.</summary>
/// <remarks>
/// <para>Source: web service morningreport.</para>
/// <para>Shape: a value a quantity and day, under the report's type: <c>morning-report/final/PeakLoadTodayMw</c>.</para>
/// <para>Units: MW. Ties, city weather and hours of the peaks are not kept.</para>
/// <para>Time: whole local days.</para>
/// <para>Revisions: a preliminary report becomes a final one; each has its own series.</para>
/// </remarks>
public static class MorningReport
{
    private const int BeginDate = 0;
    private const int ReportType = 1;

    private static readonly DailyQuantities Quantities = new(
        2, "PeakLoadTodayMw", "PeakLoadYesterdayMw", "CsoMw", "CapAdditionsMw", "GenOutagesReductionMW", "UncommittedAvailGenMw",
        "NonCommUnitsCapMw", "DrrCapMw", "NetCapDeliveryMw", "TotAvailCapMw", "CapRequiredMw", "SurplusDeficiencyMw",
        "LargestFirstContMw", "AmsPeakLoadExpMw", "TotalOperReserveReqMw", "TenMinReserveReqMw", "TenMinReserveEstMw",
        "ThirtyMinReserveReqMw", "ThirtyMinReserveEstMw", "ReplReserveRequiredMw", "ExpActOp4Mw", "AddlCapAvailOp4ActMw",
        "ExcessCommitMw", "UnitCommMinOrrMw");

    private static readonly RecordShape Shape = new(
        "MorningReports",
        "MorningReport",
        ["BeginDate", "ReportType", .. Quantities.InRecord],
        "CreationDate", "PeakLoadTodayHour", "PeakLoadYesterdayHour", "GeoMagDistIsoAction", "GeoMagDistOthCntrAction", "NyIsoSarAvail",
        "UnitCommMinOrrCount");

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("isone/morning-report"),
        Title = "ISO New England morning report",
        Facts = new FeedFacts(
            "ISO New England web service, morningreport",
            "about 22 quantities a day",
            "MW",
            "whole local days",
            "a preliminary report becomes a final one; each has its own series"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(8.5),
            CompleteAt: Duration.FromHours(24),
            RefreshEvery: Duration.FromHours(6),
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1)),
        Suite = "timeseries_observation",
        Table = SeriesTables.Observation,
        Locate = static (day, _) => [IsoneRequests.Day("morningreport", day)],
        Recognizes = static head => IsoneHeads.IsAnswer(head, Shape),
        Parse = static (file, output) => IsoneFile.Parse<SeriesPoint>(file, output, Shape, Records),
    };

    private static Action Records(RecordValues record, RowBuffer<SeriesPoint> rows)
    {
        var series = new Dictionary<string, SeriesKey>(StringComparer.Ordinal);
        return () =>
        {
            // Ids are in lower case by the house's custom.
            var type = string.Create(record.Text(ReportType).Length, record.Text(ReportType), static (span, text) =>
                text.AsSpan().ToLowerInvariant(span));
            Quantities.Add(record, BeginDate, $"morning-report/{type}", series, rows);
        };
    }
}
