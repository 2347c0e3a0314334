using Aurum.Quality.Checks;
using Aurum.Quality.Suites;

namespace Aurum.Quality.History;

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
