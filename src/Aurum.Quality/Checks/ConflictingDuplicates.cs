using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_no_conflicting_duplicates</c>: a key comes once, or again with the same values. A later row with other
/// values fails: a file that contradicts itself does not say which is right, so the first stands and the rest is looked
/// at.</summary>
internal static class ConflictingDuplicates
{
    public static readonly ExpectationType Type = new(
        "expect_no_conflicting_duplicates",
        [],
        static scope =>
        {
            scope.Plan.RequireGrid(scope.Expectation);
            return batch => new ConflictCheck(scope.Expectation, batch);
        });

    private sealed class ConflictCheck(Expectation expectation, Batch batch) : Check(expectation, batch)
    {
        public override void Test(Span<ulong> scope, Span<ulong> failing) =>
            Batch.Grid!.Conflicts[..failing.Length].CopyTo(failing);

        public override string Explain(int row) => "an earlier row has the same key and other values";
    }
}
