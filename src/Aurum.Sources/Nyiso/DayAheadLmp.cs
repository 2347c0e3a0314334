using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Nyiso;

/// <summary>NYISO day-ahead prices: one a zone or bus and hour.</summary>
/// <remarks>
/// <para>Source: MIS, damlbmp_zone and damlbmp_gen.</para>
/// <para>Shape: 15 names or about 570 buses × 23, 24 or 25 hours, ordered by hour, then name.</para>
/// <para>Units: USD/MWh, two decimals, negative allowed; the congestion sign is turned: see <see cref="Lbmp"/>.</para>
/// <para>Time: beginning of the hour; published about 10:00 on the day before.</para>
/// <para>Revisions: corrections within a few days, in place.</para>
/// </remarks>
public static class DayAheadLmp
{
    private const string Shape = "23, 24 or 25 hours, ordered by hour, then name";
    private const string Time = "beginning of the hour, New York clock without flag; file order tells the repeated hour";

    private static readonly Lbmp Prices = new("damlbmp", StampMeaning.Start, IsoMarket.DayAhead, 60);

    public static readonly Feed<LmpRow> Zone = Prices.ZoneFeed(
        "nyiso/day-ahead-lmp-zone", "NYISO day-ahead zonal prices", Shape, Time, NyisoSchedules.DayAhead);

    public static readonly Feed<LmpRow> Generator = Prices.GeneratorFeed(
        "nyiso/day-ahead-lmp-generator", "NYISO day-ahead generator prices", Shape, Time, NyisoSchedules.DayAhead);
}
