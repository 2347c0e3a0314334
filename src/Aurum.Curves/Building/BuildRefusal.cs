namespace Aurum.Curves.Building;

/// <summary>Why there is no result.</summary>
/// <param name="Reason">For programs.</param>
/// <param name="Message">For people: what was expected and what was found.</param>
public sealed record BuildRefusal(RefusalReason Reason, string Message);

/// <summary>Why there is no result. In text the names are lower-case with underscores: <c>missing_rate</c>.</summary>
public enum RefusalReason
{
    /// <summary>No quote that could be used.</summary>
    NoQuotes,

    /// <summary>A block that no calendar knows.</summary>
    UnknownBlock,

    /// <summary>A unit or a currency that is not known.</summary>
    UnknownUnit,

    /// <summary>Units of different quantities, and nothing that says how much of one is in the other.</summary>
    MissingHeatContent,

    /// <summary>No exchange rate of that day, nor of the days right before it.</summary>
    MissingRate,

    /// <summary>Too few hours of history for a shape.</summary>
    ShortHistory,

    /// <summary>Prices that a ratio cannot be taken of.</summary>
    NoRatio,
}

/// <summary>A result, or why there is none.</summary>
/// <typeparam name="T">The result.</typeparam>
public readonly record struct Built<T>
    where T : class
{
    private Built(T? value, BuildRefusal? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    /// <summary>The result; null where it was refused.</summary>
    public T? Value { get; }

    /// <summary>Why there is none; null where there is one.</summary>
    public BuildRefusal? Refusal { get; }

    public static Built<T> Refuse(RefusalReason reason, string message) => new(null, new BuildRefusal(reason, message));

    public static implicit operator Built<T>(T value) => new(value, null);

    public static implicit operator Built<T>(BuildRefusal refusal) => new(null, refusal);
}
