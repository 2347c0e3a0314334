using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Miso;

/// <summary>MISO medium-term load forecast of the whole system for the running day.</summary>
/// <remarks>
/// <para>Source: public-api RealTimeTotalLoad, list MediumTermLoadForecast.</para>
/// <para>Shape: 24 hours.</para>
/// <para>Units: whole MW as text.</para>
/// <para>Time: hour ending without date, which RefId gives; Eastern Standard Time all year.</para>
/// <para>Revisions: replaced in place through the day; each change that is met is a revision.</para>
/// </remarks>
public static class LoadForecast
{
    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("miso/load-forecast"),
        Title = "MISO medium-term load forecast",
        Facts = new FeedFacts(
            "MISO public-api RealTimeTotalLoad, MediumTermLoadForecast",
            "24 hours of the running day",
            "MW, whole",
            "hour ending, Eastern Standard Time all year",
            "replaced in place through the day; only the running day is shown"),
        Zone = MarketZones.EasternStandard,
        Schedule = PublicApi.RunningDay with { CompleteAt = Duration.FromHours(23), RefreshEvery = Duration.FromHours(1) },
        Contract = IsoContract.Of("MISO", IsoMarket.RealTime, IsoProduct.LoadForecast, MarketZones.EasternStandard, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        Table = PowerTables.Load,
        Locate = TotalLoad.Forecast.Locate,
        Recognizes = TotalLoad.Forecast.Recognizes,
        Parse = TotalLoad.Forecast.Parse,
    };
}
