using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO day-ahead results of ancillary services: what was bought, what was self-provided, and what it cost.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report AS_RESULTS, market run DAM.</para>
/// <para>Shape: one row per region, service, result (AS_BUY_MW bought, AS_SELF_MW self-provided, AS_MW both, AS_COST) and hour. A
/// series is named <c>AS_RESULTS/DAM/AS_CAISO_EXP/SR/AS_BUY_MW</c>.</para>
/// <para>Units: MW; USD for AS_COST. Time: GMT in each row. Revisions: with prices.</para>
/// </remarks>
public static class AncillaryResults
{
    private static readonly OasisReport Report =
        AncillaryFeeds.Report("AS_RESULTS", version: 1, "DAM", intervalMinutes: 60) with { DetailColumns = ["RESULT_TYPE"] };

    public static readonly Feed<SeriesPoint> Feed = SeriesFeeds.Feed(
        "caiso/ancillary-results",
        "CAISO day-ahead ancillary service awards and costs",
        Report,
        new FeedFacts(
            Source: "CAISO OASIS report AS_RESULTS, market run DAM.",
            Shape: "One row per region, service, result (bought, self-provided, both, cost) and hour; 23, 24 or 25 hours a day.",
            Units: "MW; USD for AS_COST. The number stands in a column called MW either way.",
            SeriesFeeds.Time,
            Revisions: "Price corrections within about five business days replace costs."),
        new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-10),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)),
        static head => OasisHeads.IsCsv(head, Report, "ANC_TYPE", "ANC_REGION", "RESULT_TYPE"),
        static file => new OasisSeries(
            file.Name, "AS_RESULTS/DAM", static name => name.EndsWith("/AS_COST", StringComparison.Ordinal) ? "USD" : "MW",
            OasisField.Place, OasisField.Kind, OasisField.Detail));
}
