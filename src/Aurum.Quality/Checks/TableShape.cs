using Aurum.Market.Text;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary>Expectations about the table itself: its columns, their types, how many rows it has.</summary>
internal static class TableShape
{
    public static readonly ExpectationType ColumnsMatchSet = new(
        "expect_table_columns_to_match_set",
        [new("column_set", ParameterKind.List, IsRequired: true), new("exact_match", ParameterKind.Flag)],
        CompileColumns)
    {
        JudgesRows = false,
        TakesRowConditions = false,
    };

    public static readonly ExpectationType RowCountBetween = new(
        "expect_table_row_count_to_be_between",
        [new("min_value", ParameterKind.Number), new("max_value", ParameterKind.Number)],
        CompileRowCount)
    {
        JudgesRows = false,
    };

    public static readonly ExpectationType OfType = new(
        "expect_column_values_to_be_of_type",
        [new("column", ParameterKind.Column, IsRequired: true), new("type_", ParameterKind.Text, IsRequired: true)],
        CompileType)
    {
        JudgesRows = false,
        TakesRowConditions = false,
    };

    private static readonly IReadOnlyDictionary<string, ColumnKind> Types =
        new Dictionary<string, ColumnKind>(StringComparer.OrdinalIgnoreCase)
        {
            ["FLOAT"] = ColumnKind.Number, ["FLOAT64"] = ColumnKind.Number, ["DOUBLE"] = ColumnKind.Number,
            ["NUMBER"] = ColumnKind.Number,
            ["STRING"] = ColumnKind.Text, ["STR"] = ColumnKind.Text, ["VARCHAR"] = ColumnKind.Text, ["TEXT"] = ColumnKind.Text,
            ["TIMESTAMP"] = ColumnKind.Instant, ["TIMESTAMPTZ"] = ColumnKind.Instant, ["DATETIME"] = ColumnKind.Instant,
        };

    private static CheckFactory CompileColumns(ExpectationScope scope)
    {
        var expected = scope["column_set"].Texts.ToHashSet(StringComparer.Ordinal);
        var isExact = scope.Find("exact_match") is not { } flag || bool.Parse(flag.Texts[0]);
        var faults = expected.Except(scope.Plan.Names).Select(static c => $"column {c} is missing")
            .Concat(isExact ? scope.Plan.Names.Except(expected).Select(static c => $"column {c} is not expected") : [])
            .ToList();
        var tally = new Tally(expected.Union(scope.Plan.Names).Count(), faults.Count, faults);
        return batch => new FixedCheck(scope.Expectation, batch, tally);
    }

    private static CheckFactory CompileType(ExpectationScope scope)
    {
        var type = scope["type_"];
        if (!Types.TryGetValue(type.Texts[0], out var expected))
        {
            throw new SuiteFormatException(
                type.Place, string.Join(", ", Types.Keys), $"'{type.Texts[0]}'",
                NearestName.To(type.Texts[0], Types.Keys));
        }

        var column = scope["column"].Texts[0];
        var found = scope.KindOf("column");
        var tally = found == expected
            ? new Tally(1, 0, [])
            : new Tally(1, 1, [$"column {column} is of kind {found}, not {expected}".ToLowerInvariant()]);
        return batch => new FixedCheck(scope.Expectation, batch, tally);
    }

    private static CheckFactory CompileRowCount(ExpectationScope scope)
    {
        var (min, max) = (scope.Number("min_value", 0), scope.Number("max_value", double.PositiveInfinity));
        return batch => new RowCountCheck(scope.Expectation, batch, min, max);
    }

    private sealed class FixedCheck(Expectation expectation, Batch batch, Tally tally) : BatchCheck(expectation, batch)
    {
        public override Tally Finish(Tally rows) => tally;
    }

    private sealed class RowCountCheck(Expectation expectation, Batch batch, double min, double max)
        : BatchCheck(expectation, batch)
    {
        public override string Details =>
            max == double.PositiveInfinity ? $"at least {Text.Of(min)} rows" : $"{Text.Of(min)} to {Text.Of(max)} rows";

        public override Tally Finish(Tally rows) => rows.Checked >= min && rows.Checked <= max
            ? new Tally(1, 0, [])
            : new Tally(1, 1, [$"there are {rows.Checked} rows; expected {Details}"]);
    }
}
