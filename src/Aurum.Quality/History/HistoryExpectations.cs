using Aurum.Quality.Checks;
using Aurum.Quality.Suites;

namespace Aurum.Quality.History;

/// <summary><c>expect_column_value_z_scores_to_be_less_than</c> as a suite states it.</summary>
/// <param name="Name">Type and column.</param>
/// <param name="Column">Column.</param>
/// <param name="When">Which rows; null for all.</param>
/// <param name="Threshold">Robust deviations that are allowed.</param>
/// <param name="Weeks">Weeks of the past that are looked at.</param>
/// <param name="MinHistory">Weeks of them that must have a value.</param>
/// <param name="MinSpread">Floor of the robust deviation, in the unit of the column.</param>
public sealed record ZScoreExpectation(
    string Name, string Column, RowCondition? When, double Threshold, int Weeks, int MinHistory, double MinSpread)
{
    public static IReadOnlyList<ZScoreExpectation> Of(Suite suite) =>
    [
        .. suite.Expectations.Where(static e => e.Type == FromHistory.ZScores.Name).Select(static e => new ZScoreExpectation(
            e.Name, e.Arguments["column"].Texts[0], e.When, e.Number("threshold", 8), (int)e.Number("weeks", 8),
            (int)e.Number("min_history", 4), e.Number("min_spread", 0))),
    ];
}

/// <summary><c>expect_column_distribution_to_be_stable</c> as a suite states it.</summary>
/// <param name="Name">Type and column.</param>
/// <param name="Column">Column.</param>
/// <param name="Days">Days of the past that are looked at.</param>
/// <param name="MinDays">Days of them that must have values.</param>
/// <param name="MaxPsi">Highest population stability index.</param>
/// <param name="MaxMeanShift">Highest distance of the mean from that of the past, in its usual spreads.</param>
/// <param name="MaxMissing">How much the share of unknown values may grow, 0 to 1.</param>
public sealed record StabilityExpectation(
    string Name, string Column, int Days, int MinDays, double MaxPsi, double MaxMeanShift, double MaxMissing)
{
    public static IReadOnlyList<StabilityExpectation> Of(Suite suite) =>
    [
        .. suite.Expectations.Where(static e => e.Type == FromHistory.Stable.Name).Select(static e => new StabilityExpectation(
            e.Name, e.Arguments["column"].Texts[0], (int)e.Number("days", 28), (int)e.Number("min_days", 7), e.Number("max_psi", 3),
            e.Number("max_mean_shift", 3), e.Number("max_missing", 0.1))),
    ];
}

file static class Numbers
{
    public static double Number(this Expectation expectation, string argument, double otherwise) =>
        expectation.Arguments.TryGetValue(argument, out var given) && Text.TryNumber(given.Texts[0], out var value) ? value : otherwise;
}
