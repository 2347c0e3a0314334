using Aurum.Market.Text;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_column_values_to_be_unique</c> and <c>expect_compound_columns_to_be_unique</c>: the second and every
/// further row with the same values fails. The whole key of the table is followed by the series grid, other columns by a table of
/// their own.</summary>
internal static class Unique
{
    private const string Never = "never";
    private const string AnyMissing = "any_value_is_missing";
    private const string AllMissing = "all_values_are_missing";

    public static readonly ExpectationType OneColumn = new(
        "expect_column_values_to_be_unique",
        [new("column", ParameterKind.Column, IsRequired: true)],
        static scope => Compile(scope, [scope["column"].Texts[0]], scope["column"].Place, AnyMissing));

    public static readonly ExpectationType Compound = new(
        "expect_compound_columns_to_be_unique",
        [
            new("column_list", ParameterKind.List, IsRequired: true),
            new("ignore_row_if", ParameterKind.Text),
        ],
        static scope => Compile(scope, scope["column_list"].Texts, scope["column_list"].Place, IgnoreRowIf(scope)));

    private static string IgnoreRowIf(ExpectationScope scope)
    {
        var choice = scope.Text("ignore_row_if", AllMissing);
        string[] choices = [Never, AnyMissing, AllMissing];
        return choices.Contains(choice)
            ? choice
            : throw new SuiteFormatException(
                scope["ignore_row_if"].Place, string.Join(" or ", choices), $"'{choice}'", NearestName.To(choice, choices));
    }

    private static CheckFactory Compile(
        ExpectationScope scope, IReadOnlyList<string> columns, SuitePlace place, string ignoreRowIf)
    {
        int[] slots = [.. columns.Select(c => scope.Plan.Slot(c, place))];
        if (scope.Expectation.When is null && columns.ToHashSet(StringComparer.Ordinal).SetEquals(scope.Plan.KeyColumns))
        {
            scope.Plan.RequireGrid(scope.Expectation);
            return batch => new KeyCheck(scope.Expectation, batch);
        }

        return batch => new TupleCheck(scope.Expectation, batch, slots, ignoreRowIf);
    }

    private sealed class KeyCheck(Expectation expectation, Batch batch) : Check(expectation, batch)
    {
        public override void Test(Span<ulong> scope, Span<ulong> failing) =>
            Batch.Grid!.Duplicates[..failing.Length].CopyTo(failing);

        public override string Explain(int row) => "the key was there before";
    }

    private sealed class TupleCheck(Expectation expectation, Batch batch, int[] slots, string ignoreRowIf)
        : Check(expectation, batch)
    {
        private readonly PairNumbers[] _levels = [.. slots.Select(static _ => new PairNumbers())];

        public override void Test(Span<ulong> scope, Span<ulong> failing)
        {
            IgnoreMissing(scope);
            for (var row = 0; row < Batch.Count; row++)
            {
                if ((scope[row >> 6] >> (row & 63) & 1) != 0 && !Add(row))
                {
                    failing[row >> 6] |= 1UL << (row & 63);
                }
            }
        }

        public override string Explain(int row) =>
            string.Join(", ", slots.Select(s => $"{Batch.Columns[s].Name} {Batch.Columns[s].Show(row)}")) + " was there before";

        private bool Add(int row)
        {
            var number = 0;
            var isNew = false;
            for (var level = 0; level < slots.Length; level++)
            {
                isNew = _levels[level].Add(number, ValueOf(slots[level], row), out number);
            }

            return isNew;
        }

        private long ValueOf(int slot, int row) => Batch.Columns[slot] switch
        {
            NumberData numbers => BitConverter.DoubleToInt64Bits(numbers.Values[row] + 0.0),
            InstantData instants => instants.Values[row],
            TextData texts => texts.Codes[row],
            var other => throw new InvalidOperationException($"column {other.Name} is of an unknown kind"),
        };

        private void IgnoreMissing(Span<ulong> scope)
        {
            for (var word = 0; word < scope.Length && ignoreRowIf != Never; word++)
            {
                var any = 0UL;
                var all = ulong.MaxValue;
                foreach (var slot in slots)
                {
                    any |= Batch.Columns[slot].Known[word];
                    all &= Batch.Columns[slot].Known[word];
                }

                scope[word] &= ignoreRowIf == AnyMissing ? all : any;
            }
        }
    }
}
