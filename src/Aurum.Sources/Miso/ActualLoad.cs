using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Miso;

/// <summary>MISO load of the whole system, every 5 minutes.</summary>
/// <remarks>
/// <para>Source: public-api RealTimeTotalLoad, list FiveMinTotalLoad.</para>
/// <para>Shape: the intervals of the running day so far, 288 in the end.</para>
/// <para>Units: whole MW as text.</para>
/// <para>Time: start of the 5 minutes as H:MM without date, which RefId gives; Eastern Standard Time all year.</para>
/// <para>Revisions: none seen. A day is shown until shortly after its end and is not to be had any more then.</para>
/// </remarks>
public static class ActualLoad
{
    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("miso/load"),
        Title = "MISO actual load, 5 minutes",
        Facts = new FeedFacts(
            "MISO public-api RealTimeTotalLoad, FiveMinTotalLoad",
            "the running day's intervals so far, 288 in the end",
            "MW, whole",
            "start of the 5 minutes, Eastern Standard Time all year",
            "none seen; only the running day is shown"),
        Zone = MarketZones.EasternStandard,
        Schedule = PublicApi.RunningDay,
        Contract = IsoContract.Of("MISO", IsoMarket.RealTime, IsoProduct.Load, MarketZones.EasternStandard, 5),
        Suite = "iso_load",
        IntervalMinutes = 5,
        Table = PowerTables.Load,
        Locate = TotalLoad.FiveMinutes.Locate,
        Recognizes = TotalLoad.FiveMinutes.Recognizes,
        Parse = TotalLoad.FiveMinutes.Parse,
    };
}
