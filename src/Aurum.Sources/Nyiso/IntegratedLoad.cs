using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Nyiso;

/// <summary>NYISO load by zone, integrated over the hour.</summary>
/// <remarks>
/// <para>Source: MIS, palIntegrated.</para>
/// <para>Shape: 11 zones × 23, 24 or 25 hours, ordered by hour, then name.</para>
/// <para>Units: MW, mean over the hour, up to four decimals.</para>
/// <para>Time: beginning of the hour, with EDT or EST beside it.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class IntegratedLoad
{
    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("nyiso/load-integrated"),
        Title = "NYISO integrated hourly load by zone",
        Facts = new FeedFacts(
            "NYISO MIS, palIntegrated",
            "11 zones × 23, 24 or 25 hours, ordered by hour, then name",
            "MW, mean over the hour, up to four decimals",
            "beginning of the hour, New York clock with EDT or EST beside it",
            "none seen"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(80),
            CompleteAt: Duration.FromHours(27),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(2),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("NYISO", IsoMarket.RealTime, IsoProduct.Load, MarketZones.Eastern, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        Table = PowerTables.Load,
        Locate = static (day, now) => NyisoFiles.Locate("palIntegrated", "palIntegrated", day, now),
        Recognizes = static head => head.HeaderHas("Time Stamp", "Time Zone", "Name", "PTID", "Integrated Load"),
        Parse = static (file, output) => NyisoFiles.Parse<LoadRow>(
            file,
            output,
            static (csv, _, rows) => ActualLoad.ReadDay(
                csv, rows, csv.Header.Required("Integrated Load"), static i => DeliveryInterval.StartingAt(i, 60))),
    };
}
