using Aurum.Market.Feeds;
using Aurum.Market.Series;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT binding constraints of every dispatch run (SCED) with their shadow prices.</summary>
/// <remarks>
/// <para>Source: report NP6-86-CD of the public API; MIS documents of type 12302.</para>
/// <para>Shape, units, names: see <see cref="ShadowPrices"/>.</para>
/// <para>Time: the instant of the run, Central clock; the flag tells the repeated hour. Revisions: none.</para>
/// </remarks>
public static class ScedShadowPrices
{
    private const string Endpoint = "shdw_prices_bnd_trns_const";

    public static readonly Feed<SeriesPoint> Feed = SeriesFeeds.Feed(
        "ercot/shadow-prices",
        "ERCOT dispatch (SCED) binding constraints",
        new FeedFacts(
            "ERCOT public API, NP6-86-CD (report type 12302)",
            ShadowPrices.Shape,
            ShadowPrices.Units,
            "instant of the dispatch run at odd seconds, Central clock; RepeatedHourFlag is set in the second pass",
            "none"),
        ErcotSchedules.Dispatch,
        minutes: null,
        static day => [ErcotRequests.Dispatch($"np6-86-cd/{Endpoint}", day)],
        static head => ErcotHeads.IsJson(head)
            ? head.Has(Endpoint) || (head.Has("\"violatedMW\"") && head.Has("\"SCEDTimestamp\""))
            : head.HeaderHas("SCEDTimestamp", "ConstraintName", "ViolatedMW"),
        static (report, rows) => ShadowPrices.Read(
            report, rows, Endpoint, ["Limit", "Value", "ViolatedMW"], new ErcotRuns(report, default).Read));
}
