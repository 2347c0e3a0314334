namespace Aurum.Sources.Reading;

/// <summary>What the first bytes of a file look like.</summary>
public enum ContentKind
{
    /// <summary>Nothing but blanks.</summary>
    Empty,

    /// <summary>CSV and other lines of text.</summary>
    Text,

    Xml,

    Json,

    /// <summary>A page for people: never data.</summary>
    Html,
}
