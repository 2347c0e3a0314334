using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO day-ahead requirements of ancillary services: how much of each must be held in a region.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report AS_REQ, market run DAM.</para>
/// <para>Shape: one row per region, service, bound (data items such as SP_REQ_MIN_MW) and hour. A series is named
/// <c>AS_REQ/DAM/AS_CAISO_EXP/SR/SP_REQ_MIN_MW</c>.</para>
/// <para>Units: MW. Time: GMT in each row. Revisions: none known.</para>
/// </remarks>
public static class AncillaryRequirements
{
    private static readonly OasisReport Report = AncillaryFeeds.Report("AS_REQ", version: 1, "DAM", intervalMinutes: 60);

    public static readonly Feed<SeriesPoint> Feed = SeriesFeeds.Feed(
        "caiso/ancillary-requirements",
        "CAISO day-ahead ancillary service requirements",
        Report,
        new FeedFacts(
            Source: "CAISO OASIS report AS_REQ, market run DAM.",
            Shape: "One row per region, service, lower or upper bound, and hour; 23, 24 or 25 hours a day, in no order.",
            Units: "MW.",
            SeriesFeeds.Time,
            Revisions: "Published with the day-ahead market; not revised afterwards."),
        new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-10),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(2),
            CorrectionChecks: Duration.FromDays(1)),
        static head => OasisHeads.IsCsv(head, Report, "ANC_TYPE", "ANC_REGION") && head.Has("_REQ_"),
        static file => new OasisSeries(
            file.Name, "AS_REQ/DAM", static _ => "MW", OasisField.Place, OasisField.Kind, OasisField.Item));
}
