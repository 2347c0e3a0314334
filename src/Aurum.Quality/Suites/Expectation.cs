namespace Aurum.Quality.Suites;

/// <summary>One expectation as its suite states it.</summary>
/// <param name="Type">Name in the vocabulary, for example <c>expect_column_values_to_be_between</c>.</param>
/// <param name="Arguments">Its arguments by name, checked against the vocabulary.</param>
/// <param name="Severity">What a failure does.</param>
/// <param name="Mostly">Share that must pass, 0 to 1; null where not stated.</param>
/// <param name="When">Which rows it is about; null for all.</param>
/// <param name="Place">Where it stands.</param>
public sealed record Expectation(
    string Type,
    IReadOnlyDictionary<string, Argument> Arguments,
    Severity Severity,
    double? Mostly,
    RowCondition? When,
    SuitePlace Place)
{
    /// <summary>Type, columns and condition: <c>expect_column_values_to_be_between(lmp)</c>.</summary>
    public string Name => $"{Type}({string.Join(", ", Columns)}){(When is null ? "" : $" when {When.Text}")}";

    /// <summary>An argument that is a number; the other value where it is not given.</summary>
    internal double Number(string argument, double otherwise) =>
        Arguments.TryGetValue(argument, out var given) && Checks.Text.TryNumber(given.Texts[0], out var value) ? value : otherwise;

    private IEnumerable<string> Columns => Arguments
        .Where(static a => a.Key is "column" or "column_A" or "column_B" or "column_list" or "limits")
        .SelectMany(static a => a.Value.Texts);
}

/// <summary>An argument of an expectation: one text, or a list of them, and where it stands.</summary>
/// <param name="Texts">The scalars as written; a single one for a scalar, any number for a list.</param>
/// <param name="IsList">Whether a list was written.</param>
/// <param name="Place">Where it stands.</param>
public sealed record Argument(IReadOnlyList<string> Texts, bool IsList, SuitePlace Place);
