namespace Aurum.Curves.Documents;

/// <summary>How much of a document is read.</summary>
public sealed record DocumentLimits
{
    /// <summary>The defaults.</summary>
    public static readonly DocumentLimits Default = new();

    /// <summary>Longest document, bytes.</summary>
    public int MaxBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Deepest nesting of objects and lists, levels.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Errors that are told; the last one says how many more there are.</summary>
    public int MaxErrors { get; init; } = 200;
}
