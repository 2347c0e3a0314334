using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary>Takes the rows out of a scope that a condition does not hold for. Unknown values meet no condition but
/// <c>is null</c>.</summary>
internal sealed class RowFilter(Batch batch, IReadOnlyList<FilterTerm> terms)
{
    private readonly IReadOnlyList<TextVerdicts?> _texts =
        [.. terms.Select(t => t.TextTest is null ? null : new TextVerdicts(batch.Text(t.Slot), t.TextTest))];

    public void Restrict(Span<ulong> scope)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            Restrict(scope, terms[i], _texts[i]);
        }
    }

    private void Restrict(Span<ulong> scope, FilterTerm term, TextVerdicts? texts)
    {
        var known = batch.Columns[term.Slot].Known;
        if (term.Term.Operator == ConditionOperator.IsNull)
        {
            for (var word = 0; word < scope.Length; word++)
            {
                scope[word] &= ~known[word];
            }

            return;
        }

        Bits.And(scope, known);
        if (texts is not null)
        {
            texts.RemoveFailing(scope);
        }
        else if (term.NumberTest is { } test)
        {
            RemoveFailing(scope, term.Slot, test);
        }
    }

    private void RemoveFailing(Span<ulong> scope, int slot, Func<double, bool> test)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var value = batch.Columns[slot] is InstantData instants ? instants.Values[row] : batch.Number(slot).Values[row];
            scope[row >> 6] &= ~((test(value) ? 0UL : 1UL) << (row & 63));
        }
    }
}

/// <summary>A term of a condition bound to its column: one of the two tests, none for <c>is null</c> and
/// <c>is not null</c>.</summary>
internal sealed record FilterTerm(ConditionTerm Term, int Slot, Func<string, bool>? TextTest, Func<double, bool>? NumberTest);
