namespace Aurum.Tests.Quality.Checks;

public sealed class PairGreaterTests
{
    private const string Pair = "type: expect_column_pair_values_a_to_be_greater_than_b";

    [Theory]
    [InlineData(2, 1, false, true)]
    [InlineData(1, 1, false, false)]
    [InlineData(1, 1, true, true)]
    [InlineData(0, 1, true, false)]
    [InlineData(double.NaN, 1, false, true)]
    [InlineData(1, double.NaN, false, true)]
    public void A_is_greater_than_b(double lmp, double energy, bool orEqual, bool holds) => Assert.Equal(holds, Trial.Of(
        $"- {{ {Pair}, column_A: lmp, column_B: energy, or_equal: {orEqual}, severity: row }}",
        [Trial.Row("A", Trial.Day(2025, 7, 1).Start, 60, lmp, energy)]).Failed.Count == 0);

    [Fact]
    public void An_interval_ends_after_it_begins()
    {
        const string Ends = $"- {{ {Pair}, column_A: interval_end_utc, column_B: interval_start_utc, severity: row }}";
        var trial = Trial.Of(Ends, [Trial.Price(1), Trial.Row("A", Trial.Day(2025, 7, 1).Start, 0, 1)]);
        Assert.Equal([1], trial.Failed);
        Assert.Equal("interval_end_utc 2025-07-01T07:00:00Z is not greater than interval_start_utc 2025-07-01T07:00:00Z",
            trial.Reasons[0]);
    }
}
