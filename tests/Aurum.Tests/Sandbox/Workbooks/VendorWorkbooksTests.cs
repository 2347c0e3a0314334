using Aurum.Curves.Workbooks;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Workbooks;
using NodaTime;

namespace Aurum.Tests.Sandbox.Workbooks;

/// <summary>Made-up workbooks of vendors, read by the program's own reader and held against what the world knows.</summary>
public sealed class VendorWorkbooksTests
{
    private static readonly LocalDate Day = new(2025, 9, 17);

    public static TheoryData<string> Faults => [.. WorkbookFaults.All.Select(f => f.Name)];

    [Theory]
    [InlineData("eugp", 1, 2025, 9, 17, 11_483)]
    [InlineData("eugp", 2, 2025, 2, 12, 11_483)]
    [InlineData("rp", 1, 2025, 7, 11, 27_816)]
    [InlineData("rp", 2, 2024, 12, 31, 27_816)]
    [InlineData("pw", 1, 2025, 9, 12, 3_344)]
    public void All_rows_are_those_that_the_world_knows(string vendor, ulong seed, int year, int month, int day, int rows)
    {
        var made = VendorWorkbooks.Make(vendor, new LocalDate(year, month, day), seed);
        Assert.Equal(rows, made.Truth.Count);
        var book = Read(made);
        Assert.Equal((vendor, new LocalDate(year, month, day)), (book.Vendor, book.AsOf));
        Assert.All(book.Messages, m => Assert.Contains("again", m, StringComparison.Ordinal));
        AssertSame(made.Truth, book);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_told_of_and_costs_no_other_row(string name) => Check("pw", name);

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("Category", "Slow")]
    public void A_fault_is_told_of_and_costs_no_other_row_with_all_vendors(string name)
    {
        Check("eugp", name);
        Check("rp", name);
    }

    [Fact]
    public void Faults_come_together()
    {
        var faults = WorkbookFaults.All.Where(f => f.Notice != FaultNotice.Refused).ToList();
        var made = VendorWorkbooks.Make("pw", Day, 7, faults);
        AssertSame(made.Truth, Read(made));
    }

    private static void Check(string vendor, string name)
    {
        var fault = WorkbookFaults.Find(name)!;
        var made = VendorWorkbooks.Make(vendor, Day, 5, fault);
        if (fault.Notice == FaultNotice.Refused)
        {
            var refusal = Assert.Throws<FeedFormatException>(() => Read(made));
            Assert.Contains(fault.Mark, refusal.Message, StringComparison.Ordinal);
            return;
        }

        var book = Read(made);
        var said = book.Messages.Concat(book.Quarantined.Select(q => q.Reasons)).ToList();
        Assert.True(fault.Mark.Length == 0 || said.Exists(m => m.Contains(fault.Mark, StringComparison.Ordinal)), string.Join('\n', said));
        AssertSame(made.Truth, book);
        var clean = VendorWorkbooks.Make(vendor, Day, 5);
        Assert.NotEqual(clean.Bytes, made.Bytes);
        Assert.Equal(fault.Notice == FaultNotice.HeldBack, HeldBack(made) > HeldBack(clean));
    }

    [Fact]
    public void The_same_order_gives_the_same_bytes_and_neighbouring_days_lie_near_each_other()
    {
        var today = VendorWorkbooks.Make("eugp", Day, 1);
        Assert.Equal(today.Bytes, VendorWorkbooks.Make("eugp", Day, 1).Bytes);
        Assert.NotEqual(today.Bytes, VendorWorkbooks.Make("eugp", Day, 2).Bytes);
        var before = VendorWorkbooks.Make("eugp", Day.PlusDays(-1), 1).Truth.ToDictionary(Named, q => q.Quote.Mid);
        var moves = today.Truth.Where(q => q.Quote.Head.Identity.Product != "spark_spread")
            .Select(q => Math.Abs((q.Quote.Mid / before[Named(q)]) - 1)).Order().ToList();
        Assert.True(moves[0] >= 0 && moves[^1] is > 0.001 and < 0.06, $"moves from {moves[0]} to {moves[^1]}");

        static (string, string) Named(TrueQuote q) => (q.Quote.Head.Identity.Key, q.Quote.Tenor.Label);
    }

