using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aurum.Tests.Curves.Ppa.Terms;

/// <summary>Checks a document against the part of JSON Schema 2020-12 that the contract's schema uses; fails for a keyword that it does
/// not know.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private static readonly string[] Notes = ["$schema", "$id", "$defs", "title", "description", "default", "format"];

    public bool Allows(JsonElement value) => Allows(root, value);

    private bool Allows(JsonElement schema, JsonElement value)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.ValueKind == JsonValueKind.True;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Notes.Contains(keyword.Name) && !Holds(keyword.Name, keyword.Value, schema, value))
            {
                return false;
            }
        }

        return true;
    }

    private bool Holds(string keyword, JsonElement rule, JsonElement schema, JsonElement value) => keyword switch
    {
        "$ref" => Allows(root.GetProperty("$defs").GetProperty(rule.GetString()!.Split('/')[^1]), value),
        "type" => IsOf(rule.GetString()!, value),
        "const" => JsonElement.DeepEquals(rule, value),
        "enum" => rule.EnumerateArray().Any(r => JsonElement.DeepEquals(r, value)),
        "oneOf" => rule.EnumerateArray().Count(r => Allows(r, value)) == 1,
        "anyOf" => rule.EnumerateArray().Any(r => Allows(r, value)),
        "allOf" => rule.EnumerateArray().All(r => Allows(r, value)),
        "not" => !Allows(rule, value),
        "if" => Allows(rule, value)
            ? !schema.TryGetProperty("then", out var then) || Allows(then, value)
            : !schema.TryGetProperty("else", out var other) || Allows(other, value),
        "then" or "else" => true,
        _ => value.ValueKind switch
        {
            JsonValueKind.Object => HoldsOfObject(keyword, rule, schema, value),
            JsonValueKind.Array => HoldsOfList(keyword, rule, value),
            JsonValueKind.String => HoldsOfText(keyword, rule, value.GetString()!),
            JsonValueKind.Number => HoldsOfNumber(keyword, rule, value.GetDouble()),
            _ => true,
        },
    };

    private bool HoldsOfObject(string keyword, JsonElement rule, JsonElement schema, JsonElement value) => keyword switch
    {
        "properties" => value.EnumerateObject().All(p => !rule.TryGetProperty(p.Name, out var own) || Allows(own, p.Value)),
        "additionalProperties" => rule.ValueKind == JsonValueKind.False
            && value.EnumerateObject().All(p => schema.GetProperty("properties").TryGetProperty(p.Name, out _)),
        "required" => rule.EnumerateArray().All(r => value.TryGetProperty(r.GetString()!, out _)),
        "dependentRequired" => rule.EnumerateObject().All(d => !value.TryGetProperty(d.Name, out _)
            || d.Value.EnumerateArray().All(r => value.TryGetProperty(r.GetString()!, out _))),
        _ => IsForOthers(keyword, "items", "minItems", "maxItems", "pattern", "minLength", "maxLength"),
    };

    private bool HoldsOfList(string keyword, JsonElement rule, JsonElement value) => keyword switch
    {
        "items" => value.EnumerateArray().All(item => Allows(rule, item)),
        "minItems" => value.GetArrayLength() >= rule.GetInt32(),
        "maxItems" => value.GetArrayLength() <= rule.GetInt32(),
        _ => IsForOthers(keyword, "properties", "additionalProperties", "required", "dependentRequired"),
    };

    private static bool HoldsOfText(string keyword, JsonElement rule, string value) => keyword switch
    {
        "pattern" => Regex.IsMatch(value, rule.GetString()!),
        "minLength" => value.Length >= rule.GetInt32(),
        "maxLength" => value.Length <= rule.GetInt32(),
        _ => IsForOthers(keyword, "properties", "additionalProperties", "required", "minimum", "maximum"),
    };

    private static bool HoldsOfNumber(string keyword, JsonElement rule, double value) => keyword switch
    {
        "minimum" => value >= rule.GetDouble(),
        "maximum" => value <= rule.GetDouble(),
        "exclusiveMinimum" => value > rule.GetDouble(),
        _ => IsForOthers(keyword, "properties", "additionalProperties", "required", "pattern"),
    };

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() % 1 == 0,
        _ => throw new NotSupportedException(type),
    };

    private static bool IsForOthers(string keyword, params string[] others) =>
        others.Contains(keyword) ? true : throw new NotSupportedException(keyword);
}
