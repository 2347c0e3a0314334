namespace Aurum.App.Api.Requests;

/// <summary>What a query parameter's text must be.</summary>
public enum ParameterForm
{
    Text,
    WholeNumber,
    Boolean,

    /// <summary>An ISO instant or a date (<see cref="TimeText"/>).</summary>
    Time,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>One of <see cref="QueryParameter.Choices"/>.</summary>
    Choice,
}

/// <summary>One query parameter: written once, used to read it, to refuse unknown names and to describe it in the OpenAPI
/// document.</summary>
/// <param name="Name">Name in the query string.</param>
/// <param name="Form">What its text must be.</param>
/// <param name="Description">What it does, for people.</param>
public sealed record QueryParameter(string Name, ParameterForm Form, string Description)
{
    /// <summary>Characters in a value at most; cursors are longer than other texts.</summary>
    public int MaxLength { get; init; } = 200;

    /// <summary>Values at most; more than one where the parameter may be repeated.</summary>
    public int MaxValues { get; init; } = 1;

    public int Least { get; init; }

    public int Most { get; init; }

    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What holds when it is not given, for people; empty where nothing does.</summary>
    public string Default { get; init; } = "";

    public string Example { get; init; } = "";

    /// <summary>Whether it chooses which rows there are: such parameters must not change while a cursor is followed.</summary>
    public bool IsFilter { get; init; }

    public static QueryParameter Filter(string name, string description, string example) =>
        new(name, ParameterForm.Text, description) { Example = example, IsFilter = true };

    public static QueryParameter ChoiceOf(string name, string description, params string[] choices) =>
        new(name, ParameterForm.Choice, description) { Choices = choices, Example = choices[0], IsFilter = true };

    public static QueryParameter LimitOf(int most, int @default) =>
        new("limit", ParameterForm.WholeNumber, "Rows in an answer at most.")
    {
        Least = 1,
        Most = most,
        Default = @default.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
