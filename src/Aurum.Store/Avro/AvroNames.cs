using System.Text.Json.Nodes;

namespace Aurum.Store.Avro;

/// <summary>Names in Avro schemas: how they are written, and what they are in full.</summary>
/// <remarks>Source: "Names" in the Avro specification 1.11.</remarks>
internal static class AvroNames
{
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || char.IsAsciiDigit(text[0]))
        {
            return false;
        }

        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '_')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Names with dots between them.</summary>
    public static bool IsFullName(ReadOnlySpan<char> text)
    {
        foreach (var part in text.Split('.'))
        {
            if (!IsName(text[part]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A name in full: as it is where it has a dot, else within the namespace.</summary>
    public static string Full(string name, string space) => name.Contains('.') || space.Length == 0 ? name : $"{space}.{name}";

    /// <summary>The full name of a named type that a schema defines.</summary>
    /// <exception cref="FormatException">None, or not a name.</exception>
    public static string Of(JsonObject json, string space, string path)
    {
        var name = AvroNodes.Text(json, "name", path);
        var own = json["namespace"] is null ? space : AvroNodes.Text(json, "namespace", path, mayBeEmpty: true);
        var full = Full(name, own);
        return IsFullName(full)
            ? full
            : throw new FormatException($"{path}/name: expected letters, digits and _, with dots between names, found '{full}'");
    }

    /// <summary>Aliases in full, relative to the namespace of the type that has them.</summary>
    public static IReadOnlyList<string> Aliases(JsonObject json, string space, string path)
    {
        if (json["aliases"] is null)
        {
            return [];
        }

        var aliases = AvroNodes.Texts(json, "aliases", path);
        return aliases.FirstOrDefault(static a => !IsFullName(a)) is { } wrong
            ? throw new FormatException($"{path}/aliases: expected names, found '{wrong}'")
            : [.. aliases.Select(a => Full(a, space))];
    }
}

/// <summary>Parts of a schema's JSON, with the place in the message where one is not as it should be.</summary>
internal static class AvroNodes
{
    public static string Text(JsonObject json, string name, string path, bool mayBeEmpty = false) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) && (text.Length > 0 || mayBeEmpty)
            ? text
            : throw new FormatException($"{path}/{name}: expected a text, found {Shown(json[name])}");

    public static string? TextOrNull(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static int? WholeOrNull(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    public static JsonArray List(JsonObject json, string name, string path) => json[name] as JsonArray
        ?? throw new FormatException($"{path}/{name}: expected a list, found {Shown(json[name])}");

    public static IReadOnlyList<string> Texts(JsonObject json, string name, string path) =>
    [
        .. List(json, name, path).Select(n => n is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw new FormatException($"{path}/{name}: expected texts, found {Shown(n)}")),
    ];

    /// <summary>The beginning of a node's text.</summary>
    public static string Shown(JsonNode? node)
    {
        const int most = 80;
        var text = node?.ToJsonString() ?? "nothing";
        return text.Length <= most ? text : text[..most] + "...";
    }
}
