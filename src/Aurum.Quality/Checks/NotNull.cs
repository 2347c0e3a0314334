using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_column_values_to_not_be_null</c>: the value is known (a number, a text that is not empty, an
/// instant).</summary>
internal static class NotNull
{
    public static readonly ExpectationType Type = new(
        "expect_column_values_to_not_be_null",
        [new("column", ParameterKind.Column, IsRequired: true)],
        static scope =>
        {
            var slot = scope.Slot("column");
            return batch => new NotNullCheck(scope.Expectation, batch, slot);
        });

    private sealed class NotNullCheck(Expectation expectation, Batch batch, int slot) : Check(expectation, batch)
    {
        public override void Test(Span<ulong> scope, Span<ulong> failing)
        {
            var known = Batch.Columns[slot].Known;
            for (var word = 0; word < failing.Length; word++)
            {
                failing[word] = ~known[word];
            }
        }

        public override string Explain(int row) => $"{Batch.Columns[slot].Name} is unknown";
    }
}
