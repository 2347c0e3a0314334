using Aurum.Curves.Feeds;
using Aurum.Market.Curves;
using Aurum.Quality.Gates;
using NodaTime;

namespace Aurum.Tests.Quality.Checks.Curves;

public sealed class CurveChecksTests
{
    private const string Strips = "- { type: expect_strips_to_equal_mean_of_months }";
    private const string Sparks = "- { type: expect_spark_spreads_to_equal_power_less_gas, heat_rate: 2 }";
    private const string Whole = "- { type: expect_months_to_be_contiguous }";
    private const string Spread = "- { type: expect_mid_between_bid_and_ask, severity: row }";

    private static readonly LocalDate AsOf = new(2025, 10, 15);
    private static readonly CurveFeed Vendor = CurveFeeds.Vendors.Single(v => v.Vendor == "eugp");

    [Fact]
    public void A_strip_is_the_mean_of_the_months_that_are_listed()
    {
        var trial = Run(Strips, [.. Months(10, 11, 12), Quote("Calendar 2025", 11), Quote("Summer 2025", 10), Quote("Winter 2026", 11.5)]);
        Assert.Equal((CheckStatus.Pass, 3L), (trial.Result.Status, trial.Result.Checked));
    }

    [Fact]
    public void The_month_that_both_its_strips_miss_is_named_with_its_cell()
    {
        var trial = Run(Strips, [.. Months(10, 11, 21), Quote("Calendar 2025", 11), Quote("Winter 2026", 11.5)]);
        Assert.Equal((CheckStatus.Fail, 2L, 2L), (trial.Result.Status, trial.Result.Checked, trial.Result.Failed));
        Assert.Equal(
            ["Prices!C20 Calendar 2025 of EU Hub power BASE is 11, the mean of its 3 months is 14, and 1 more of its strips; "
                + "Prices!C12 2025-12 looks wrong: 21, expected about 12"],
            trial.Result.Examples);
    }

    [Theory]
    [InlineData(11.0004, CheckStatus.Pass)]
    [InlineData(11.0006, CheckStatus.Fail)]
    public void A_strip_may_be_off_by_its_rounding_and_no_more(double strip, CheckStatus status) =>
        Assert.Equal(status, Run(Strips, [.. Months(10, 11, 12), Quote("Calendar 2025", strip)]).Result.Status);

    [Fact]
    public void A_spark_spread_is_power_less_two_gas_and_names_all_three_cells()
    {
        CurveQuote[] quotes =
        [
            Quote("2025-10", 70), Quote("2025-10", 30, Gas), Quote("2025-10", 10, Spark), Quote("2025-11", 71), Quote("2025-11", 30, Gas),
            Quote("2025-11", 12, Spark),
        ];
        var trial = Run(Sparks, quotes);
        Assert.Equal((2L, 1L), (trial.Result.Checked, trial.Result.Failed));
        Assert.Equal(
            "Prices!C11 2025-11 of EU Hub spark_spread BASE is 12; power in Prices!C11 71 less 2 x gas in Prices!C11 30 is 11",
            trial.Result.Examples[0]);
    }

    [Fact]
    public void A_month_that_is_missing_inside_a_curve_is_named_and_one_behind_its_end_is_none()
    {
        Assert.True(Run(Whole, Months(10, 11, 12)).Result.Success);
        Assert.Equal(
            ["EU Hub power BASE: month 2025-11 is missing behind Prices!C10 2025-10"],
            Run(Whole, [Quote("2025-10", 10), Quote("2025-12", 12)]).Result.Examples);
        Assert.Equal(
            ["EU Hub power BASE: month 2025-11 is missing: Prices!C11 2025-11 has no price"],
            Run(Whole, [Quote("2025-10", 10), Quote("2025-11", double.NaN), Quote("2025-12", 12)]).Result.Examples);
    }

    [Fact]
    public void A_curve_begins_with_the_month_of_its_as_of_date()
    {
        const string First = "- { type: expect_months_to_begin_with_asof_month, severity: warn }";
        Assert.True(Run(First, Months(10)).Result.Success);
        Assert.Contains("expected the month of the as-of date, 2025-10", Run(First, [Quote("2025-11", 1)]).Result.Examples[0],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 9, 11, true)]
    [InlineData(10, 11, 9, false)]
    [InlineData(12, 9, 11, false)]
    [InlineData(10.0004, 9, 10, true)]
    [InlineData(10, double.NaN, 9, false)]
    [InlineData(10, double.NaN, double.NaN, true)]
    public void Bid_mid_and_ask_are_in_order(double mid, double bid, double ask, bool holds)
    {
        var trial = Run(Spread, [Quote("2025-10", mid) with { Bid = bid, Ask = ask }]);
        Assert.Equal(holds ? 0 : 1, trial.Failed.Count);
    }

    [Fact]
    public void A_curve_that_did_not_move_at_all_is_told_of()
    {
        const string Moved = "- { type: expect_curves_to_differ_from_previous_asof, min_tenors: 3, severity: warn }";
        var same = Run(Moved, Months(10, 11, 12), Earlier(10, 11, 12));
        Assert.Equal(CheckStatus.Warn, same.Result.Status);
        Assert.Contains("all 3 quotes are those of the as-of date before", same.Result.Examples[0], StringComparison.Ordinal);
        Assert.True(Run(Moved, Months(10, 11, 12.5), Earlier(10, 11, 12)).Result.Success);
        Assert.Equal(CheckStatus.NotApplicable, Run(Moved, Months(10, 11, 12)).Result.Status);
    }