    [Fact]
    public void Spark_spreads_and_strips_have_the_arithmetic_of_recorded_workbooks()
    {
        var quotes = VendorWorkbooks.Make("eugp", Day, 3).Truth.Select(q => q.Quote).ToList();
        var months = quotes.Where(q => q.Tenor.Type == TenorType.Monthly)
            .ToLookup(q => (q.Head.Identity.Location, q.Head.Identity.Product, q.Head.Identity.Block, q.Tenor.First), q => q.Mid);
        foreach (var spark in quotes.Where(q => q.Head.Identity.Product == "spark_spread"))
        {
            var (identity, month) = (spark.Head.Identity, spark.Tenor.First);
            var rate = identity.Region == "UK" ? 0.694513 : 2.0;
            var gas = months[(identity.SparkLocation, "gas", null, month)].Single();
            Assert.Equal(months[(identity.Location, "power", identity.Block, month)].Single() - (rate * gas), spark.Mid);
        }

        foreach (var curve in quotes.GroupBy(q => q.Head.Identity.Key))
        {
            var own = curve.Where(q => q.Tenor.Type == TenorType.Monthly).ToList();
            Assert.All(curve.Where(q => q.Tenor.Type != TenorType.Monthly), strip =>
                Assert.Equal(own.Where(m => strip.Tenor.Contains(m.Tenor.First)).Average(m => m.Mid), strip.Mid, 0.00051));
            Assert.All(curve.Where(q => !double.IsNaN(q.Bid)), q => Assert.Equal((q.Bid + q.Ask) / 2, q.Mid, 0.00051));
        }
    }

    private static int HeldBack(GeneratedWorkbook made) => made.Truth.Count(q => q.HeldBack is not null);

    private static CurveBook Read(GeneratedWorkbook made)
    {
        using var stream = new MemoryStream(made.Bytes, writable: false);
        return WorkbookReader.Read(stream, made.File);
    }

    private static void AssertSame(IReadOnlyList<TrueQuote> truth, CurveBook book)
    {
        var found = book.Quotes.Select(q => new TrueQuote(q, null)).Concat(book.Quarantined.Select(q => new TrueQuote(q.Quote, q.Reasons)))
            .ToDictionary(q => (q.Quote.Head.Sheet, q.Quote.Cell));
        foreach (var expected in truth)
        {
            Assert.True(found.Remove((expected.Quote.Head.Sheet, expected.Quote.Cell), out var row), $"no row: {Line(expected)}");
            if (!AreSame(expected, row))
            {
                Assert.Equal(Line(expected), Line(row));
            }
        }

        Assert.Empty(found.Values.Select(Line));
    }

    private static bool AreSame(TrueQuote a, TrueQuote b)
    {
        var (x, y) = (a.Quote, b.Quote);
        return a.HeldBack == b.HeldBack && x.Mid.Equals(y.Mid) && x.Bid.Equals(y.Bid) && x.Ask.Equals(y.Ask) && x.Tenor == y.Tenor
            && x.Head.Identity == y.Head.Identity && x.Head.Unit == y.Head.Unit && x.Head.UnitsRaw == y.Head.UnitsRaw
            && x.Head.VersionHash == y.Head.VersionHash && x.Head.AsOf == y.Head.AsOf && x.Head.File == y.Head.File;
    }

    private static string Line(TrueQuote row) => row.Quote is var q ? FormattableString.Invariant(
        $"{q.Head.AsOf} {q.Head.Sheet}!{q.Cell} {q.Head.Identity} {q.Head.Unit} {q.Head.UnitsRaw} {q.Head.VersionHash}")
        + FormattableString.Invariant($" {q.Tenor} {q.Mid} {q.Bid} {q.Ask} {row.HeldBack}") : "";
}
