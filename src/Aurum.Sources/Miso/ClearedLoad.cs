using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Miso;

/// <summary>MISO load cleared in the day-ahead market, for the running day.</summary>
/// <remarks>
/// <para>Source: public-api RealTimeTotalLoad, list ClearedMW.</para>
/// <para>Shape: 24 hours.</para>
/// <para>Units: whole MW as text.</para>
/// <para>Time: hour ending without date, which RefId gives; Eastern Standard Time all year.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class ClearedLoad
{
    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("miso/load-cleared"),
        Title = "MISO load cleared day-ahead",
        Facts = new FeedFacts(
            "MISO public-api RealTimeTotalLoad, ClearedMW",
            "24 hours of the running day",
            "MW, whole",
            "hour ending, Eastern Standard Time all year",
            "none seen; only the running day is shown"),
        Zone = MarketZones.EasternStandard,
        Schedule = PublicApi.RunningDay with { CompleteAt = Duration.FromHours(1), RefreshEvery = null },
        Contract = IsoContract.Of("MISO", IsoMarket.DayAhead, IsoProduct.Load, MarketZones.EasternStandard, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        Table = PowerTables.Load,
        Locate = TotalLoad.Cleared.Locate,
        Recognizes = TotalLoad.Cleared.Recognizes,
        Parse = TotalLoad.Cleared.Parse,
    };
}
