using Aurum.Curves.Workbooks;
using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Tests.Curves.Workbooks;

/// <summary>The recorded workbooks of two vendors, whole: rows, spot values, and the arithmetic that holds between their cells.</summary>
public sealed class WorkbookSamplesTests
{
    public static TheoryData<string, int, int> Counts => new()
    {
        { "EOD_EUGP_20250212_1430.xlsx", 11_483, 0 },
        { "EOD_EUGP_20250701_1430.xlsx", 11_483, 0 },
        { "EOD_EUGP_20250916_1430.xlsx", 11_483, 0 },
        { "EOD_EUGP_20250917_1430.xlsx", 11_483, 0 },
        { "EOD_RP_20250212_1430.xlsx", 27_056, 76 },
        { "EOD_RP_20250218_1430.xlsx", 27_892, 76 },
        { "EOD_RP_20250711_1430.xlsx", 27_892, 76 },
        { "EOD_RP_20250917_1430.xlsx", 27_892, 76 },
    };

    [Theory]
    [MemberData(nameof(Counts))]
    public void Every_row_is_read_and_only_the_column_that_is_there_twice_is_left_out(string file, int rows, int twice)
    {
        var book = Read(file);
        Assert.Equal(rows - twice, book.Quotes.Count + book.Quarantined.Count);
        Assert.All(book.Quarantined, q => Assert.Equal("missing_units_raw", q.Reasons));
        Assert.DoesNotContain(Quotes(book), q => double.IsNaN(q.Mid) || q.Bid > q.Ask);
        Assert.DoesNotContain(Quotes(book), q => q.Head.Sheet != "Spark Spread" && (double.IsNaN(q.Bid) || double.IsNaN(q.Ask)));
        Assert.Equal(twice > 0 ? 2 : 0, book.Messages.Count(m => m.Contains("left out", StringComparison.Ordinal)));
        Assert.Equal(twice > 0 ? 2 : 0, book.Messages.Count);
        Assert.Equal($"{book.AsOf:yyyyMMdd}", file.Split('_')[2]);
    }

    [Fact]
    public void Spot_values_of_European_gas_and_power_stand_where_the_vendor_put_them()
    {
        var book = Read("EOD_EUGP_20250917_1430.xlsx");
        Check(book, "Dutch_TTF", AssetClass.Gas, null, "2025-09", 32.266116322952854, 32.163, 32.370);
        Check(book, "Dutch_TTF", AssetClass.Gas, null, "2026-09", 31.699532838811525, 31.331, 32.068);
        Check(book, "Belgium", AssetClass.Gas, null, "2025-09", 31.596116322952852, 31.493, 31.700);
        Check(book, "Belgium", AssetClass.Power, "BASE", "2025-09", 66.60672350805996);
        Check(book, "Dutch_TTF", AssetClass.Gas, null, "Calendar 2025", 32.899, 32.713, 33.085);
        Check(book, "Dutch_TTF", AssetClass.Gas, null, "Calendar 2026", 32.316, 31.976, 32.656);
        Check(book, "Dutch_TTF", AssetClass.Gas, null, "Summer 2025", 32.385);
        Check(book, "Dutch_TTF", AssetClass.Gas, null, "Summer 2026", 31.608);
        Check(book, "Dutch_TTF", AssetClass.Gas, null, "Winter 2026", 33.603);
        Check(book, "EUA", AssetClass.Carbon, null, "2025-09", 76.41);
        Check(book, "UKA", AssetClass.Carbon, null, "2025-09", 56.595044625781455);
        var spark = Assert.Single(book.Quotes, q =>
            q.Head.Identity is { Location: "Austrian", Block: "BASE", Product: "spark_spread" } && q.Tenor.Label == "2025-09");
        Assert.Equal((22.422504323176938, "Austrian_CEGH"), (spark.Mid, spark.Head.Identity.SparkLocation));
        Assert.Equal("C24", Assert.Single(Find(book, "Belgium", AssetClass.Gas, null, "2026-09")).Cell.ToString());
    }

