namespace Aurum.Sources.Reading;

/// <summary>How much of an XML file is believed, each limit with its unit.</summary>
public sealed record XmlLimits
{
    public static readonly XmlLimits Default = new();

    /// <summary>Elements inside each other; default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>One tag, comment or text; bytes, default 1 MiB.</summary>
    public int MaxTokenBytes { get; init; } = 1 << 20;
}

/// <summary>What <see cref="Utf8XmlReader.Read"/> has found.</summary>
public enum XmlToken
{
    None,
    Start,
    End,
    Text,
}
