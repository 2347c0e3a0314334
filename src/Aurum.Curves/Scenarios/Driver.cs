namespace Aurum.Curves.Scenarios;

/// <summary>Something that moves prices: one assumption of a scenario.</summary>
public abstract record Driver
{
    /// <summary>Its name in attributions: the assumption's own, else its type, numbered where the type is there twice.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands in the document: <c>$.assumptions[0]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What the user calls this version of it.</summary>
    public string? Version { get; init; }

    /// <summary>Which curves and months it acts on.</summary>
    public DriverScope Scope { get; init; } = DriverScope.AllPower;

    /// <summary>Its kind as documents write it: <c>load_growth</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The curves that it names.</summary>
    public virtual IReadOnlyList<ReferenceNeed> References => [];
}

/// <summary>A curve that a driver names.</summary>
/// <param name="Name">Name or curve key.</param>
/// <param name="Path">The field that names it.</param>
public readonly record struct ReferenceNeed(string Name, string Path);
