using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Nyiso;

/// <summary>NYISO real-time prices: one a zone or bus and 5 minutes.</summary>
/// <remarks>
/// <para>Source: MIS, realtime_zone and realtime_gen.</para>
/// <para>Shape: 15 names or about 570 buses × 276, 288 or 300 intervals; the file of the running day ends with look-ahead rows,
/// which are left out: see <see cref="LookAheadRows"/>.</para>
/// <para>Units: USD/MWh, two decimals, negative allowed; the congestion sign is turned: see <see cref="Lbmp"/>.</para>
/// <para>Time: END of the interval, 00:05 to 00:00 of the next day.</para>
/// <para>Revisions: corrections within a few days, in place.</para>
/// </remarks>
public static class RealTimeLmp
{
    private const string Shape = "276, 288 or 300 intervals; look-ahead rows of the running day left out";
    private const string Time =
        "END of the interval, 00:05 to 00:00 of the next day, New York clock without flag; file order tells the repeated hour";

    private static readonly Lbmp Prices = new("realtime", StampMeaning.End, IsoMarket.RealTime, 5);

    public static readonly Feed<LmpRow> Zone = Prices.ZoneFeed(
        "nyiso/real-time-lmp-zone", "NYISO real-time zonal prices, 5 minutes", Shape, Time, Every(minutes: 5));

    public static readonly Feed<LmpRow> Generator = Prices.GeneratorFeed(
        "nyiso/real-time-lmp-generator", "NYISO real-time generator prices, 5 minutes", Shape, Time, Every(minutes: 15));

    private static Schedule Every(int minutes) => new(
        FirstAt: Duration.FromMinutes(10),
        CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(15),
        RefreshEvery: Duration.FromMinutes(minutes),
        CorrectionsFor: Duration.FromDays(5),
        CorrectionChecks: Duration.FromDays(1));
}
