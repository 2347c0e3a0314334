namespace Aurum.Quality.Suites;

/// <summary>Which rows an expectation is about: comparisons joined by <c>and</c>, for example
/// <c>iso_market == "DAY_AHEAD" and lmp &gt; 0</c>.</summary>
/// <param name="Text">As written.</param>
/// <param name="Terms">All of which must hold.</param>
/// <param name="Place">Where it stands.</param>
public sealed record RowCondition(string Text, IReadOnlyList<ConditionTerm> Terms, SuitePlace Place);

/// <summary>One comparison of a column with literals.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Operator">How they are compared.</param>
/// <param name="Literals">One literal, any number for <c>in</c>, none for <c>is null</c>.</param>
public sealed record ConditionTerm(string Column, ConditionOperator Operator, IReadOnlyList<string> Literals);

public enum ConditionOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    IsNull,
    IsNotNull,
}
