using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary>Expectations that need the past: they are stated in suites like all others, but judged from what is stored when a day is
/// whole. The gate only checks their words; rows cost nothing.</summary>
internal static class FromHistory
{
    /// <summary><c>expect_column_value_z_scores_to_be_less_than</c>: the highest and lowest value of each local hour lie within so many
    /// robust deviations of those of the same hour of the week in the weeks before.</summary>
    public static readonly ExpectationType ZScores = new(
        "expect_column_value_z_scores_to_be_less_than",
        [
            new("column", ParameterKind.Column, IsRequired: true),
            new("threshold", ParameterKind.Number, IsRequired: true),
            new("weeks", ParameterKind.Number),
            new("min_history", ParameterKind.Number),
            new("min_spread", ParameterKind.Number),
        ],
        Compile)
    {
        JudgesRows = false,
    };

    /// <summary><c>expect_column_distribution_to_be_stable</c>: units, range, mean, spread, share of known values, places and shape of a
    /// day's values are those of the days before.</summary>
    public static readonly ExpectationType Stable = new(
        "expect_column_distribution_to_be_stable",
        [
            new("column", ParameterKind.Column, IsRequired: true),
            new("days", ParameterKind.Number),
            new("min_days", ParameterKind.Number),
            new("max_psi", ParameterKind.Number),
            new("max_mean_shift", ParameterKind.Number),
            new("max_missing", ParameterKind.Number),
        ],
        Compile)
    {
        JudgesRows = false,
    };

    private static CheckFactory Compile(ExpectationScope scope)
    {
        scope.Slot("column", ColumnKind.Number);
        if (scope.Expectation.Severity != Severity.Warn)
        {
            throw new SuiteFormatException(
                scope.Expectation.Place, "severity: warn (what is stored already can't be held back)",
                scope.Expectation.Severity.ToString().ToLowerInvariant());
        }

        return batch => new Later(scope.Expectation, batch);
    }

    private sealed class Later : BatchCheck
    {
        public Later(Expectation expectation, Batch batch)
            : base(expectation, batch) => NotApplicable = "judged against the days before, when the day is whole";

        public override Tally Finish(Tally rows) => rows;
    }
}
