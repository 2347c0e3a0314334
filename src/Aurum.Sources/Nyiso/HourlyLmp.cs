using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Nyiso;

/// <summary>NYISO real-time prices integrated over the hour: one a zone or bus and hour.</summary>
/// <remarks>
/// <para>Source: MIS, rtlbmp_zone and rtlbmp_gen.</para>
/// <para>Shape: 15 names or about 570 buses × 23, 24 or 25 hours, ordered by hour, then name.</para>
/// <para>Units: USD/MWh, two decimals, negative allowed; the congestion sign is turned: see <see cref="Lbmp"/>.</para>
/// <para>Time: beginning of the hour; each hour appears after its end.</para>
/// <para>Revisions: corrections within a few days, in place.</para>
/// </remarks>
public static class HourlyLmp
{
    private const string Shape = "23, 24 or 25 hours, ordered by hour, then name";
    private const string Time = "beginning of the hour, New York clock without flag; file order tells the repeated hour";

    private static readonly Lbmp Prices = new("rtlbmp", StampMeaning.Start, IsoMarket.RealTime, 60);

    private static readonly Schedule Schedule = new(
        FirstAt: Duration.FromMinutes(80),
        CompleteAt: Duration.FromHours(27),
        RefreshEvery: Duration.FromHours(1),
        CorrectionsFor: Duration.FromDays(5),
        CorrectionChecks: Duration.FromDays(1));

    public static readonly Feed<LmpRow> Zone = Prices.ZoneFeed(
        "nyiso/hourly-lmp-zone", "NYISO hourly real-time zonal prices", Shape, Time, Schedule);

    public static readonly Feed<LmpRow> Generator = Prices.GeneratorFeed(
        "nyiso/hourly-lmp-generator", "NYISO hourly real-time generator prices", Shape, Time, Schedule);
}
