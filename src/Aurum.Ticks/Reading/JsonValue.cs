namespace Aurum.Ticks.Reading;

/// <summary>One value of JSON as a slice of the message: the letters between a text's quotes, else all of it.</summary>
internal readonly ref struct JsonValue(JsonKind kind, ReadOnlySpan<byte> text, bool hasEscapes)
{
    public JsonKind Kind { get; } = kind;

    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>Whether a text holds backslashes, so that its letters are not the bytes.</summary>
    public bool HasEscapes { get; } = hasEscapes;
}
