using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Sandbox.Workbooks;

/// <summary>Made-up workbooks of European gas and power: the sheets, columns, periods and arithmetic of the recorded ones.</summary>
internal static class EugpBook
{
    private const string Code = "eugp";
    private const string Spark = "Spark Spread";
    private const int Months = 121;
    private const int Years = 10;
    private const double HalfSpread = 0.1034;
    private const double HeatRate = 2.0;
    private const double BritishHeatRate = 0.694513;
    private const double UsdMmbtuOfEurMwh = 0.3436;
    private const double UsdMmbtuOfPenceTherm = 0.1334;

    /// <summary>Region, kind (B is base, P is peak) and places, in the order of the vendor's columns.</summary>
    private static readonly string[] Groups =
    [
        "EU gas Belgium,Dutch_TTF,Austrian_CEGH,German,German_NCG,Italian", "UK gas NBP",
        "EU BP Austrian,Belgium,French,German,Italian,Dutch", "EU B Nordic,Spanish,Swiss", "UK BP Great_Britian",
        "EE BP Hungary,Romania", "EE B Bulgaria", "EE BP Poland,Slovenia,Czech,Slovakia", "EE B Serbian", "EE gas Czech", "EU B Greek",
        "EU BP German/Austrian", "EE P Serbian", "EU gas Dutch_TTF_USDMMBTU", "UK gas NBP_USDMMBTU", "EU gas French_PEG",
        "EU EMISSIONS EUA", "UK EMISSIONS UKA",
    ];

    /// <summary>The same for spark spreads, with the gas behind.</summary>
    private static readonly string[] SparkGroups =
    [
        "EU BP Austrian Austrian_CEGH", "EU BP Belgium Belgium", "EU BP French French_PEG", "EU BP German German", "EU BP Italian Italian",
        "EU BP Dutch Dutch_TTF", "EU B Nordic,Spanish,Swiss Dutch_TTF", "UK BP Great_Britian NBP", "EE BP Hungary,Romania Czech",
        "EE B Bulgaria Czech", "EE BP Poland,Slovenia,Czech,Slovakia,Serbian Czech", "EU B Greek Italian", "EU BP German/Austrian German",
    ];

    private static readonly HeaderLine[] PriceLines =
        [new(6, 2, "Location", "Location"), new(7, 2, "Product", "Product"), new(8, 2, "PEAK", "PEAK")];

    private static readonly HeaderLine[] SparkLines =
        [new(5, 1, "Date:", "Path"), .. PriceLines, new(9, 2, "Spark Location", "Spark Location")];

    private static readonly VendorLook Look = new()
    {
        SheetOrder = ["Fixed Prices - Mid", "Strips - Mid", "Fixed Prices - BidAsk", "Strips - BidAsk", Spark],
        LinesOf = static sheet => sheet == Spark ? SparkLines : PriceLines,
        BidAskMark = "   /   ",
        BidAskText = "Bid   /   Ask",
    };

    public static readonly WorkbookVendor Vendor = new(Code, [.. Groups.SelectMany(Prices)], Draft, static column => column with
    {
        Identity = column.Identity with { Region = "NO", Market = "NO" },
        Unit = null,
        UnitsRaw = null,
        Header = new Dictionary<string, string>(column.Header) { ["Location"] = "NO" },
    });

    private static BookDraft Draft(CurvePrices prices, LocalDate asOf)
    {
        var rows = new PriceRows(prices, asOf, static _ => HalfSpread);
        var book = new BookDraft(WorkbookVendor.FileOf(Code, asOf), asOf, Look);
        PriceBlock months = new("Fixed Prices - Mid", "Fixed Prices - BidAsk", [.. Vendor.Columns]);
        PriceBlock strips = new("Strips - Mid", "Strips - BidAsk", [.. Vendor.Columns]);
        PriceBlock sparks = new(Spark, null, [.. SparkGroups.SelectMany(Sparks)]);
        rows.AddMonths(months, Months);
        rows.AddStrips(strips, StripNames.OfSeasons(asOf, Years), Months);
        rows.AddMonths(sparks, Months);
        book.Blocks.AddRange([months, strips, sparks]);
        return book;
    }

