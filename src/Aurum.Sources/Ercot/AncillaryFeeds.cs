using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ercot;

/// <summary>What ERCOT's feeds of ancillary service prices (MCPC) share: one price for all of Texas by service. Services: REGUP and
/// REGDN regulation, RRS responsive, ECRS contingency, NSPIN non-spinning reserve.</summary>
internal static class AncillaryFeeds
{
    public static Feed<AncillaryPriceRow> Feed(
        string id,
        string title,
        FeedFacts facts,
        Schedule schedule,
        IsoMarket market,
        int minutes,
        Func<OperatingDay, IReadOnlyList<FeedRequest>> locate,
        Func<FileHead, bool> recognizes,
        Action<ErcotReport, RowBuffer<AncillaryPriceRow>> read) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = facts,
        Zone = MarketZones.Central,
        Schedule = schedule,
        Contract = IsoContract.Of("ERCOT", market, IsoProduct.Ancillary, MarketZones.Central, minutes),
        Suite = "iso_asm",
        IntervalMinutes = minutes > 0 ? minutes : null,
        Table = PowerTables.AncillaryPrice,
        Locate = (day, _) => locate(day),
        NextPage = ErcotRequests.Next,
        Recognizes = recognizes,
        Parse = (file, output) => ErcotReport.Parse(file, output, read),
    };

    /// <summary>Reads one row a service and interval.</summary>
    /// <param name="report">The table.</param>
    /// <param name="rows">Takes the rows.</param>
    /// <param name="service">Name of the column that says which service.</param>
    /// <param name="readDelivery">Reads the current row's interval.</param>
    public static void Read(
        ErcotReport report, RowBuffer<AncillaryPriceRow> rows, string service, Func<DeliveryInterval> readDelivery)
    {
        var services = NameTables.Symbols(report.FileName);
        var kind = report.Header.Required(service);
        var price = report.Header.Required("MCPC");
        while (report.Read())
        {
            rows.Add(new AncillaryPriceRow(ErcotHeads.System, services.Of(report[kind]), readDelivery(), report.Number(price)));
        }
    }
}
