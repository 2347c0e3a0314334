using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary>A condition bound to a feed: what is the same in all its rows is decided at once.</summary>
/// <param name="NeverHolds">Whether it is false for every row of the feed.</param>
/// <param name="Filter">Makes the filter of rows for a run; null where it holds for all.</param>
internal sealed record CompiledCondition(bool NeverHolds, Func<Batch, RowFilter>? Filter)
{
    public static CompiledCondition Of(RowCondition? condition, ColumnPlan plan)
    {
        var terms = new List<FilterTerm>();
        var never = false;
        foreach (var term in condition?.Terms ?? [])
        {
            var slot = plan.Slot(term.Column, condition!.Place);
            if (plan.KindOf(term.Column) == ColumnKind.Text && plan.ConstantOf(term.Column) is { } constant)
            {
                never |= !HoldsFor(term, constant, condition.Place);
            }
            else
            {
                terms.Add(plan.KindOf(term.Column) switch
                {
                    ColumnKind.Text => new(term, slot, IsAboutNull(term) ? null : TextTest(term, condition.Place), null),
                    ColumnKind.Number =>
                        new(term, slot, null, IsAboutNull(term) ? null : NumberTest(term, condition.Place, Number)),
                    _ => new(term, slot, null, IsAboutNull(term) ? null : NumberTest(term, condition.Place, Instant)),
                });
            }
        }

        return new CompiledCondition(never, terms.Count == 0 ? null : batch => new RowFilter(batch, terms));
    }

    private static bool IsAboutNull(ConditionTerm term) =>
        term.Operator is ConditionOperator.IsNull or ConditionOperator.IsNotNull;

    private static bool HoldsFor(ConditionTerm term, string constant, SuitePlace place) => term.Operator switch
    {
        ConditionOperator.IsNull => constant.Length == 0,
        ConditionOperator.IsNotNull => constant.Length > 0,
        _ => constant.Length > 0 && TextTest(term, place)(constant),
    };

    private static Func<string, bool> TextTest(ConditionTerm term, SuitePlace place) => term.Operator switch
    {
        ConditionOperator.Equal => text => text == term.Literals[0],
        ConditionOperator.NotEqual => text => text != term.Literals[0],
        ConditionOperator.In => text => term.Literals.Contains(text, StringComparer.Ordinal),
        _ => throw new SuiteFormatException(
            place, $"==, !=, in, is null or is not null for the text column {term.Column}", $"{term.Operator}"),
    };

    private static Func<double, bool> NumberTest(ConditionTerm term, SuitePlace place, Func<string, SuitePlace, double> read)
    {
        var values = term.Literals.Select(literal => read(literal, place)).ToArray();
        return term.Operator switch
        {
            ConditionOperator.Equal => value => value == values[0],
            ConditionOperator.NotEqual => value => value != values[0],
            ConditionOperator.Less => value => value < values[0],
            ConditionOperator.LessOrEqual => value => value <= values[0],
            ConditionOperator.Greater => value => value > values[0],
            ConditionOperator.GreaterOrEqual => value => value >= values[0],
            _ => value => Array.IndexOf(values, value) >= 0,
        };
    }

    private static double Number(string literal, SuitePlace place) => Text.TryNumber(literal, out var value)
        ? value
        : throw new SuiteFormatException(place, "a number", $"'{literal}'");

    // Seconds of the years 1900 to 2200 are exact in a double.
    private static double Instant(string literal, SuitePlace place) => Text.TryInstant(literal, out var value)
        ? value
        : throw new SuiteFormatException(place, "a day or an instant like 2025-11-02T07:00:00Z", $"'{literal}'");
}