    [Fact]
    public void A_quote_that_leaves_the_move_of_its_curve_is_told_of_and_a_curve_that_moves_as_one_is_not()
    {
        const string Usual = "- { type: expect_moves_from_previous_asof_to_be_usual, severity: warn }";
        Assert.True(Run(Usual, Months(10.5, 11.5, 12.5, 13.5), Earlier(10, 11, 12, 13)).Result.Success);
        var jump = Run(Usual, Months(10.1, 11.1, 19, 13.1), Earlier(10, 11, 12, 13));
        Assert.Contains("Prices!C12 2025-12 of EU Hub power BASE went from 12 to 19", jump.Result.Examples[0], StringComparison.Ordinal);
        Assert.Contains("moved by 10 at a level of 11.5", Run(Usual, Months(20, 21, 22, 23), Earlier(10, 11, 12, 13)).Result.Examples[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_that_moves_by_many_times_its_usual_move_is_told_of_once_three_moves_are_stored()
    {
        const string Usual = "- { type: expect_moves_from_previous_asof_to_be_usual, severity: warn }";
        EarlierAsOf Before(params CurveMove[] moves) => Earlier(10, 11, 12, 13) with
        {
            Since = AsOf.PlusDays(-4),
            Moves = new Dictionary<(string, string), IReadOnlyList<CurveMove>> { [(Power.Key, "EUR/MWh")] = moves },
        };
        CurveMove[] quiet = [new(-0.1, 0), new(0.1, 0), new(-0.05, 0)];
        var told = Run(Usual, Months(11.1, 12.1, 13.1, 14.1), Before(quiet));
        Assert.Equal(
            "EU Hub power BASE moved by 1.1 at a level of 11.5; half of its 3 moves before were within 0.1", told.Result.Examples[0]);
        Assert.Equal("held against 2025-10-14, and moves since 2025-10-11", told.Result.Details);
        Assert.True(Run(Usual, Months(11.1, 12.1, 13.1, 14.1), Before(quiet[..2])).Result.Success);
        Assert.True(Run(Usual, Months(11.1, 12.1, 13.1, 14.1), Before([new(-2, 0), .. quiet[..1], new(1, 0)])).Result.Success);

        // One wrong day among many does not make the next wrong day usual, and a twentieth of the level is never told.
        Assert.False(Run(Usual, Months(11.1, 12.1, 13.1, 14.1), Before([new(30, 0), .. quiet])).Result.Success);
        Assert.True(Run(Usual, Months(10.5, 11.5, 12.5, 13.5), Before(new(0, 0), new(0, 0), new(0, 0))).Result.Success);
    }

    [Fact]
    public void A_curve_whose_quotes_always_move_apart_is_not_told_of_for_it()
    {
        const string Usual = "- { type: expect_moves_from_previous_asof_to_be_usual, severity: warn }";
        var before = Earlier(10, 11, 12, 13);
        Assert.False(Run(Usual, Months(10, 11, 12, 14), before).Result.Success);
        var wide = new Dictionary<(string, string), IReadOnlyList<CurveMove>>
        {
            [(Power.Key, "EUR/MWh")] = [new(0, 0.2), new(0, 0.1), new(0, 0.4)],
        };
        Assert.True(Run(Usual, Months(10, 11, 12, 14), before with { Moves = wide }).Result.Success);
    }

    [Fact]
    public void A_curve_of_the_date_before_that_is_gone_is_named()
    {
        const string Present = "- { type: expect_curves_of_previous_asof }";
        Assert.True(Run(Present, Months(10), Earlier(10)).Result.Success);
        var gone = Run(Present, [Quote("2025-10", 1, Gas)], Earlier(10));
        Assert.Equal((1L, 1L, "EU Hub power BASE is not in the workbook; 2025-10-14 has it"),
            (gone.Result.Checked, gone.Result.Failed, gone.Result.Examples[0]));
    }

    private static CurveIdentity Power => new(AssetClass.Power, null, "EU", "Hub", null, "power", "BASE", null);

    private static CurveIdentity Gas => new(AssetClass.Gas, null, "EU", "Pipe", null, "gas", null, null);

    private static CurveIdentity Spark => new(AssetClass.Power, null, "EU", "Hub", null, "spark_spread", "BASE", "Pipe");

    private static Trial Run(string expectation, IReadOnlyList<CurveQuote> quotes, EarlierAsOf? earlier = null) => Trial.Of(
        SuiteCompiler.Compile(Trial.Suite(expectation), Vendor.Merged), quotes,
        new GateContext(Vendor.Merged.Day(AsOf), Earlier: earlier));

    private static CurveQuote[] Months(params double[] mids) =>
        [.. mids.Select((mid, i) => Quote($"{AsOf.ToYearMonth().PlusMonths(i):uuuu-MM}", mid))];

    private static EarlierAsOf Earlier(params double[] mids) => new(
        AsOf.PlusDays(-1),
        Months(mids).ToDictionary(q => (q.Head.Identity.Key, q.Head.UnitsRaw!, q.Tenor.Label), q => q.Mid),
        new Dictionary<string, string> { [Power.Key] = "EU Hub power BASE" });

    /// <summary>A month lies in the row of its number, strips below.</summary>
    private static CurveQuote Quote(string label, double mid, CurveIdentity? identity = null)
    {
        Assert.True(Tenor.TryParse(label, new TenorRules { Winter = WinterYear.Last, AsOf = AsOf.ToYearMonth() }, out var tenor));
        var head = new CurveHead(
            AsOf, "a.xlsx", "Prices", identity ?? Power, new CurveUnit("EUR", "MWh"), "EUR/MWh", CurveVersion.HashOf("a", "b", AsOf));
        var row = tenor.Type == TenorType.Monthly ? tenor.First.Month : 20;
        return new CurveQuote(head, tenor, mid, double.NaN, double.NaN, new CellAddress(row, 3));
    }
}
