using Aurum.Quality.Suites;

namespace Aurum.Store.Watch;

/// <summary>A suite's condition on rows as SQL.</summary>
internal static class ConditionSql
{
    public static string Of(RowCondition? condition) =>
        condition is null ? "true" : string.Join(" AND ", condition.Terms.Select(Of));

    /// <summary>A text as SQL writes it.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Of(ConditionTerm term) => term.Operator switch
    {
        ConditionOperator.IsNull => $"{term.Column} IS NULL",
        ConditionOperator.IsNotNull => $"{term.Column} IS NOT NULL",
        ConditionOperator.In => $"{term.Column} IN ({string.Join(", ", term.Literals.Select(Quoted))})",
        _ => $"{term.Column} {Sign(term.Operator)} {Quoted(term.Literals[0])}",
    };

    private static string Sign(ConditionOperator comparison) => comparison switch
    {
        ConditionOperator.Equal => "=",
        ConditionOperator.NotEqual => "<>",
        ConditionOperator.Less => "<",
        ConditionOperator.LessOrEqual => "<=",
        ConditionOperator.Greater => ">",
        _ => ">=",
    };
}
