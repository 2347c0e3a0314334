using System.Text.RegularExpressions;
using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Sandbox.Workbooks;

/// <summary>Made-up workbooks of refined products, LNG, biofuels, certificates and carbon: the sheets, columns, periods and arithmetic of
/// the recorded ones, one column twice as there.</summary>
internal static partial class RpBook
{
    private const string Code = "rp";
    private const int Months = 61;
    private const int Years = 5;
    private const double WidePrice = 75;
    private const string Twice = "Marine Fuel 0.5% FOB Singapore vs Brent 1st Line";

    private static readonly HeaderLine[] Lines =
        [new(6, 2, null, "Region"), new(7, 2, "Location", "Location"), new(8, 2, "Product", "Product")];

    private static readonly VendorLook Look = new()
    {
        SheetOrder =
        [
            "Fixed Prices - Mid", "Seasonal Blocks - Mid", "Fixed Prices - BidAsk", "Seasonal Blocks - BidAsk", "North America", "Europe",
            "Asia", "Renewables - LNG",
        ],
        LinesOf = static _ => Lines,
        BidAskMark = "   /   ",
        BidAskText = "Bid   /   Ask",
        Themes =
        [
            new ThemeDraft("North America", static c => c.Identity.Region == "US"),
            new ThemeDraft("Europe", static c => c.Identity.Region == "EU"),
            new ThemeDraft("Asia", static c => c.Identity.Region == "AP"),
            new ThemeDraft("Renewables - LNG", static c => c.Identity.AssetClass != AssetClass.Other),
        ],
    };

    public static readonly WorkbookVendor Vendor = new(Code, [.. Products()], Draft, static column =>
    {
        var product = column.Identity.Product + " (new)";
        return column with
        {
            Identity = column.Identity with { Product = product, AssetClass = AssetClass.Other },
            Unit = null,
            UnitsRaw = null,
            Header = new Dictionary<string, string>(column.Header) { ["Product"] = product },
        };
    });

    private static BookDraft Draft(CurvePrices prices, LocalDate asOf)
    {
        var rows = new PriceRows(prices, asOf, static price => price > WidePrice ? 3.3 : 0.0165);
        var book = new BookDraft(WorkbookVendor.FileOf(Code, asOf), asOf, Look);
        PriceBlock months = new("Fixed Prices - Mid", "Fixed Prices - BidAsk", [.. Vendor.Columns]);
        PriceBlock strips = new("Seasonal Blocks - Mid", "Seasonal Blocks - BidAsk", [.. Vendor.Columns]);
        rows.AddMonths(months, Months);
        rows.AddStrips(strips, StripNames.OfSeasons(asOf, Years), Months);
        book.Blocks.AddRange([months, strips]);
        return book;
    }

    private static IEnumerable<PriceColumn> Products()
    {
        using var stream = typeof(RpBook).Assembly.GetManifestResourceStream("Aurum.Sandbox.Workbooks.products.csv")
            ?? throw new InvalidOperationException("the list of products is not in the program");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(';');
            var asset = Enum.Parse<AssetClass>(fields[3], ignoreCase: true);
            var column = ColumnOf(fields[0], fields[1], fields[2], asset, fields[4], fields[5]);
            yield return column;
            if (fields[2] == Twice)
            {
                yield return column with { IsRepeated = true };
            }
        }
    }

    private static PriceColumn ColumnOf(string region, string location, string product, AssetClass asset, string currency, string perUnit)
    {
        var unit = currency.Length == 0 ? (CurveUnit?)null : new CurveUnit(currency, perUnit);
        var season = product.Contains("LNG", StringComparison.Ordinal) ? 0.12 : 0.02;
        var isSpread = Spread().IsMatch(product);
        var level = perUnit switch
        {
            "gal" => isSpread ? 0.09 : 2.1,
            "bbl" => isSpread ? 9 : 71,
            "tonne" => isSpread ? 30 : 640,
            "MMBtu" => 10.2,
            "RIN" => 1.02,
            "short ton" => 21,
            "credit" => 52,
            "certificate" => 20 + (product.Length % 9 * 21),
            _ => isSpread ? 6 : 18,
        };
        return new PriceColumn(
            new CurveIdentity(asset, null, region, location, null, product, null, null),
            unit, unit is null ? null : $"{currency}/{perUnit}",
            new Dictionary<string, string> { ["Region"] = region, ["Location"] = location, ["Product"] = product },
            new PriceModel($"{region}/{location}/{product}", "oil", level, season, isSpread));
    }

    [GeneratedRegex(@"\bvs\b|crack|\bdiff\b|\bup/d\b|spread|basis", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spread();
}
