using Aurum.Quality.Gates;

namespace Aurum.Tests.Quality.Checks;

public sealed class UniqueTests
{
    private const string Key = "[location_id, location_type, interval_start_utc, interval_end_utc]";

    [Fact]
    public void The_second_row_with_a_value_fails()
    {
        var trial = Trial.Of(
            "- { type: expect_column_values_to_be_unique, column: lmp, severity: row }",
            [Trial.Price(1), Trial.Price(2), Trial.Price(1), Trial.Price(double.NaN), Trial.Price(double.NaN)]);
        Assert.Equal([2], trial.Failed);
        Assert.Equal(["lmp 1 was there before"], trial.Reasons);
        Assert.Equal(3, trial.Result.Checked);
    }

    [Fact]
    public void Minus_zero_is_zero() => Assert.Equal([1], Trial.Of(
        "- { type: expect_column_values_to_be_unique, column: lmp, severity: row }",
        [Trial.Price(0.0), Trial.Price(-0.0)]).Failed);

    [Fact]
    public void A_pair_is_unique_where_its_parts_are_not() => Assert.Equal([3], Trial.Of(
        "- { type: expect_compound_columns_to_be_unique, column_list: [location_id, lmp], severity: row }",
        [Trial.Price(1, node: "A"), Trial.Price(1, node: "B"), Trial.Price(2, node: "A"), Trial.Price(1, node: "A")]).Failed);

    [Theory]
    [InlineData("never", 2)]
    [InlineData("any_value_is_missing", 0)]
    [InlineData("all_values_are_missing", 1)]
    public void Missing_values_count_as_the_suite_says(string ignore, int failing) => Assert.Equal(failing, Trial.Of(
        $"- {{ type: expect_compound_columns_to_be_unique, column_list: [energy, lmp], ignore_row_if: {ignore}, severity: row }}",
        [Trial.Price(1), Trial.Price(1), Trial.Price(double.NaN), Trial.Price(double.NaN)]).Failed.Count);

    [Fact]
    public void The_key_of_the_table_is_followed_across_batches()
    {
        var rows = Trial.WholeDay(Trial.Day(2025, 11, 2), 60, "A", "B");
        rows.AddRange(rows.Take(3).ToList());
        var gate = SuiteCompiler.Compile(
            Trial.Suite($"- {{ type: expect_compound_columns_to_be_unique, column_list: {Key}, severity: row }}"),
            Trial.LmpFeed());
        Assert.Equal([50, 51, 52], Trial.Of(gate, rows, batch: 7).Failed);
    }

    [Fact]
    public void The_grid_and_the_table_agree()
    {
        var random = new Random(11);
        var rows = Enumerable.Range(0, 3000).Select(_ => Trial.Price(1, random.Next(0, 60), $"N{random.Next(0, 40)}")).ToList();
        var byGrid = Trial.Of($"- {{ type: expect_compound_columns_to_be_unique, column_list: {Key}, severity: row }}", rows);
        var byTable = Trial.Of(
            $"- {{ type: expect_compound_columns_to_be_unique, column_list: {Key}, when: lmp > 0, severity: row }}", rows);
        var seen = new HashSet<(string, long)>();
        var expected = Enumerable.Range(0, rows.Count)
            .Where(i => !seen.Add((rows[i].Location.Id, rows[i].Delivery.StartUnixSeconds))).ToList();
        Assert.Equal(expected, byGrid.Failed);
        Assert.Equal(expected, byTable.Failed);
    }
}
