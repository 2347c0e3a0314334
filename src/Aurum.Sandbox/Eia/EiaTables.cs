using System.Globalization;
using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Eia;

/// <summary>A row of a daily or monthly route.</summary>
/// <param name="Period">As printed: <c>2026-05-12</c>, <c>2026-05</c>.</param>
/// <param name="Interval">What it is for.</param>
/// <param name="Fields">Keys and values in the order of the answer, without the period; null is printed as null.</param>
internal sealed record EiaRecord(string Period, DeliveryInterval Interval, IReadOnlyList<KeyValuePair<string, string?>> Fields)
{
    public string? this[string name] => name == "period" ? Period : Fields.FirstOrDefault(f => f.Key == name).Value;
}

/// <summary>A daily, weekly or monthly route.</summary>
/// <param name="Route">Path below <c>/v2</c>.</param>
/// <param name="Feed">Last part of the feed's id.</param>
/// <param name="Prefix">Beginning of the series' ids.</param>
/// <param name="Frequency">daily, weekly or monthly.</param>
/// <param name="DateFormat">As the envelope says it.</param>
/// <param name="Description">What EIA says of the route.</param>
/// <param name="Keys">Fields that name a series.</param>
/// <param name="Values">Value fields and the field that holds their unit.</param>
/// <param name="Rows">Rows of the period that a day names, as published at an instant.</param>
internal sealed record EiaTable(
    string Route,
    string Feed,
    string Prefix,
    string Frequency,
    string DateFormat,
    string Description,
    IReadOnlyList<string> Keys,
    IReadOnlyList<(string Value, string Unit)> Values,
    Func<LocalDate, Instant, IEnumerable<EiaRecord>> Rows)
{
    public bool IsMonthly => Frequency == "monthly";

    /// <summary>Months that are asked for at once.</summary>
    public int Months { get; init; } = 1;
}

/// <summary>The daily, weekly and monthly routes of the sandbox's EIA.</summary>
internal static class EiaTables
{
    private static readonly (
        string Area, string AreaName, string Product, string ProductName, string Series, string Title, double Level)[] Spots =
    [
        ("Y35NY", "NEW YORK CITY", "EPD2F", "No 2 Fuel Oil / Heating Oil", "EER_EPD2F_PF4_Y35NY_DPG",
            "New York Harbor No. 2 Heating Oil Spot Price FOB (Dollars per Gallon)", 2.3),
        ("Y35NY", "NEW YORK CITY", "EPD2DXL0", "No 2 Diesel Low Sulfur (0-15 ppm)", "EER_EPD2DXL0_PF4_Y35NY_DPG",
            "New York Harbor Ultra-Low Sulfur No 2 Diesel Spot Price (Dollars per Gallon)", 2.45),
        ("RGC", "NA", "EPJK", "Kerosene-Type Jet Fuel", "EER_EPJK_PF4_RGC_DPG",
            "U.S. Gulf Coast Kerosene-Type Jet Fuel Spot Price FOB (Dollars per Gallon)", 2.2),
        ("Y44MB", "NA", "EPLLPA", "Propane", "EER_EPLLPA_PF4_Y44MB_DPG",
            "Mont Belvieu, TX Propane Spot Price FOB (Dollars per Gallon)", 0.8),
        ("RGC", "NA", "EPMRU", "Conventional Regular Gasoline", "EER_EPMRU_PF4_RGC_DPG",
            "U.S. Gulf Coast Conventional Gasoline Regular Spot Price FOB (Dollars per Gallon)", 2.05),
        ("Y35NY", "NEW YORK CITY", "EPMRU", "Conventional Regular Gasoline", "EER_EPMRU_PF4_Y35NY_DPG",
            "New York Harbor Conventional Gasoline Regular Spot Price FOB (Dollars per Gallon)", 2.1),
        ("ZEU", "NA", "EPCBRENT", "UK Brent Crude Oil", "RBRTE", "Europe Brent Spot Price FOB (Dollars per Barrel)", 74),
        ("YCUOK", "NA", "EPCWTI", "WTI Crude Oil", "RWTC", "Cushing, OK WTI Spot Price FOB (Dollars per Barrel)", 70),
    ];

    private static readonly (
        string Code, string Name, string State, string StateName, string Fuel, string FuelName, string Mover, double Mwh)[] Plants =
    [
        ("117", "West Phoenix", "AZ", "Arizona", "NG", "Natural Gas", "CT", 210_000),
        ("260", "Dynegy Moss Landing Power Plant", "CA", "California", "NG", "Natural Gas", "CC", 320_000),
        ("6099", "Diablo Canyon", "CA", "California", "NUC", "Nuclear", "ST", 1_580_000),
        ("6155", "Rush Island", "MO", "Missouri", "SUB", "Subbituminous Coal", "ST", 390_000),
        ("6761", "Rawhide", "CO", "Colorado", "SUB", "Subbituminous Coal", "ST", 150_000),
        ("54142", "Hillcrest Pump Station", "CO", "Colorado", "WAT", "Hydroelectric Conventional", "HY", 340),
        ("57983", "Alta Wind I", "CA", "California", "WND", "Wind", "WT", 38_000),
        ("58388", "Topaz Solar Farm", "CA", "California", "SUN", "Solar", "PV", 95_000),
        ("2493", "East River", "NY", "New York", "NG", "Natural Gas", "CC", 260_000),
        ("6251", "South Texas Project", "TX", "Texas", "NUC", "Nuclear", "ST", 1_850_000),
        ("3470", "W A Parish", "TX", "Texas", "SUB", "Subbituminous Coal", "ST", 980_000),
        ("56291", "Horse Hollow Wind Energy Center", "TX", "Texas", "WND", "Wind", "WT", 160_000),
    ];

