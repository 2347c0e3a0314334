using Aurum.Market.Power;

namespace Aurum.Tests.Quality.Checks;

public sealed class ComponentsSumTests
{
    private const string Sums = "- { type: expect_components_to_sum_to_lmp, severity: row }";

    [Theory]
    [InlineData(30.00, 29, 1.5, -0.5, double.NaN, true)]
    [InlineData(30.01, 29, 1.5, -0.5, double.NaN, true)]
    [InlineData(30.02, 29, 1.5, -0.5, double.NaN, false)]
    [InlineData(29.99, 29, 1.5, -0.5, double.NaN, true)]
    [InlineData(29.98, 29, 1.5, -0.5, double.NaN, false)]
    [InlineData(30.02, 29, 1.5, -0.5, 0.02, true)]
    [InlineData(30.00, 29, 1.5, -0.5, 0.02, false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, 1, 1, double.NaN, false)]
    public void Within_a_cent(double lmp, double energy, double congestion, double loss, double ghg, bool holds) =>
        Assert.Equal(holds, Trial.Of(Sums, [Row(lmp, energy, congestion, loss, ghg)]).Failed.Count == 0);

    [Fact]
    public void Rows_without_all_parts_are_not_judged()
    {
        LmpRow[] rows =
            [Row(double.NaN, 1, 1, 1), Row(9, double.NaN, 1, 1), Row(9, 1, double.NaN, 1), Row(9, 1, 1, double.NaN),
            Row(3, 1, 1, 1)];
        var trial = Trial.Of(Sums, rows);
        Assert.Empty(trial.Failed);
        Assert.Equal(1, trial.Result.Checked);
    }

    [Fact]
    public void Says_what_the_parts_add_up_to() => Assert.Equal(
        ["energy + congestion + loss is 3.3, lmp is 4", "energy + congestion + loss + ghg is 3.5, lmp is 4"],
        Trial.Of(Sums, [Row(4, 1.1, 1.1, 1.1), Row(4, 1.1, 1.1, 1.1, 0.2)]).Reasons);

    [Fact]
    public void The_tolerance_can_be_stated() => Assert.Empty(
        Trial.Of("- { type: expect_components_to_sum_to_lmp, tolerance: 0.5, severity: row }", [Row(3.5, 1, 1, 1)]).Failed);

    private static LmpRow Row(double lmp, double energy, double congestion, double loss, double ghg = double.NaN) =>
        Trial.Row("A", Trial.Day(2025, 7, 1).Start, 60, lmp, energy, congestion, loss, ghg);
}
