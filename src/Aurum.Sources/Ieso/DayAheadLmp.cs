using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Ieso;

/// <summary>IESO day-ahead nodal prices: one a pricing location and hour.</summary>
/// <remarks>
/// <para>Source: public report DAHourlyEnergyLMP, a CSV a day.</para>
/// <para>Shape: about 1,050 locations × 24 hours, ordered by location, then hour.</para>
/// <para>Units: CAD/MWh, two decimals, negative allowed; the energy part is what remains after loss and congestion.</para>
/// <para>Time: hour ending 1 to 24 on Eastern Standard Time all year.</para>
/// <para>Revisions: a report may be put out again in place; the files of about 90 days are kept.</para>
/// </remarks>
public static class DayAheadLmp
{
    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("ieso/day-ahead-lmp"),
        Title = "IESO day-ahead nodal prices",
        Facts = new FeedFacts(
            "IESO public report DAHourlyEnergyLMP",
            "about 1,050 locations × 24 hours, ordered by location, then hour",
            "CAD/MWh, two decimals; energy is the price less loss and congestion",
            "hour ending, Eastern Standard Time all year: every day has 24 hours",
            "in place, for a few days"),
        Zone = MarketZones.EasternStandard,
        Schedule = IesoSchedules.DayAhead,
        Contract = IesoFeeds.Contract(IsoMarket.DayAhead, IsoProduct.Lmp, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Table = PowerTables.Lmp,
        Locate = static (day, _) => IesoFiles.Day("DAHourlyEnergyLMP", "csv", day),
        Recognizes = static head => LmpFile.Recognizes(head, hasIntervals: false),
        Parse = static (file, output) => LmpFile.Parse(file, output, hasIntervals: false),
    };
}
