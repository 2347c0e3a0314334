using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>ISO New England day-ahead prices: one a place and hour.</summary>
/// <remarks>
/// <para>Source: web service hourlylmp/da/final; report WW_DALMP_ISO.</para>
/// <para>Shape: about 1,200 places × 23, 24 or 25 hours; the report is ordered by hour, then number of the place.</para>
/// <para>Units: USD/MWh, two decimals, negative allowed; energy, congestion and loss add up to the price.</para>
/// <para>Time: beginning of the hour with offset; in the report, hour ending on the clock in New York, 02X for the second HE02.</para>
/// <para>Revisions: in place, within a few days.</para>
/// </remarks>
public static class DayAheadLmp
{
    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("isone/day-ahead-lmp"),
        Title = "ISO New England day-ahead prices",
        Facts = new FeedFacts(
            "ISO New England web service, hourlylmp/da/final; report WW_DALMP_ISO",
            "about 1,200 places × 23, 24 or 25 hours",
            "USD/MWh, two decimals, with energy, congestion and loss",
            "beginning of the hour, with offset; in the report hour ending, 02X for the second HE02",
            "in place, within a few days"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(-660),
            CompleteAt: Duration.FromHours(-9),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(5),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("ISONE", IsoMarket.DayAhead, IsoProduct.Lmp, MarketZones.Eastern, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Table = PowerTables.Lmp,
        Locate = static (day, _) => [IsoneRequests.Day("hourlylmp/da/final", day)],
        Recognizes = static head => IsoneHeads.IsReport(head, "Day-Ahead Energy Market Hourly LMP")
            || (IsoneHeads.IsAnswer(head, Lmp.Hourly) && !HourlyLmp.IsNamed(head)),
        Parse = Lmp.ParseHourly,
    };
}
