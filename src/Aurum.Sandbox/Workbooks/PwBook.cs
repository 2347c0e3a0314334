using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Sandbox.Workbooks;

/// <summary>Made-up workbooks of North American power. No workbook of the vendor was seen: labels, units and carried texts are those of a
/// small hand-made one, the rest is as the other vendors do it.</summary>
internal static class PwBook
{
    private const string Code = "pw";
    private const int Months = 72;
    private const int Years = 5;
    private const double HalfSpread = 0.06;

    /// <summary>Market operator, region, gas, unit as the vendor writes it, price level, places.</summary>
    private static readonly (string Iso, string Region, string Gas, string Unit, double Level, string[] Places)[] Markets =
    [
        ("PJM", "US", "TETCO M3", "USD/MWh", 47, ["West", "AD Hub", "Eastern Hub", "Northern Illinois"]),
        ("ERCOT", "US", "Katy", "USD/MWh", 44, ["North", "Houston", "South", "West"]),
        ("CAISO", "US", "SoCal Citygate", "US$ - MWh", 52, ["SP15", "NP15"]),
        ("NYISO", "US", "Transco Z6", "USD/MWh", 49, ["Zone A", "Zone G", "Zone J"]),
        ("ISONE", "US", "Algonquin", "USD/MWh", 58, ["Mass Hub"]),
        ("MISO", "US", "Chicago", "USD/MWh", 41, ["Indiana Hub", "Minnesota Hub"]),
        ("SPP", "US", "Panhandle", "USD/MWh", 34, ["South Hub"]),
        ("AESO", "CA", "AECO HUB", "CAD - MWh", 61, ["Alberta Pool"]),
        ("IESO", "CA", "Dawn", "C$/MWh", 48, ["Ontario"]),
    ];

    /// <summary>Hours, and the share of the market's level that they cost.</summary>
    private static readonly (string Hours, double Share)[] Blocks = [("ON_PEAK", 1.0), ("OFF_PEAK", 0.72)];

    private static readonly HeaderLine[] Lines =
    [
        new(2, 1, "ISO:", "ISO", true), new(3, 1, "Market:", "Market", true), new(4, 1, "Hours:", "Hours", true),
        new(5, 1, "Location:", "Location", true), new(6, 1, "Product:", "Product", true),
        new(7, 1, "Spark Location:", "Spark Location", true), new(8, 1, "Units:", "Units"),
    ];

    private static readonly VendorLook Look = new()
    {
        SheetOrder = ["Fixed Prices - Mid", "Fixed Prices - BidAsk", "Strips - Mid", "Strips - BidAsk"],
        LinesOf = static _ => Lines,
        BidAskMark = " / ",
        BidAskText = "Bid / Ask",
        HasDateCell = false,
        HasInlineTexts = true,
        HasFormulas = true,
    };

    public static readonly WorkbookVendor Vendor = new(Code, [.. Columns()], Draft, static column => column with
    {
        Unit = null,
        UnitsRaw = "USD/furlong",
        Header = new Dictionary<string, string>(column.Header) { ["Units"] = "USD/furlong" },
    });

    private static BookDraft Draft(CurvePrices prices, LocalDate asOf)
    {
        var rows = new PriceRows(prices, asOf, static _ => HalfSpread);
        var book = new BookDraft(WorkbookVendor.FileOf(Code, asOf), asOf, Look);
        PriceBlock months = new("Fixed Prices - Mid", "Fixed Prices - BidAsk", [.. Vendor.Columns]);
        PriceBlock strips = new("Strips - Mid", "Strips - BidAsk", [.. Vendor.Columns]);
        rows.AddMonths(months, Months);
        rows.AddStrips(strips, StripNames.OfPower(asOf, Years), Months);
        book.Blocks.AddRange([months, strips]);
        return book;
    }

    private static IEnumerable<PriceColumn> Columns()
    {
        foreach (var (iso, region, gas, unit, level, places) in Markets)
        {
            foreach (var place in places)
            {
                foreach (var (block, share) in Blocks)
                {
                    var currency = region == "CA" ? "CAD" : "USD";
                    yield return new PriceColumn(
                        new CurveIdentity(AssetClass.Power, iso, region, place, "DA", "power", block, gas),
                        new CurveUnit(currency, "MWh"), $"{currency}/MWH",
                        new Dictionary<string, string>
                        {
                            ["ISO"] = iso, ["Market"] = "DA", ["Hours"] = block, ["Location"] = place, ["Product"] = "power",
                            ["Spark Location"] = gas, ["Units"] = unit,
                        },
                        new PriceModel($"{iso}/{place}/{block}", "us power", level * share, 0.12));
                }
            }
        }
    }
}
