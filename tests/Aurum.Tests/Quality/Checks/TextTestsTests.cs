using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Tests.Quality.Checks;

public sealed class TextTestsTests
{
    [Fact]
    public void A_set_names_what_may_occur()
    {
        var trial = Trial.Of(
            "- { type: expect_column_values_to_be_in_set, column: location_id, value_set: [A, B], severity: row }",
            [Trial.Price(1, node: "A"), Trial.Price(1, node: "C"), Trial.Price(1, node: "B"), Trial.Price(1, node: "C"),
                Trial.Price(1, node: "")]);
        Assert.Equal([1, 3], trial.Failed);
        Assert.Equal("location_id 'C' is not one of A, B", trial.Reasons[0]);
        Assert.Equal(4, trial.Result.Checked);
    }

    [Fact]
    public void A_set_of_numbers_is_compared_as_numbers() => Assert.Equal([1], Trial.Of(
        "- { type: expect_column_values_to_be_in_set, column: lmp, value_set: [1.0, 2e1], severity: row }",
        [Trial.Price(1), Trial.Price(3), Trial.Price(20), Trial.Price(double.NaN)]).Failed);

    [Fact]
    public void A_column_that_is_the_same_in_all_rows_is_judged_like_any_other()
    {
        const string Units = "- { type: expect_column_values_to_be_in_set, column: unit, value_set: [USD/MWh] }";
        Assert.True(Trial.Of(Units, [Trial.Price(1)]).Result.Success);
        var wrong = Trial.Of(Units.Replace("USD/MWh", "EUR/MWh", StringComparison.Ordinal), [Trial.Price(1), Trial.Price(2)]);
        Assert.Equal(2, wrong.Result.Failed);
    }

    [Theory]
    [InlineData("NODE_1", true)]
    [InlineData("node_1", false)]
    [InlineData("XNODE_1", false)]
    public void A_pattern_is_matched(string node, bool holds) => Assert.Equal(holds, Trial.Of(
        "- { type: expect_column_values_to_match_regex, column: location_id, regex: '^NODE_[0-9]+$', severity: row }",
        [Trial.Price(1, node: node)]).Failed.Count == 0);

    [Theory]
    [InlineData("AB", true)]
    [InlineData("ABCD", true)]
    [InlineData("A", false)]
    [InlineData("ABCDE", false)]
    public void Lengths_have_bounds(string node, bool holds) => Assert.Equal(holds, Trial.Of(
        "- { type: expect_column_value_lengths_to_be_between, column: location_id, min_value: 2, max_value: 4, severity: row }",
        [Trial.Price(1, node: node)]).Failed.Count == 0);

    [Fact]
    public void A_text_that_comes_late_is_judged_too()
    {
        var rows = Enumerable.Range(0, 5000).Select(i => Trial.Price(1, node: i == 4999 ? "late" : $"N{i % 700}")).ToList();
        var trial =
            Trial.Of("- { type: expect_column_values_to_match_regex, column: location_id, regex: ^N, severity: row }", rows);
        Assert.Equal([4999], trial.Failed);
        Assert.Equal("location_id 'late' does not match ^N", trial.Reasons[0]);
    }

    [Fact]
    public void Letters_beyond_ascii_are_read_as_letters() => Assert.Empty(Trial.Of(
        "- { type: expect_column_value_lengths_to_be_between, column: location_id, min_value: 6, max_value: 6, severity: row }",
        [new LmpRow(new Location("Québec", LocationType.Zone), DeliveryInterval.FromUnixSeconds(0, 60), 1, 1, 1, 1, 1)]).Failed);
}
