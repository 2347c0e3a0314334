using Aurum.Market.Curves;

namespace Aurum.Curves.Workbooks.Eugp;

/// <summary>European gas and power: prices, strips and spark spreads.</summary>
/// <remarks>
/// <para>Source: EOD_EUGP_yyyymmdd_1430.xlsx, held against four recorded workbooks of 2025.</para>
/// <para>Shape: 48 columns × 121 months, 30 strips, 35 spark spreads × 121 months; bids and asks on sheets of their own.</para>
/// <para>Units: no workbook says them; they are from <c>units.csv</c>, which the arithmetic of the spreads confirms.</para>
/// <para>Time: as-of date in a date cell beside <c>Date:</c>. Winter is named after the year it ends in: Winter 2026 begins in November
/// 2025. A strip that has begun is the mean of the months that are left.</para>
/// <para>Text: <c>NA</c> in row PEAK means gas, no block; <c>Great_Britian</c> is the vendor's spelling.</para>
/// </remarks>
public static class EugpLayout
{
    private const string SparkGroup = "Spark Spread";

    private static readonly IReadOnlyList<string[]> Units = [.. UnitRules.Read("Eugp.units.csv", columns: 7)];

    public static readonly WorkbookLayout Layout = new()
    {
        Vendor = "eugp",
        Title = "European gas and power",
        KindOf = static sheet => sheet.Equals(SparkGroup, StringComparison.OrdinalIgnoreCase)
            ? new SheetKind(SheetRole.Mid, SparkGroup)
            : SheetKind.OfPair(sheet, "Fixed Prices", "Strips"),
        Labels = ["Location", "Product", "PEAK"],
        OtherLabels = ["Spark Location"],
        Places = new Dictionary<string, CellAddress>
        {
            ["Location"] = new(6, 2), ["Product"] = new(7, 2), ["PEAK"] = new(8, 2), ["Spark Location"] = new(9, 2),
        },
        Winter = WinterYear.Last,
        Identify = Identify,
        UnitOf = UnitOf,
    };

    private static CurveIdentity? Identify(ColumnLabels labels, string group)
    {
        if (labels["Location"] is not { } region || labels["Product"] is not { } location || labels["PEAK"] is not { } peak)
        {
            return null;
        }

        var block = peak.ToUpperInvariant();
        var isSpark = group == SparkGroup;
        if (isSpark && labels["Spark Location"] is null)
        {
            return null;
        }

        var (asset, product) = block switch
        {
            "NA" => (AssetClass.Gas, "gas"),
            "EMISSIONS" => (AssetClass.Carbon, "carbon"),
            _ => (AssetClass.Power, isSpark ? "spark_spread" : "power"),
        };
        return new CurveIdentity(
            asset, null, region, PlaceOf(location), region, product, asset == AssetClass.Power ? block : null,
            isSpark ? labels["Spark Location"] : null);
    }

    private static string PlaceOf(string location) => location == "Great_Britian" ? "Great_Britain" : location;

    /// <summary>The first rule whose fields are empty or equal to the column's.</summary>
    private static (CurveUnit? Unit, string? Raw) UnitOf(ColumnLabels labels, CurveIdentity identity)
    {
        foreach (var rule in Units)
        {
            if (Fits(rule[0], identity.AssetClass.ToString()) && Fits(rule[1], identity.Region) && Fits(rule[2], identity.Location))
            {
                return (UnitRules.UnitOf(rule[3], rule[4], rule[5]), rule[6]);
            }
        }

        return (null, null);
    }

    private static bool Fits(string rule, string? value) => rule.Length == 0 || rule.Equals(value, StringComparison.OrdinalIgnoreCase);
}
