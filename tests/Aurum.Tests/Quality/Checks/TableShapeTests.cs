using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Tests.Quality.Checks;

public sealed class TableShapeTests
{
    private const string All =
        "[iso_code, iso_market, location_id, location_type, interval_start_utc, interval_end_utc, lmp, energy, congestion, loss, ghg, unit";

    [Theory]
    [InlineData("]", "", true, "")]
    [InlineData(", zone]", "", false, "column zone is missing")]
    [InlineData("]", ", exact_match: false", true, "")]
    public void The_columns_are_the_expected_ones(string rest, string argument, bool holds, string example)
    {
        var trial =
            Trial.Of($"- {{ type: expect_table_columns_to_match_set, column_set: {All}{rest}{argument} }}", [Trial.Price(1)]);
        Assert.Equal(holds, trial.Result.Success);
        Assert.Equal(example, string.Join('|', trial.Result.Examples));
    }

    [Fact]
    public void A_column_too_many_fails_unless_the_set_is_a_part()
    {
        const string Some = "- { type: expect_table_columns_to_match_set, column_set: [lmp]";
        Assert.Equal(11, Trial.Of(Some + " }", []).Result.Failed);
        Assert.True(Trial.Of(Some + ", exact_match: false }", []).Result.Success);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void The_number_of_rows_has_bounds(int rows, bool holds)
    {
        var trial = Trial.Of(
            "- { type: expect_table_row_count_to_be_between, min_value: 1, max_value: 2 }",
            Enumerable.Repeat(Trial.Price(1), rows).ToList());
        Assert.Equal(holds, trial.Report.Overall == GateOutcome.Pass);
    }

    [Theory]
    [InlineData("lmp", "FLOAT", true)]
    [InlineData("lmp", "STRING", false)]
    [InlineData("location_id", "STRING", true)]
    [InlineData("interval_start_utc", "TIMESTAMP", true)]
    [InlineData("unit", "float64", false)]
    public void A_column_is_of_a_type(string column, string type, bool holds) => Assert.Equal(
        holds, Trial.Of($"- {{ type: expect_column_values_to_be_of_type, column: {column}, type_: {type} }}", []).Result.Success);

    [Fact]
    public void An_unknown_type_is_an_error() => Assert.Contains(
        "found 'STRNG'; the nearest is 'STRING'",
        Assert.Throws<SuiteFormatException>(
            () => Trial.Of("- { type: expect_column_values_to_be_of_type, column: lmp, type_: STRNG }", [])).Message,
        StringComparison.Ordinal);
}
