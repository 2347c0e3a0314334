using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary>A word of the vocabulary: what it is called, what it takes, and how it is made to work.</summary>
/// <param name="Name">Name in suites.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Compile">Binds it to the columns of a feed.</param>
internal sealed record ExpectationType(
    string Name, IReadOnlyList<Parameter> Parameters, Func<ExpectationScope, CheckFactory> Compile)
{
    /// <summary>Whether it finds single rows at fault; one that does not cannot quarantine any.</summary>
    public bool JudgesRows { get; init; } = true;

    /// <summary>Whether it can be about some rows of a batch only.</summary>
    public bool TakesRowConditions { get; init; } = true;
}

/// <summary>An argument that an expectation takes.</summary>
internal sealed record Parameter(string Name, ParameterKind Kind, bool IsRequired = false);

/// <summary>What an argument must look like.</summary>
internal enum ParameterKind
{
    /// <summary>Name of a column.</summary>
    Column,

    /// <summary>A list of names or values.</summary>
    List,

    /// <summary>A number, or a day or instant where the column holds instants.</summary>
    Bound,

    Number,

    /// <summary>true or false.</summary>
    Flag,

    Text,
}

/// <summary>All that an expectation is compiled from.</summary>
/// <param name="Suite">The suite that it is part of.</param>
/// <param name="Expectation">What it states.</param>
/// <param name="Plan">The columns of the feed.</param>
/// <param name="Applies">False where its condition never holds for the feed: then only its form matters.</param>
internal sealed record ExpectationScope(Suite Suite, Expectation Expectation, ColumnPlan Plan, bool Applies)
{
    public Argument this[string name] => Expectation.Arguments[name];

    public Argument? Find(string name) => Expectation.Arguments.GetValueOrDefault(name);

    public int Slot(string argument, params ReadOnlySpan<ColumnKind> kinds) => Plan.Slot(this[argument], kinds);

    /// <summary>What the column that an argument names holds.</summary>
    public ColumnKind KindOf(string argument)
    {
        _ = Slot(argument);
        return Plan.KindOf(this[argument].Texts[0]);
    }

    public string Text(string argument, string otherwise) => Find(argument)?.Texts[0] ?? otherwise;

    public bool Flag(string argument) => Find(argument) is { } flag && bool.Parse(flag.Texts[0]);

    public double Number(string argument, double otherwise) =>
        Find(argument) is { } number && Checks.Text.TryNumber(number.Texts[0], out var value) ? value : otherwise;

    /// <summary>A bound of an instant column, seconds since 1970 UTC.</summary>
    public long Instant(string argument, long otherwise)
    {
        if (Find(argument) is not { } bound)
        {
            return otherwise;
        }

        return Checks.Text.TryInstant(bound.Texts[0], out var seconds)
            ? seconds
            : throw new SuiteFormatException(bound.Place, "a day or an instant like 2025-11-02T07:00:00Z", $"'{bound.Texts[0]}'");
    }

    /// <summary>A bound of a number column.</summary>
    public double Bound(string argument, double otherwise)
    {
        if (Find(argument) is not { } bound)
        {
            return otherwise;
        }

        return Checks.Text.TryNumber(bound.Texts[0], out var value)
            ? value
            : throw new SuiteFormatException(bound.Place, "a number", $"'{bound.Texts[0]}'");
    }
}
