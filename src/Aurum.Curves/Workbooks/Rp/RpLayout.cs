using Aurum.Market.Curves;

namespace Aurum.Curves.Workbooks.Rp;

/// <summary>Refined products, LNG, biofuels, certificates and carbon: prices and seasonal blocks.</summary>
/// <remarks>
/// <para>Source: EOD_RP_yyyymmdd_1430.xlsx, held against four recorded workbooks of 2025.</para>
/// <para>Shape: 356, since 18 February 2025 367 columns × 61 months and 15 blocks, one column twice; four thematic sheets show columns
/// again. Most columns are spreads and cracks, so prices below zero are common.</para>
/// <para>Units: no workbook says them. <c>products.csv</c> lists what name and magnitude tell; a product without a unit there, or not in
/// the list, is held back.</para>
/// <para>Time: as EUGP. The row over <c>Location</c> has no label; it holds the super-region, and nothing on thematic sheets.</para>
/// </remarks>
public static class RpLayout
{
    private static readonly string[] ThemeNames = ["North America", "Europe", "Asia", "Renewables - LNG"];

    private static readonly Dictionary<(string Region, string Location, string Product), RpProduct> Products =
        UnitRules.Read("Rp.products.csv", columns: 6).ToDictionary(
            f => (f[0], f[1], f[2]),
            f => new RpProduct(Enum.Parse<AssetClass>(f[3], ignoreCase: true), UnitRules.UnitOf(f[4], f[5], "")));

    public static readonly WorkbookLayout Layout = new()
    {
        Vendor = "rp",
        Title = "Refined products, LNG, biofuels, certificates and carbon",
        KindOf = static sheet => ThemeNames.Contains(sheet, StringComparer.OrdinalIgnoreCase)
            ? new SheetKind(SheetRole.Theme, "")
            : SheetKind.OfPair(sheet, "Fixed Prices", "Seasonal Blocks"),
        Labels = ["Location", "Product"],
        Places = new Dictionary<string, CellAddress> { ["Location"] = new(7, 2), ["Product"] = new(8, 2) },
        UnnamedRow = ("Region", "Location"),
        Winter = WinterYear.Last,
        Identify = Identify,
        UnitOf = UnitOf,
    };

    private static CurveIdentity? Identify(ColumnLabels labels, string group) =>
        labels["Location"] is { } location && labels["Product"] is { } product
            ? new CurveIdentity(
                Find(labels["Region"], location, product)?.AssetClass ?? AssetClass.Other,
                null, labels["Region"], location, null, product, null, null)
            : null;

    private static (CurveUnit? Unit, string? Raw) UnitOf(ColumnLabels labels, CurveIdentity identity) =>
        Find(identity.Region, identity.Location!, identity.Product!) is { Unit: { } unit }
            ? (unit, $"{unit.Currency}/{unit.PerUnit}")
            : (null, null);

    private static RpProduct? Find(string? region, string location, string product) =>
        Products.GetValueOrDefault((region ?? "", location, product));

    private sealed record RpProduct(AssetClass AssetClass, CurveUnit? Unit);
}
