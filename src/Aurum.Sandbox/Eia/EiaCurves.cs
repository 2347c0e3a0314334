namespace Aurum.Sandbox.Eia;

/// <summary>A series of petroleum or natural gas.</summary>
/// <param name="Route">Path below <c>/v2</c>.</param>
/// <param name="Area">Code and name of the area.</param>
/// <param name="Product">Code and name of the product.</param>
/// <param name="Process">Code and name of the process.</param>
/// <param name="Series">EIA's id.</param>
/// <param name="Title">EIA's description.</param>
/// <param name="Units">As EIA writes them.</param>
/// <param name="Level">What it is worth on the whole.</param>
/// <param name="Decimals">How many are printed.</param>
internal sealed record EiaCurve(
    string Route, (string Code, string Name) Area, (string Code, string Name) Product, (string Code, string Name) Process,
    string Series, string Title, string Units, double Level, int Decimals);

/// <summary>The sandbox's petroleum and natural gas series, with the ids and words that EIA uses.</summary>
internal static class EiaCurves
{
    private static readonly (string, string) UnitedStates = ("NUS", "U.S.");
    private static readonly (string, string) Cushing = ("YCUOK", "NA");
    private static readonly (string, string) Crude = ("EPC0", "Crude Oil");
    private static readonly (string, string) Gasoline = ("EPMR", "Regular Motor Gasoline");
    private static readonly (string, string) Finished = ("EPM0F", "Finished Motor Gasoline");
    private static readonly (string, string) Gas = ("EPG0", "Natural Gas");
    private static readonly (string, string) Stocks = ("SAE", "Ending Stocks");
    private static readonly (string, string) Retail = ("PTE", "Retail Sales");
    private static readonly (string, string) Wellhead = ("FWA", "Wellhead Acquisition Price");
    private static readonly (string, string) Working = ("SWO", "Underground Storage - Working Gas");

    private static readonly (string Code, string Name, double Bcf)[] GasRegions =
    [
        ("R31", "East Region", 640), ("R32", "Midwest Region", 760), ("R33", "South Central Region", 1_080),
        ("R34", "Mountain Region", 190), ("R35", "Pacific Region", 240), ("R48", "Lower 48 States", 2_910),
    ];

