using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO day-ahead use of transmission interfaces: what each can carry, what is scheduled on it, what is left.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report TRNS_USAGE, market run DAM.</para>
/// <para>Shape: one row per interface, direction (E export, I import), data item and hour. Items: TTC_MW total capability, OTC_MW
/// operating limit, TRM_* margins, ENE_IMPORT_MW and AS_IMPORT_MW scheduled, USEAGE_MW used, ATC_MW left. A series is named
/// <c>TRNS_USAGE/DAM/MALIN500_ISL/I/ATC_MW</c>.</para>
/// <para>Units: MW. Time: GMT in each row. Revisions: none known.</para>
/// </remarks>
public static class TransmissionUsage
{
    private static readonly OasisReport Report = new("TRNS_USAGE", 1, "DAM", ["TI_ID"], [], IntervalMinutes: 60)
    {
        Parameters = "ti_id=ALL&ti_direction=ALL",
        DetailColumns = ["TI_DIRECTION"],
    };

    public static readonly Feed<SeriesPoint> Feed = SeriesFeeds.Feed(
        "caiso/transmission-usage",
        "CAISO day-ahead transmission interface usage",
        Report,
        new FeedFacts(
            Source: "CAISO OASIS report TRNS_USAGE, market run DAM.",
            Shape: "One row per interface, direction, data item (capability, margins, schedules, what is left) and hour.",
            Units: "MW.",
            SeriesFeeds.Time,
            Revisions: "Published with the day-ahead market; not revised afterwards."),
        new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-10),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(2),
            CorrectionChecks: Duration.FromDays(1)),
        static head => OasisHeads.IsCsv(head, Report, "TI_ID", "TI_DIRECTION", "TR_TYPE"),
        static file => new OasisSeries(
            file.Name, "TRNS_USAGE/DAM", static _ => "MW", OasisField.Place, OasisField.Detail, OasisField.Item));
}
