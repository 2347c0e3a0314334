using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ieso;

/// <summary>IESO real-time nodal prices: one a pricing location and 5 minutes.</summary>
/// <remarks>
/// <para>Source: public report RealtimeEnergyLMP, a CSV an hour, about 0.5 MB.</para>
/// <para>Shape: about 1,050 locations × 12 intervals a file; the running hour's file holds the intervals so far.</para>
/// <para>Units: CAD/MWh, two decimals, negative allowed; the energy part is what remains after loss and congestion.</para>
/// <para>Time: hour ending 1 to 24 and interval 1 to 12 on Eastern Standard Time all year.</para>
/// <para>Revisions: a report may be put out again in place; the files of about 90 days are kept.</para>
/// </remarks>
public static class RealTimeLmp
{
    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("ieso/real-time-lmp"),
        Title = "IESO real-time nodal prices, 5 minutes",
        Facts = new FeedFacts(
            "IESO public report RealtimeEnergyLMP, a file an hour",
            "about 1,050 locations × 12 intervals a file; the running hour's file holds the intervals so far",
            "CAD/MWh, two decimals; energy is the price less loss and congestion",
            "hour ending and interval 1 to 12, Eastern Standard Time all year: every day has 24 hours",
            "in place, for a few days"),
        Zone = MarketZones.EasternStandard,
        Schedule = IesoSchedules.RealTime(Duration.FromHours(1)),
        Contract = IesoFeeds.Contract(IsoMarket.RealTime, IsoProduct.Lmp, 5),
        Suite = "iso_lmp",
        IntervalMinutes = 5,
        Table = PowerTables.Lmp,
        Locate = static (day, now) => IesoFiles.Hours("RealtimeEnergyLMP", "csv", day, now),
        Recognizes = static head => LmpFile.Recognizes(head, hasIntervals: true),
        Parse = static (file, output) => LmpFile.Parse(file, output, hasIntervals: true),
    };
}
