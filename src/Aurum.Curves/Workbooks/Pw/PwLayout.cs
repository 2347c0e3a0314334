using System.Text.RegularExpressions;
using Aurum.Market.Curves;

namespace Aurum.Curves.Workbooks.Pw;

/// <summary>North American power: prices and strips by ISO, location and block.</summary>
/// <remarks>
/// <para>Source: EOD_PW_yyyymmdd_1430.xlsx. No workbook of the vendor was seen: the layout is that of a small hand-made one and of
/// descriptions.</para>
/// <para>Shape: labels in column A, periods in column B, prices from column C; labels may stand over the first column of a group
/// only.</para>
/// <para>Units: a row of their own, one for each column: <c>USD/MWh</c>, <c>CAD - MWh</c>.</para>
/// <para>Time: months as dates, quarters, balance of the year.</para>
/// </remarks>
public static partial class PwLayout
{
    private static readonly Dictionary<string, string> Currencies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["C$"] = "CAD", ["US$"] = "USD", ["$"] = "USD", ["£"] = "GBP", ["€"] = "EUR", ["A$"] = "AUD", ["AU$"] = "AUD",
        ["NZ$"] = "NZD", ["¥"] = "JPY", ["USD"] = "USD", ["CAD"] = "CAD", ["EUR"] = "EUR", ["GBP"] = "GBP", ["AUD"] = "AUD",
        ["NZD"] = "NZD", ["JPY"] = "JPY", ["CHF"] = "CHF",
        ["SEK"] = "SEK", ["NOK"] = "NOK", ["DKK"] = "DKK", ["ZAR"] = "ZAR", ["MXN"] = "MXN",
    };

    private static readonly Dictionary<string, string> Quantities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MWH"] = "MWh", ["KWH"] = "kWh", ["MMBTU"] = "MMBtu", ["MW-DAY"] = "MW-day", ["MW-YR"] = "MW-yr", ["MW-MONTH"] = "MW-month",
        ["MW-WEEK"] = "MW-week", ["MW"] = "MW", ["KW"] = "kW", ["TONNE"] = "tonne", ["TON"] = "short ton", ["BBL"] = "bbl", ["GAL"] = "gal",
        ["THERM"] = "therm",
    };

    public static readonly WorkbookLayout Layout = new()
    {
        Vendor = "pw",
        Title = "North American power",
        KindOf = static sheet => SheetKind.OfPair(sheet, "Fixed Prices", "Strips"),
        Labels = ["ISO", "Market", "Location", "Product"],
        OtherLabels = ["Hours", "Spark Location", "Units"],
        CarriesLeft = true,
        Winter = WinterYear.First,
        Identify = Identify,
        UnitOf = UnitOf,
    };

    private static CurveIdentity? Identify(ColumnLabels labels, string group)
    {
        var iso = labels["ISO"];
        var location = labels["Location"] ?? labels["Market"] ?? iso;
        return location is null
            ? null
            : new CurveIdentity(
                AssetClass.Power, iso, RegionOf(iso), location, labels["Market"] ?? iso ?? location, labels["Product"] ?? "power",
                labels["Hours"], labels["Spark Location"]);
    }

    private static string? RegionOf(string? iso) => iso?.ToUpperInvariant() switch
    {
        "PJM" or "MISO" or "ERCOT" or "CAISO" or "NYISO" or "ISONE" or "ISO-NE" or "SPP" => "US",
        "IESO" or "AESO" => "CA",
        _ => null,
    };

    private static (CurveUnit? Unit, string? Raw) UnitOf(ColumnLabels labels, CurveIdentity identity)
    {
        if (labels["Units"] is not { } raw)
        {
            return (null, null);
        }

        var match = Form().Match(raw);
        return match.Success && Currencies.TryGetValue(match.Groups[1].Value, out var currency)
            && Quantities.TryGetValue(match.Groups[2].Value, out var quantity)
            ? (new CurveUnit(currency, quantity), $"{currency}/{match.Groups[2].Value}".ToUpperInvariant())
            : (null, raw);
    }

    [GeneratedRegex(@"^\s*(\S+?)\s*(?:/| - |\u2014)\s*(\S+)\s*$")]
    private static partial Regex Form();
}
