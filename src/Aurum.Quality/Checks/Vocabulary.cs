using Aurum.Quality.Checks.Curves;

namespace Aurum.Quality.Checks;

/// <summary>The words that suites are written in: those of Great Expectations, and those of energy markets.</summary>
internal static class Vocabulary
{
    public static readonly IReadOnlyList<ExpectationType> All =
    [
        Between.Type,
        NotNull.Type,
        NonNullShare.Type,
        TextTests.InSet,
        TextTests.MatchRegex,
        TextTests.LengthsBetween,
        Unique.OneColumn,
        Unique.Compound,
        PairGreater.Type,
        TableShape.ColumnsMatchSet,
        TableShape.RowCountBetween,
        TableShape.OfType,
        ComponentsSum.Type,
        PriceLimits.Type,
        IntervalInDay.Type,
        IntervalCount.Type,
        IntervalsTile.Type,
        ReadingsCover.Type,
        IssuesReach.Type,
        ConflictingDuplicates.Type,
        KnownLocations.Type,
        LastPlaces.Type,
        FromHistory.ZScores,
        FromHistory.Stable,
        MidInSpread.Type,
        StripsOfMonths.Type,
        SparkSpreads.Type,
        ContiguousMonths.Whole,
        ContiguousMonths.FromAsOf,
        EarlierQuotes.Present,
        EarlierQuotes.Moved,
        EarlierQuotes.Usual,
    ];

    public static IEnumerable<string> Names => All.Select(static t => t.Name);

    public static ExpectationType? Find(string name) => All.FirstOrDefault(t => t.Name == name);
}
