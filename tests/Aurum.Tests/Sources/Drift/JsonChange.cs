using System.Text.Json.Nodes;

namespace Aurum.Tests.Sources.Drift;

/// <summary>Changes of properties, wherever they are in a text of JSON.</summary>
internal static class JsonChange
{
    public static IReadOnlyList<string> Names(string text)
    {
        var names = new List<string>();
        foreach (var document in Documents(text))
        {
            Visit(document, (_, name) =>
            {
                if (!names.Contains(name))
                {
                    names.Add(name);
                }
            });
        }

        return names;
    }

    public static string Without(string text, string name) => Changed(text, name, static (owner, name) => owner.Remove(name));

    /// <summary>With another value in the place of numbers, texts and nulls.</summary>
    public static string With(string text, string name, string value) => Changed(text, name, (owner, name) =>
    {
        if (owner[name] is null or JsonValue)
        {
            owner[name] = value;
        }
    });

    private static string Changed(string text, string name, Action<JsonObject, string> change)
    {
        var documents = Documents(text);
        foreach (var document in documents)
        {
            Visit(document, (owner, found) =>
            {
                if (found == name)
                {
                    change(owner, found);
                }
            });
        }

        return string.Join('\n', documents.Select(d => d!.ToJsonString()));
    }

    /// <summary>The one document of a text, or those of line-delimited JSON.</summary>
    private static IReadOnlyList<JsonNode?> Documents(string text) => text.Contains("}\n{", StringComparison.Ordinal)
        ? [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line))]
        : [JsonNode.Parse(text)];

    private static void Visit(JsonNode? node, Action<JsonObject, string> visit)
    {
        if (node is JsonObject owner)
        {
            foreach (var name in owner.Select(p => p.Key).ToList())
            {
                visit(owner, name);
                Visit(owner.ContainsKey(name) ? owner[name] : null, visit);
            }
        }
        else if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Visit(item, visit);
            }
        }
    }
}
