using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT day-ahead prices by electrical bus.</summary>
/// <remarks>
/// <para>Source: report NP4-183-CD of the public API; MIS documents of type 12328.</para>
/// <para>Shape: about 17,000 buses × 23, 24 or 25 hours, over several pages.</para>
/// <para>Units: USD/MWh, two decimals, negative allowed. No components.</para>
/// <para>Time: hour ending, Central clock; DSTFlag tells the repeated hour. Revisions: none announced.</para>
/// </remarks>
public static class DayAheadBusLmp
{
    private const string Endpoint = "dam_hourly_lmp";

    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("ercot/day-ahead-lmp-bus"),
        Title = "ERCOT day-ahead prices by electrical bus",
        Facts = new FeedFacts(
            "ERCOT public API, NP4-183-CD (report type 12328)",
            "about 17,000 electrical buses × 23, 24 or 25 hours",
            "USD/MWh, two decimals, negative allowed; no components",
            "hour ending 01:00 to 24:00, Central clock; DSTFlag is set on the second HE02",
            "none announced"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-9),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("ERCOT", IsoMarket.DayAhead, IsoProduct.Lmp, MarketZones.Central, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Table = PowerTables.Lmp,
        Locate = static (day, _) => ErcotRequests.Day($"np4-183-cd/{Endpoint}", day),
        NextPage = ErcotRequests.Next,
        Recognizes = static head => ErcotHeads.IsJson(head)
            ? head.Has(Endpoint) || (head.Has("\"busName\"") && head.Has("\"LMP\""))
            : head.HeaderHas("DeliveryDate", "BusName", "LMP"),
        Parse = static (file, output) => ErcotReport.Parse<LmpRow>(file, output, static (report, rows) =>
            BusPrices.Read(report, rows, "busName", new ErcotHours(report, default).ReadHour)),
    };
}
