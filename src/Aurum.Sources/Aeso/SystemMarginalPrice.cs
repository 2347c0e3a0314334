using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Aeso;

/// <summary>AESO system marginal price: the price of the last block dispatched, from the minute on at which it changes.</summary>
/// <remarks>
/// <para>Source: API, systemmarginalprice-api v1.1.</para>
/// <para>Shape: a row a change, some 20 to 200 a day.</para>
/// <para>Units: CAD/MWh, two decimals; the volume in MW beside it is left out.</para>
/// <para>Time: begin and end in UTC. The end of the newest row is always 23:59 of the day, whatever follows, so a row is kept as a
/// reading at its begin: the price holds until the next one.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class SystemMarginalPrice
{
    private static readonly AesoReport Report = new(
        "System Marginal Price Report",
        "system_marginal_price",
        ["begin_datetime_mpt", "end_datetime_utc", "end_datetime_mpt", "volume"]);

    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("aeso/system-marginal-price"),
        Title = "AESO system marginal price",
        Facts = new FeedFacts(
            "AESO API systemmarginalprice-api v1.1",
            "a row a change",
            "CAD/MWh, two decimals",
            "the instant from which a price holds until the next, UTC",
            "none seen"),
        Zone = MarketZones.Mountain,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(10),
            CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(15),
            RefreshEvery: Duration.FromMinutes(15),
            CorrectionsFor: Duration.FromDays(2),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = AesoFeeds.Contract(IsoMarket.RealTime, IsoProduct.Lmp, 0),
        Suite = "iso_lmp",
        Table = PowerTables.Lmp,
        Locate = static (day, _) => AesoRequests.Day("systemmarginalprice-api/v1.1/price/systemMarginalPrice", day),
        Recognizes = Report.Recognizes,
        Parse = static (file, output) => AesoRows.Parse(
            file, output, Report, static (begin, price) => AesoRows.Price(DeliveryInterval.FromUnixSeconds(begin, 0), price)),
    };
}
