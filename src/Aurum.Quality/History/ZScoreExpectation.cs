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
