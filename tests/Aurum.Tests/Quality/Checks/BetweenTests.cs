using Aurum.Market.Power;
using Aurum.Quality.Gates;

namespace Aurum.Tests.Quality.Checks;

public sealed class BetweenTests
{
    private const string Between = "type: expect_column_values_to_be_between";
    private const string OneToTen = $"- {{ {Between}, column: lmp, min_value: 1, max_value: 10, severity: row }}";

    [Theory]
    [InlineData(1, true)]
    [InlineData(10, true)]
    [InlineData(5.5, true)]
    [InlineData(0.999, false)]
    [InlineData(10.001, false)]
    [InlineData(double.PositiveInfinity, false)]
    [InlineData(double.NegativeInfinity, false)]
    public void Both_bounds_are_inside(double value, bool holds) =>
        Assert.Equal(holds, Trial.Of(OneToTen, [Trial.Price(value)]).Failed.Count == 0);

    [Theory]
    [InlineData(1, false)]
    [InlineData(10, false)]
    [InlineData(1.0000001, true)]
    public void Strict_bounds_are_outside(double value, bool holds) => Assert.Equal(holds, Trial.Of(
        $"- {{ {Between}, column: lmp, min_value: 1, max_value: 10, strict_min: true, strict_max: true, severity: row }}",
        [Trial.Price(value)]).Failed.Count == 0);

    [Fact]
    public void One_bound_is_enough()
    {
        const string Floor = "- { type: expect_column_values_to_be_between, column: lmp, min_value: 0, severity: row }";
        Assert.Equal([1], Trial.Of(Floor, [Trial.Price(1e300), Trial.Price(-1)]).Failed);
    }

    [Fact]
    public void Unknown_values_are_not_judged()
    {
        var trial = Trial.Of(OneToTen, [Trial.Price(double.NaN), Trial.Price(5)]);
        Assert.Empty(trial.Failed);
        Assert.Equal((1, 0), (trial.Result.Checked, trial.Result.Failed));
    }

    [Fact]
    public void Says_which_bound_was_crossed()
    {
        var trial = Trial.Of(OneToTen, [Trial.Price(0.5), Trial.Price(2500.5)]);
        Assert.Equal(["lmp 0.5 is below 1", "lmp 2500.5 is above 10"], trial.Reasons);
        Assert.Equal("A NODE 2025-11-02T07:00:00Z: lmp 0.5 is below 1", trial.Result.Examples[0]);
    }

    [Fact]
    public void Says_that_a_strict_bound_was_met() => Assert.Equal(
        ["lmp 1 is not above 1"],
        Trial.Of("- { type: expect_column_values_to_be_between, column: lmp, min_value: 1, strict_min: true, severity: row }",
            [Trial.Price(1)]).Reasons);

    [Theory]
    [InlineData("2025-11-02T08:00:00Z", false, 0)]
    [InlineData("2025-11-02T07:00:00Z", false, 1)]
    [InlineData("2025-11-02T08:00:00Z", true, 1)]
    [InlineData("2025-11-02", false, 2)]
    public void Instants_have_bounds_too(string max, bool isStrict, int failing) => Assert.Equal(failing, Trial.Of(
        $"- {{ {Between}, column: interval_start_utc, max_value: {max}, strict_max: {isStrict}, severity: row }}",
        [Trial.Price(1, hour: 0), Trial.Price(1, hour: 1)]).Failed.Count);

    [Fact]
    public void Judges_every_row_of_a_batch_of_any_length()
    {
        var random = new Random(7);
        foreach (var length in new[] { 1, 3, 4, 63, 64, 65, 127, 128, 200, 2048 })
        {
            var rows = Enumerable.Range(0, length).Select(_ => Trial.Price(random.Next(0, 12))).ToList();
            var expected = rows.Select(static (r, i) => (r, i)).Where(static p => p.r.LmpUsdPerMwh is < 1 or > 10)
                .Select(static p => p.i);
            Assert.Equal(expected, Trial.Of(OneToTen, rows).Failed);
        }
    }

    [Fact]
    public void A_batch_that_is_shorter_than_the_one_before_does_not_see_its_rows()
    {
        var run = SuiteCompiler.Compile(Trial.Suite(OneToTen), Trial.LmpFeed()).Begin(new GateContext());
        var verdicts = new RowVerdicts();
        run.Check(Enumerable.Repeat(Trial.Price(99), 100).ToArray(), verdicts);
        Assert.Equal(100, verdicts.FailedCount);
        run.Check(new LmpRow[] { Trial.Price(5) }, verdicts);
        Assert.Equal((1, 0), (verdicts.Count, verdicts.FailedCount));
        Assert.Equal((101, 100), (run.Finish().Results[0].Checked, run.Finish().Results[0].Failed));
    }
}