    /// <summary>Ordered by route; within a route by series, as EIA sorts them.</summary>
    public static IReadOnlyList<EiaCurve> All { get; } =
    [
        .. Futures("petroleum/pri/fut", Cushing, Crude, "RCLC", "Cushing, OK Crude Oil Future Contract", "Dollars per Barrel", "$/BBL", 71),
        new("petroleum/pri/gnd", UnitedStates, ("EPD2D", "No 2 Diesel"), Retail, "EMD_EPD2D_PTE_NUS_DPG",
            "U.S. No 2 Diesel Retail Prices (Dollars per Gallon)", "$/GAL", 3.7, 3),
        new("petroleum/pri/gnd", UnitedStates, Gasoline, Retail, "EMM_EPMR_PTE_NUS_DPG",
            "U.S. Regular All Formulations Retail Gasoline Prices (Dollars per Gallon)", "$/GAL", 3.1, 3),
        new("petroleum/pri/gnd", ("R10", "PADD 1"), Gasoline, Retail, "EMM_EPMR_PTE_R10_DPG",
            "East Coast Regular All Formulations Retail Gasoline Prices (Dollars per Gallon)", "$/GAL", 3.05, 3),
        new("petroleum/pri/wfr", UnitedStates, ("EPLLPA", "Propane"), ("PRS", "Price to Residential Consumers"), "W_EPLLPA_PRS_NUS_DPG",
            "Weekly U.S. Propane Residential Price (Dollars per Gallon)", "$/GAL", 2.4, 3),
        new("petroleum/stoc/wstk", UnitedStates, Crude, ("SAX", "Ending Stocks Excluding SPR"), "WCESTUS1",
            "U.S. Ending Stocks excluding SPR of Crude Oil (Thousand Barrels)", "MBBL", 430_000, 0),
        new("petroleum/stoc/wstk", UnitedStates, ("EPM0", "Total Gasoline"), Stocks, "WGTSTUS1",
            "U.S. Ending Stocks of Total Gasoline (Thousand Barrels)", "MBBL", 228_000, 0),
        new("petroleum/stoc/wstk", Cushing, Crude, ("SAX", "Ending Stocks Excluding SPR"), "W_EPC0_SAX_YCUOK_MBBL",
            "Cushing, OK Ending Stocks excluding SPR of Crude Oil (Thousand Barrels)", "MBBL", 27_000, 0),
        new("petroleum/pnp/wiup", UnitedStates, Crude, ("YIY", "Refinery Net Input"), "WCRRIUS2",
            "U.S. Refiner Net Input of Crude Oil (Thousand Barrels per Day)", "MBBL/D", 16_100, 0),
        new("petroleum/pnp/wiup", UnitedStates, ("(NA)", "NA"), ("YUP", "Percent Utilization"), "WPULEUS3",
            "U.S. Percent Utilization of Refinery Operable Capacity (Percent)", "%", 84, 1),
        new("petroleum/move/wkly", UnitedStates, Crude, ("EEX", "Exports"), "WCREXUS2",
            "U.S. Exports of Crude Oil (Thousand Barrels per Day)", "MBBL/D", 3_900, 0),
        new("petroleum/move/wkly", UnitedStates, Crude, ("IM0", "Imports"), "WCRIMUS2",
            "U.S. Imports of Crude Oil (Thousand Barrels per Day)", "MBBL/D", 6_300, 0),
        new("petroleum/cons/wpsup", UnitedStates, ("EP00", "Total Crude Oil and Petroleum Products"), ("VPP", "Product Supplied"),
            "WRPUPUS2", "U.S. Product Supplied of Petroleum Products (Thousand Barrels per Day)", "MBBL/D", 20_300, 0),
        new("petroleum/pri/dfp1", UnitedStates, Crude, Wellhead, "F000000__3",
            "U.S. Crude Oil First Purchase Price (Dollars per Barrel)", "$/BBL", 69, 2),
        new("petroleum/pri/dfp2", ("STX", "TEXAS"), ("EPCWTI", "WTI Crude Oil"), Wellhead, "F003048623",
            "West Texas Intermediate First Purchase Price (Dollars per Barrel)", "$/BBL", 68, 2),
        new("petroleum/pri/dfp2", ("SLA", "USA-LA"), ("EPCLLS", "Louisiana Light Sweet (LLS) Crude Oil"), Wellhead, "F003075773",
            "Light Louisiana Sweet First Purchase Price (Dollars per Barrel)", "$/BBL", 70, 2),
        new("petroleum/crd/crpdn", ("STX", "TEXAS"), Crude, ("FPF", "Field Production"), "MCRFPTX2",
            "Texas Field Production of Crude Oil (Thousand Barrels per Day)", "MBBL/D", 5_600, 0),
        new("petroleum/crd/crpdn", UnitedStates, Crude, ("FPF", "Field Production"), "MCRFPUS2",
            "U.S. Field Production of Crude Oil (Thousand Barrels per Day)", "MBBL/D", 13_200, 0),
        new("petroleum/cons/psup", UnitedStates, Finished, ("VPP", "Product Supplied"), "MGFUPUS2",
            "U.S. Product Supplied of Finished Motor Gasoline (Thousand Barrels per Day)", "MBBL/D", 8_900, 0),
        new("petroleum/stoc/ts", UnitedStates, Crude, Stocks, "MCRSTUS1",
            "U.S. Ending Stocks of Crude Oil (Thousand Barrels)", "MBBL", 820_000, 0),
        .. Futures(
            "natural-gas/pri/fut", ("RGC", "NA"), Gas, "RNGC", "Natural Gas Futures Contract", "Dollars per Million Btu", "$/MMBTU", 3.2),
        new("natural-gas/pri/fut", ("RGC", "NA"), Gas, ("PS0", "Spot Price"), "RNGWHHD",
            "Henry Hub Natural Gas Spot Price (Dollars per Million Btu)", "$/MMBTU", 3.1, 2),
        .. Storage(),
        new("natural-gas/pri/sum", UnitedStates, Gas, ("PEU", "Electric Power Price"), "N3045US3",
            "U.S. Natural Gas Electric Power Price (Dollars per Thousand Cubic Feet)", "$/MCF", 3.9, 2),
        new("natural-gas/pri/sum", UnitedStates, Gas, ("PG1", "Citygate Price"), "N3050US3",
            "U.S. Natural Gas Citygate Price (Dollars per Thousand Cubic Feet)", "$/MCF", 4.8, 2),
        new("natural-gas/prod/sum", UnitedStates, Gas, ("VGM", "Marketed Production"), "N9050US2",
            "U.S. Natural Gas Marketed Production (Million Cubic Feet)", "MMCF", 3_400_000, 0),
        new("natural-gas/cons/sum", UnitedStates, Gas, ("VC0", "Total Consumption"), "N9140US2",
            "U.S. Natural Gas Total Consumption (Million Cubic Feet)", "MMCF", 2_700_000, 0),
        new("natural-gas/stor/sum", UnitedStates, Gas, Working, "N5020US2",
            "U.S. Natural Gas Underground Storage Working Gas (Million Cubic Feet)", "MMCF", 2_600_000, 0),
        new("natural-gas/move/poe1", UnitedStates, Gas, ("IM0", "Imports"), "N9100US2",
            "U.S. Natural Gas Imports (Million Cubic Feet)", "MMCF", 250_000, 0),
        new("natural-gas/move/poe2", UnitedStates, Gas, ("ENG", "Exports"), "N9130US2",
            "U.S. Natural Gas Exports (Million Cubic Feet)", "MMCF", 640_000, 0),
    ];

    private static IEnumerable<EiaCurve> Futures(
        string route, (string, string) area, (string, string) product, string stem, string title, string words, string units,
        double level) => Enumerable.Range(1, 4).Select(i => new EiaCurve(
            route, area, product, ($"PE{i}", $"Future Contract {i}"), $"{stem}{i}", $"{title} {i} ({words})", units,
            level * (1 + (0.01 * i)), level > 10 ? 2 : 3));

    private static IEnumerable<EiaCurve> Storage() => GasRegions.Select(r => new EiaCurve(
        "natural-gas/stor/wkly", (r.Code, r.Name.ToUpperInvariant()), Gas, Working, $"NW2_EPG0_SWO_{r.Code}_BCF",
        $"Weekly {r.Name} Natural Gas Working Underground Storage (Billion Cubic Feet)", "BCF", r.Bcf, 0));
}