    private static IEnumerable<PriceColumn> Prices(string group)
    {
        var (region, kind, places) = group.Split(' ') is [var r, var k, var p]
            ? (r, k, p.Split(','))
            : throw new InvalidOperationException(group);
        foreach (var place in places)
        {
            foreach (var block in BlocksOf(kind))
            {
                var (asset, product) = block switch
                {
                    "NA" => (AssetClass.Gas, "gas"),
                    "EMISSIONS" => (AssetClass.Carbon, "carbon"),
                    _ => (AssetClass.Power, "power"),
                };
                var (unit, raw) = UnitOf(asset, region, place);
                yield return new PriceColumn(
                    new CurveIdentity(asset, null, region, Spelt(place), region, product, asset == AssetClass.Power ? block : null, null),
                    unit, raw, Texts(region, place, block), ModelOf(place, block));
            }
        }
    }

    private static IEnumerable<PriceColumn> Sparks(string group)
    {
        var (region, kind, places, gas) = group.Split(' ') is [var r, var k, var p, var g]
            ? (r, k, p.Split(','), g)
            : throw new InvalidOperationException(group);
        foreach (var place in places)
        {
            foreach (var block in BlocksOf(kind))
            {
                var (unit, raw) = UnitOf(AssetClass.Power, region, place);

                // The vendor spells this one cell so.
                var texts = Texts(region, place, (region, block) == ("UK", "PEAK") ? "Peak" : block);
                (texts["Spark Location"], texts["Path"]) = (gas, $"{region}>{place}>{texts["PEAK"]}");
                var legs = (ModelOf(place, block), ModelOf(gas, "NA"), region == "UK" ? BritishHeatRate : HeatRate);
                yield return new PriceColumn(
                    new CurveIdentity(AssetClass.Power, null, region, Spelt(place), region, "spark_spread", block, gas),
                    unit, raw, texts, new PriceModel($"{place}/{block}/spark", "power", 0, Spark: legs));
            }
        }
    }

    private static string[] BlocksOf(string kind) => kind switch
    {
        "gas" => ["NA"],
        "BP" => ["BASE", "PEAK"],
        "B" => ["BASE"],
        "P" => ["PEAK"],
        _ => [kind],
    };

    private static Dictionary<string, string> Texts(string region, string place, string block) =>
        new() { ["Location"] = region, ["Product"] = place, ["PEAK"] = block };

    private static PriceModel ModelOf(string place, string block) => (place, block) switch
    {
        ("Dutch_TTF_USDMMBTU", _) => new PriceModel(place, "gas", 0, Of: (ModelOf("Dutch_TTF", "NA"), UsdMmbtuOfEurMwh)),
        ("NBP_USDMMBTU", _) => new PriceModel(place, "gas", 0, Of: (ModelOf("NBP", "NA"), UsdMmbtuOfPenceTherm)),
        ("NBP", _) => new PriceModel(place, "gas", 82, 0.09),
        (_, "NA") => new PriceModel($"{place}/gas", "gas", 32 + (place.Length % 4), 0.07),
        (_, "EMISSIONS") => new PriceModel(place, "carbon", place == "EUA" ? 76 : 57),
        (_, "PEAK") => new PriceModel($"{place}/PEAK", "power", 84 + (place.Length % 7), 0.16),
        _ => new PriceModel($"{place}/BASE", "power", 74 + (place.Length % 7), 0.13),
    };

    private static (CurveUnit Unit, string Raw) UnitOf(AssetClass asset, string region, string place) => (asset, region, place) switch
    {
        (AssetClass.Gas, _, "Dutch_TTF_USDMMBTU" or "NBP_USDMMBTU") => (new CurveUnit("USD", "MMBtu"), "USD/MMBtu"),
        (AssetClass.Gas, "UK", _) => (new CurveUnit("GBP", "therm", 0.01), "p/therm"),
        (AssetClass.Carbon, "UK", _) => (new CurveUnit("GBP", "tonne"), "GBP/tonne"),
        (AssetClass.Carbon, _, _) => (new CurveUnit("EUR", "tonne"), "EUR/tonne"),
        (_, "UK", _) => (new CurveUnit("GBP", "MWh"), "GBP/MWh"),
        _ => (new CurveUnit("EUR", "MWh"), "EUR/MWh"),
    };

    private static string Spelt(string place) => place == "Great_Britian" ? "Great_Britain" : place;
}
