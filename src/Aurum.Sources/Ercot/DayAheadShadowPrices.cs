using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT day-ahead binding constraints with their shadow prices.</summary>
/// <remarks>
/// <para>Source: report NP4-191-CD of the public API; MIS documents of type 12332.</para>
/// <para>Shape, units, names: see <see cref="ShadowPrices"/>.</para>
/// <para>Time: hour ending, Central clock; DSTFlag tells the repeated hour. Revisions: none announced.</para>
/// </remarks>
public static class DayAheadShadowPrices
{
    private const string Endpoint = "dam_shadow_prices";

    public static readonly Feed<SeriesPoint> Feed = SeriesFeeds.Feed(
        "ercot/day-ahead-shadow-prices",
        "ERCOT day-ahead binding constraints",
        new FeedFacts(
            "ERCOT public API, NP4-191-CD (report type 12332)",
            ShadowPrices.Shape,
            ShadowPrices.Units,
            "hour ending 01:00 to 24:00, Central clock; DSTFlag is set on the second HE02",
            "none announced"),
        new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-9),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1)),
        minutes: null,
        static day => ErcotRequests.Day($"np4-191-cd/{Endpoint}", day),
        static head => ErcotHeads.IsJson(head)
            ? head.Has(Endpoint) || (head.Has("\"constraintLimit\"") && head.Has("\"hourEnding\""))
            : head.HeaderHas("DeliveryDate", "ConstraintName", "ConstraintLimit", "ShadowPrice"),
        static (report, rows) => ShadowPrices.Read(
            report, rows, Endpoint, ["ConstraintLimit", "ConstraintValue", "ViolationAmount"],
            new ErcotHours(report, default).ReadHour));
}
