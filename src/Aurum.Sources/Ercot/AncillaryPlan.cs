using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT day-ahead ancillary service plan: how much of each service is to be held.</summary>
/// <remarks>
/// <para>Source: report NP4-33-CD of the public API; MIS documents of type 12316.</para>
/// <para>Shape: 5 services × 23, 24 or 25 hours; a series is named <c>dam_as_plan/REGUP</c>.</para>
/// <para>Units: MW. Time: hour ending, Central clock; DSTFlag tells the repeated hour. Revisions: none announced.</para>
/// </remarks>
public static class AncillaryPlan
{
    private const string Endpoint = "dam_as_plan";

    public static readonly Feed<SeriesPoint> Feed = SeriesFeeds.Feed(
        "ercot/ancillary-plan",
        "ERCOT day-ahead ancillary service plan",
        new FeedFacts(
            "ERCOT public API, NP4-33-CD (report type 12316)",
            "5 services × 23, 24 or 25 hours",
            "MW",
            "hour ending 01:00 to 24:00, Central clock; DSTFlag is set on the second HE02",
            "none announced"),
        new Schedule(
            FirstAt: Duration.FromHours(-18),
            CompleteAt: Duration.FromHours(-16),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1)),
        minutes: 60,
        static day => ErcotRequests.Day($"np4-33-cd/{Endpoint}", day),
        static head => ErcotHeads.IsJson(head)
            ? head.Has(Endpoint) || (head.Has("\"ancillaryType\"") && head.Has("\"quantity\""))
            : head.HeaderHas("DeliveryDate", "AncillaryType", "Quantity"),
        static (report, rows) =>
        {
            var hours = new ErcotHours(report, default);
            var series = new ErcotSeries(report.FileName, Endpoint);
            var service = report.Header.Required("ancillaryType");
            var quantity = report.Header.Required("quantity");
            while (report.Read())
            {
                rows.Add(new SeriesPoint(
                    series.Begin().Add(report[service]).Key("MW"), hours.ReadHour(), report.Number(quantity)));
            }
        });
}