    /// <summary>Ids and names of the spot prices.</summary>
    public static IReadOnlyList<(string Id, string Title)> SpotSeries { get; } = [.. Spots.Select(s => (s.Series, s.Title))];

    public static IReadOnlyList<EiaTable> Of(World world)
    {
        var dice = world.Dice.For("eia tables");
        return
        [
            new EiaTable(
                "petroleum/pri/spt", "petroleum", "petroleum", "daily", "YYYY-MM-DD",
                "Spot prices of crude oil and petroleum products.  \n    Source: Refinitiv, an LSEG company",
                ["series"], [("value", "units")], (date, now) => SpotPrices(dice, date, now)),
            new EiaTable(
                "electricity/facility-fuel", "facility-fuel", "facility-fuel", "monthly", "YYYY-MM",
                "Annual and monthly electric power operations for individual power plants, by energy source and prime mover\n"
                    + "    Source: Form EIA-923",
                ["plantCode", "fuel2002", "fuelTypeDescription", "primeMover"],
                [("generation", "generation-units"), ("gross-generation", "gross-generation-units")],
                (date, now) => Generation(dice, date, now)),
            .. EiaMarkets.Of(dice),
            EiaOutlook.Of(dice.For("outlook")),
            EiaPower.RetailSales(dice.For("retail sales")),
            EiaPower.NuclearOutages(dice.For("nuclear outages")),
        ];
    }

    /// <summary>Spot prices of business days, shown in the evening of the second day after.</summary>
    private static IEnumerable<EiaRecord> SpotPrices(Dice dice, LocalDate date, Instant now)
    {
        var interval = DeliveryInterval.Between(Midnight(date), Midnight(date.PlusDays(1)));
        if (IsClosed(date) || now < interval.End + Duration.FromHours(42))
        {
            yield break;
        }

        foreach (var spot in Spots)
        {
            var isBarrel = spot.Level > 10;
            var days = date.DaysSinceEpoch();
            var market = (0.12 * dice.Smooth(days / 45.0)) + (0.03 * dice.Smooth((days / 4.0) + 9_000));
            var price = spot.Level * (1 + market + (0.02 * dice.For(spot.Series).Smooth(days / 3.0)));
            yield return new EiaRecord($"{date:uuuu-MM-dd}", interval,
            [
                new("duoarea", spot.Area), new("area-name", spot.AreaName), new("product", spot.Product),
                new("product-name", spot.ProductName),
                new("process", "PF4"), new("process-name", "Spot Price FOB"), new("series", spot.Series),
                new("series-description", spot.Title),
                new("value", Text(price, isBarrel ? 2 : 3)), new("units", isBarrel ? "$/BBL" : "$/GAL"),
            ]);
        }
    }

    /// <summary>Generation of a month by plant, shown 55 days after its end: the plant's fuel and mover, and the sums beside
    /// them.</summary>
    private static IEnumerable<EiaRecord> Generation(Dice dice, LocalDate date, Instant now)
    {
        var first = new LocalDate(date.Year, date.Month, 1);
        var interval = DeliveryInterval.Between(Midnight(first), Midnight(first.PlusMonths(1)));
        if (now < interval.End + Duration.FromDays(55))
        {
            yield break;
        }

        foreach (var plant in Plants)
        {
            var net = plant.Mwh * (1 + (0.3 * dice.For(plant.Code).Smooth(first.DaysSinceEpoch() / 60.0)));
            foreach (var (fuel, fuelName, mover) in ((string, string, string)[])
                [("ALL", "Total", "ALL"), (plant.Fuel, plant.FuelName, plant.Mover), (plant.Fuel, plant.FuelName, "ALL")])
            {
                yield return new EiaRecord($"{first:uuuu-MM}", interval,
                [
                    new("plantCode", plant.Code), new("plantName", plant.Name), new("fuel2002", fuel), new("fuelTypeDescription", fuelName),
                    new("state", plant.State), new("stateDescription", plant.StateName), new("primeMover", mover),
                    new("generation", Text(net, 2)), new("gross-generation", Text(net * 1.04, 2)),
                    new("generation-units", "megawatthours"), new("gross-generation-units", "megawatthours"),
                ]);
            }
        }
    }

    /// <summary>Weekends and holidays, on which nothing is traded.</summary>
    public static bool IsClosed(LocalDate date) => date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday
        || (date.Month, date.Day) is (1, 1) or (7, 4) or (12, 25);

    public static Instant Midnight(LocalDate date) => date.AtMidnight().InUtc().ToInstant();

    /// <summary>As EIA prints numbers: zeros at the end cut.</summary>
    public static string Text(double value, int decimals) =>
        Math.Round((decimal)value, decimals).ToString("0.###", CultureInfo.InvariantCulture);
}
