using System.Text.Json;

namespace Aurum.Curves.Documents;

/// <summary>What stands in a document, for messages.</summary>
internal static class FoundText
{
    private const int MaxLength = 80;

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => $"a list of {value.GetArrayLength()}",
        JsonValueKind.String => $"'{Cut(value.GetString()!)}'",
        JsonValueKind.Null => "null (leave the field out instead)",
        _ => Cut(value.GetRawText()),
    };

    public static string Cut(string text)
    {
        var plain = string.Concat(text.Select(static c => char.IsControl(c) ? '?' : c));
        return plain.Length <= MaxLength ? plain : $"{plain[..MaxLength]}...";
    }
}
