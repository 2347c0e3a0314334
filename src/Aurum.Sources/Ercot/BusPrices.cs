using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ercot;

/// <summary>Rows of a price by electrical bus. A bus is a node whatever its name looks like.</summary>
internal static class BusPrices
{
    public static void Read(ErcotReport report, RowBuffer<LmpRow> rows, string bus, Func<DeliveryInterval> readDelivery)
    {
        var buses = NameTables.Locations(report.FileName, static _ => LocationType.Node);
        var name = report.Header.Required(bus);
        var price = report.Header.Required("LMP");
        while (report.Read())
        {
            rows.Add(ErcotPrices.Row(buses.Of(report[name]), readDelivery(), report.Number(price)));
        }
    }
}