    [Fact]
    public void Spot_values_of_refined_products_stand_where_the_vendor_put_them()
    {
        var book = Read("EOD_RP_20250917_1430.xlsx");
        var credit = Assert.Single(Quotes(book), q =>
            q.Head.Identity is { Region: "US", Location: "East Coast", Product: "Maryland Compliance Renewable Energy Credit Tier 1" }
            && q.Tenor.Label == "2025-09");
        Assert.Equal((25.085121120420386, 25.069, 25.102), (credit.Mid, credit.Bid, credit.Ask));
        Assert.Equal((AssetClass.Renewable, new CurveUnit("USD", "certificate")), (credit.Head.Identity.AssetClass, credit.Head.Unit));
        var gas = Quotes(book).Where(q => q.Head.Identity is { Location: "Gulf Coast", Product: "LNG" }).ToDictionary(q => q.Tenor.Label);
        Assert.Equal((9.855221717927165, 9.839, 9.872), (gas["2025-09"].Mid, gas["2025-09"].Bid, gas["2025-09"].Ask));
        Assert.Equal((10.078, 10.209, 9.888), (gas["Calendar 2025"].Mid, gas["Calendar 2026"].Mid, gas["Summer 2025"].Mid));
        Assert.Equal(["North America", "Renewables - LNG"], book.Tags[gas["2025-09"].Head.Identity.Key].Order());
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Strips_are_the_mean_of_their_listed_months_and_prices_lie_between_bid_and_ask(string file, int rows, int twice)
    {
        _ = (rows, twice);
        var book = Read(file);
        foreach (var curve in Quotes(book).GroupBy(q => q.Head.Identity.Key))
        {
            var months = curve.Where(q => q.Tenor.Type == TenorType.Monthly).ToDictionary(q => q.Tenor.First, q => q.Mid);
            foreach (var quote in curve)
            {
                if (!double.IsNaN(quote.Bid))
                {
                    Assert.Equal(quote.Mid, (quote.Bid + quote.Ask) / 2, 0.00051);
                }

                if (quote.Tenor.Type != TenorType.Monthly)
                {
                    Assert.Equal(months.Where(m => quote.Tenor.Contains(m.Key)).Average(m => m.Value), quote.Mid, 0.00051);
                }
            }
        }
    }

    [Theory]
    [InlineData("EOD_EUGP_20250212_1430.xlsx")]
    [InlineData("EOD_EUGP_20250701_1430.xlsx")]
    [InlineData("EOD_EUGP_20250916_1430.xlsx")]
    [InlineData("EOD_EUGP_20250917_1430.xlsx")]
    public void Spark_spreads_are_power_less_the_heat_rate_times_their_gas(string file)
    {
        var book = Read(file);
        var prices = book.Quotes.Where(q => q.Tenor.Type == TenorType.Monthly)
            .ToLookup(q => (q.Head.Identity.Location, q.Head.Identity.Product, q.Head.Identity.Block, q.Tenor.First));
        var sparks = book.Quotes.Where(q => q.Head.Identity.Product == "spark_spread").ToList();
        Assert.Equal(35 * 121, sparks.Count);
        foreach (var spark in sparks)
        {
            var identity = spark.Head.Identity;
            var power = Assert.Single(prices[(identity.Location, "power", identity.Block, spark.Tenor.First)]).Mid;
            var gas = Assert.Single(prices[(identity.SparkLocation, "gas", null, spark.Tenor.First)]).Mid;
            var expected = identity.Location == "Great_Britain" ? power - (0.694513 * gas) : power - (2 * gas);
            Assert.Equal(expected, spark.Mid, identity.Location == "Great_Britain" ? 2e-4 : 1e-9);
        }
    }

    [Fact]
    public void The_hand_made_workbook_of_power_gives_the_golden_keys()
    {
        using var stream = File.OpenRead(Samples.PathOf("workbooks", "pw_golden.xlsx"));
        var book = WorkbookReader.Read(stream, "pw_golden.xlsx", asOf: new LocalDate(2025, 1, 1));
        var months = book.Quotes.Concat(book.Quarantined.Select(q => q.Quote)).Where(q => q.Tenor.Label == "2025-01").ToList();
        Assert.Equal([45.5, 47.0], months.Select(q => q.Mid));
        Assert.Equal(["CAD/MWH", "USD/MWH"], months.Select(q => q.Head.UnitsRaw));
        Assert.All(months, q => Assert.Equal("b897bf63b9732a4d967210f49b638e8d507cce8672bce9c97cf965a9f71ad8e5", q.Head.Identity.Key));
        Assert.All(months, q => Assert.Equal("3e44be31476aec5680ba0d39838ecb49b63875828a0d1bf3b37ba0b97ada1e95", q.Head.VersionHash));
        var strips = book.Quotes.Where(q => q.Head.Sheet == "Strips - Mid").ToList();
        Assert.Equal([("Bal 2025", 52.5), ("Q1 2025", 53.2)], strips.Select(q => (q.Tenor.Label, q.Mid)));
        Assert.All(strips, q => Assert.Equal("030617a6c5740bbeaf73139f97153d7560d2f7b5c59b1ca6a32691096265bef8", q.Head.VersionHash));
    }

    private static void Check(
        CurveBook book, string location, AssetClass asset, string? block, string tenor, double mid, double? bid = null, double? ask = null)
    {
        var quote = Assert.Single(Find(book, location, asset, block, tenor));
        Assert.Equal((mid, bid ?? quote.Bid, ask ?? quote.Ask), (quote.Mid, quote.Bid, quote.Ask));
    }

    private static IEnumerable<CurveQuote> Find(CurveBook book, string location, AssetClass asset, string? block, string tenor) =>
        book.Quotes.Where(q => q.Head.Identity.Location == location && q.Head.Identity.AssetClass == asset && q.Head.Identity.Block == block
            && q.Head.Identity.Product != "spark_spread" && q.Tenor.Label == tenor);

    private static CurveBook Read(string file)
    {
        using var stream = File.OpenRead(Samples.PathOf("workbooks", file));
        return WorkbookReader.Read(stream, file);
    }

    private static IEnumerable<CurveQuote> Quotes(CurveBook book) => book.Quotes.Concat(book.Quarantined.Select(q => q.Quote));
}
