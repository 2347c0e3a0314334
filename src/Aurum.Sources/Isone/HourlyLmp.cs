using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>ISO New England hourly real-time prices: preliminary ones after each hour, final ones days later.</summary>
/// <remarks>
/// <para>Source: web service hourlylmp/rt/prelim, from five days after the day's end on hourlylmp/rt/final; reports lmp_rt_prelim
/// and lmp_rt_final.</para>
/// <para>Shape: about 1,200 places × 23, 24 or 25 hours.</para>
/// <para>Units: USD/MWh, two decimals, negative allowed; energy, congestion and loss add up to the price.</para>
/// <para>Time: beginning of the hour with offset; in the reports, hour ending on the clock in New York, 02X for the second
/// HE02.</para>
/// <para>Revisions: final prices are revisions of the preliminary ones; an answer does not say which of the two it holds, so a file
/// that a person hands over is told from a day-ahead one by its name.</para>
/// </remarks>
public static class HourlyLmp
{
    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("isone/real-time-lmp-hourly"),
        Title = "ISO New England hourly real-time prices",
        Facts = new FeedFacts(
            "ISO New England web service, hourlylmp/rt/prelim, then hourlylmp/rt/final; reports lmp_rt_prelim and lmp_rt_final",
            "about 1,200 places × 23, 24 or 25 hours",
            "USD/MWh, two decimals, with energy, congestion and loss",
            "beginning of the hour, with offset; in the reports hour ending, 02X for the second HE02",
            "preliminary for five days after the day's end, then final"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(90),
            CompleteAt: Duration.FromHours(27),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: RealTimeState.LooksFor,
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("ISONE", IsoMarket.RealTime, IsoProduct.Lmp, MarketZones.Eastern, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Table = PowerTables.Lmp,
        Locate = static (day, now) => [IsoneRequests.Day($"hourlylmp/rt/{RealTimeState.Of(day, now)}", day)],
        Recognizes = static head => IsoneHeads.IsReport(head, "Real-Time") && head.Has("\"Hour Ending\",\"Location ID\"")
            || (IsoneHeads.IsAnswer(head, Lmp.Hourly) && IsNamed(head)),
        Parse = Lmp.ParseHourly,
    };

    /// <summary>Whether a file's name says that its prices are real-time ones.</summary>
    internal static bool IsNamed(FileHead head) =>
        head.Name.Contains("_rt_", StringComparison.OrdinalIgnoreCase) || head.Name.Contains("prelim", StringComparison.OrdinalIgnoreCase);
}
