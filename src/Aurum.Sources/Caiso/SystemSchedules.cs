using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO day-ahead schedules of the system: load, generation, import and export, by transmission access charge
/// zone.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report ENE_SLRS (system load and resource schedules), market run DAM.</para>
/// <para>Shape: about 20 series of 23, 24 or 25 hours, grouped by series, hours in no order. A series is named by data item and
/// zone: <c>ENE_SLRS/ISO_TOT_EXP_MW/Caiso_Totals</c>.</para>
/// <para>Units: MW, two decimals. Time: GMT in each row. Revisions: none known.</para>
/// </remarks>
public static class SystemSchedules
{
    private static readonly OasisReport Report = new("ENE_SLRS", 1, "DAM", ["TAC_ZONE_NAME"], [], IntervalMinutes: 60);

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("caiso/system-schedules"),
        Title = "CAISO day-ahead system load and resource schedules",
        Facts = new FeedFacts(
            Source: "CAISO OASIS report ENE_SLRS, market run DAM.",
            Shape: "About 20 series (load, generation, import, export by zone) of 23, 24 or 25 hours, hours in no order.",
            Units: "MW, two decimals.",
            Time: "GMT start and end in each row; operating day and hour on the Pacific clock, the repeated autumn hour is OPR_HR 25.",
            Revisions: "Published with the day-ahead market; not revised afterwards."),
        Zone = MarketZones.Pacific,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-10),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(2),
            CorrectionChecks: Duration.FromDays(1)),
        Suite = "timeseries_observation",
        IntervalMinutes = 60,
        Table = SeriesTables.Observation,
        Locate = (day, _) => OasisRequests.Day(Report with { Parameters = "tac_zone_name=ALL&schedule=ALL" }, day),
        Recognizes = head => OasisHeads.IsReport(head, Report) || OasisHeads.IsCsv(head, Report, "TAC_ZONE_NAME", "SCHEDULE"),
        Parse = (file, output) => OasisAnswer.Read(file, Report, Target(file, output)),
    };

    private static OasisTarget<SeriesPoint> Target(FeedFile file, IRowOutput<SeriesPoint> output)
    {
        var series = new OasisSeries(file.Name, Report.Query, static _ => "MW", OasisField.Item, OasisField.Place);
        return new OasisTarget<SeriesPoint>(Report, output, (rows, delivery, mw) => new SeriesPoint(series.Of(rows), delivery, mw));
    }
}
