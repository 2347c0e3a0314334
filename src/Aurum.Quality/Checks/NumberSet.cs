using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_column_values_to_be_in_set</c> for a column of numbers.</summary>
internal static class NumberSet
{
    public static CheckFactory Compile(ExpectationScope scope)
    {
        var slot = scope.Slot("column", ColumnKind.Number);
        var values = new List<double>();
        foreach (var text in scope["value_set"].Texts)
        {
            values.Add(Text.TryNumber(text, out var value)
                ? value
                : throw new SuiteFormatException(scope["value_set"].Place, "numbers", $"'{text}'"));
        }

        return batch => new NumberSetCheck(scope.Expectation, batch, slot, [.. values]);
    }

    private sealed class NumberSetCheck(Expectation expectation, Batch batch, int slot, double[] set) : Check(expectation, batch)
    {
        public override void Test(Span<ulong> scope, Span<ulong> failing)
        {
            Bits.And(scope, Batch.Number(slot).Known);
            var values = Batch.Number(slot).Values.AsSpan(0, Batch.Count);
            for (var row = 0; row < values.Length; row++)
            {
                failing[row >> 6] |= (set.AsSpan().Contains(values[row]) ? 0UL : 1UL) << (row & 63);
            }
        }

        public override string Explain(int row) =>
            $"{Batch.Number(slot).Name} {Batch.Number(slot).Show(row)} is not one of {string.Join(", ", set.Take(12).Select(Text.Of))}";
    }
}
