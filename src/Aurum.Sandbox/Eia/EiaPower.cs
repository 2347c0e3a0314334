using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Eia;

/// <summary>The sandbox's retail sales of electricity and nuclear outages.</summary>
internal static class EiaPower
{
    private static readonly (string Code, string Name, double Gwh)[] States =
    [
        ("CA", "California", 20_500), ("CO", "Colorado", 4_700), ("NY", "New York", 11_800), ("TX", "Texas", 38_000),
        ("US", "U.S. Total", 330_000),
    ];

    private static readonly (string Code, string Name, double Share, double Cents, double Customers)[] Sectors =
    [
        ("ALL", "all sectors", 1, 13.2, 0.5), ("COM", "commercial", 0.36, 12.9, 0.06), ("IND", "industrial", 0.25, 8.3, 0.003),
        ("OTH", "other", 0, 0, 0), ("RES", "residential", 0.37, 16.7, 0.43), ("TRA", "transportation", 0.002, 13, 0.00001),
    ];

    private static readonly (string Code, string Name, double Mw)[] Plants =
    [
        ("1715", "Palisades", 805), ("4046", "Point Beach Nuclear Plant", 1_196), ("6008", "Palo Verde", 3_937),
        ("6040", "Nine Mile Point Nuclear Station", 1_907), ("6099", "Diablo Canyon", 2_240), ("6251", "South Texas Project", 2_560),
    ];

    /// <summary>Sales of a month, shown 55 days after its end. Sales to other sectors have been null since they were split up.</summary>
    public static EiaTable RetailSales(Dice dice) => new(
        "electricity/retail-sales", "retail-sales", "retail-sales", "monthly", "YYYY-MM",
        "Electricity sales to ultimate customer by state and sector (number of customers, average price, revenue, and "
            + "megawatthours of sales).  \n    Sources: Forms EIA-826, EIA-861, EIA-861M",
        ["stateid", "sectorid"],
        [("price", "price-units"), ("sales", "sales-units"), ("revenue", "revenue-units"), ("customers", "customers-units")],
        (date, now) => Sales(dice, new LocalDate(date.Year, date.Month, 1), now));

    /// <summary>Outages of a day, shown at noon.</summary>
    public static EiaTable NuclearOutages(Dice dice) => new(
        "nuclear-outages/facility-nuclear-outages", "nuclear-outages", "nuclear-outages", "daily", "YYYY-MM-DD",
        "Nuclear outages at the facility level", ["facility"],
        [("capacity", "capacity-units"), ("outage", "outage-units"), ("percentOutage", "percentOutage-units")],
        (date, now) => Outages(dice, date, now));

    private static IEnumerable<EiaRecord> Sales(Dice dice, LocalDate first, Instant now)
    {
        var interval = DeliveryInterval.Between(EiaTables.Midnight(first), EiaTables.Midnight(first.PlusMonths(1)));
        if (now < interval.End + Duration.FromDays(55))
        {
            yield break;
        }

        foreach (var state in States)
        {
            var season = 1 + (0.15 * dice.For(state.Code).Smooth(first.DaysSinceEpoch() / 70.0));
            foreach (var sector in Sectors)
            {
                var sales = state.Gwh * sector.Share * season;
                var isKnown = sector.Share > 0;
                yield return new EiaRecord($"{first:uuuu-MM}", interval,
                [
                    new("stateid", state.Code), new("stateDescription", state.Name), new("sectorid", sector.Code),
                    new("sectorName", sector.Name),
                    new("price", isKnown ? EiaTables.Text(sector.Cents * season, 2) : null),
                    new("sales", isKnown ? EiaTables.Text(sales, 5) : null),
                    new("revenue", isKnown ? EiaTables.Text(sales * sector.Cents * season / 100, 5) : null),
                    new("customers", isKnown ? EiaTables.Text(1_000 * state.Gwh * sector.Customers, 0) : null),
                    new("price-units", "cents per kilowatt-hour"), new("sales-units", "million kilowatt hours"),
                    new("revenue-units", "million dollars"), new("customers-units", "number of customers"),
                ]);
            }
        }
    }

    private static IEnumerable<EiaRecord> Outages(Dice dice, LocalDate date, Instant now)
    {
        var interval = DeliveryInterval.Between(EiaTables.Midnight(date), EiaTables.Midnight(date.PlusDays(1)));
        if (now < interval.Start + Duration.FromHours(12))
        {
            yield break;
        }

        foreach (var plant in Plants)
        {
            var share = Math.Clamp((2 * dice.For(plant.Code).Smooth(date.DaysSinceEpoch() / 25.0)) - 0.6, 0, 1);
            yield return new EiaRecord($"{date:uuuu-MM-dd}", interval,
            [
                new("facility", plant.Code), new("facilityName", plant.Name),
                new("capacity", EiaTables.Text(plant.Mw, 1)), new("outage", EiaTables.Text(plant.Mw * share, 3)),
                new("percentOutage", EiaTables.Text(100 * share, 2)),
                new("capacity-units", "megawatts"), new("outage-units", "megawatts"), new("percentOutage-units", "percent"),
            ]);
        }
    }
}
