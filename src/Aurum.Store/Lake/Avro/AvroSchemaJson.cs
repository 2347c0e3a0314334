using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aurum.Store.Lake.Avro;

/// <summary>Avro schemas as the JSON that stands in a file's header.</summary>
internal static class AvroSchemaJson
{
    /// <summary>Types inside of types.</summary>
    private const int MaxDepth = 32;

    private static readonly Dictionary<string, AvroKind> Primitives = new(StringComparer.Ordinal)
    {
        ["null"] = AvroKind.Null,
        ["boolean"] = AvroKind.Boolean,
        ["int"] = AvroKind.Int,
        ["long"] = AvroKind.Long,
        ["float"] = AvroKind.Float,
        ["double"] = AvroKind.Double,
        ["bytes"] = AvroKind.Bytes,
        ["string"] = AvroKind.String,
    };

    public static string Write(AvroType type) => ToJson(type).ToJsonString();

    /// <exception cref="FormatException">Not an Avro schema.</exception>
    public static AvroType Read(string json)
    {
        try
        {
            return Parse(JsonNode.Parse(json), [], 0);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException
            or NullReferenceException)
        {
            throw new FormatException($"expected an Avro schema, found {json[..Math.Min(json.Length, 80)]}", error);
        }
    }

    private static JsonNode ToJson(AvroType type)
    {
        switch (type.Kind)
        {
            case AvroKind.Union:
                return new JsonArray([.. type.Branches.Select(ToJson)]);
            case AvroKind.Record:
                return new JsonObject
                {
                    ["type"] = "record",
                    ["name"] = type.Name,
                    ["fields"] = new JsonArray([.. type.Fields.Select(FieldJson)]),
                };
            case AvroKind.Array:
                var array = new JsonObject { ["type"] = "array", ["items"] = ToJson(type.Items!) };
                return type.ElementId is { } id ? With(array, "element-id", id)
                    : type.LogicalType is { } kind ? With(array, "logicalType", kind)
                    : array;
            case AvroKind.Fixed:
                return Attributed(
                    new JsonObject { ["type"] = "fixed", ["name"] = type.Name, ["size"] = type.SizeBytes }, type);
            default:
                var name = Primitives.First(p => p.Value == type.Kind).Key;
                return type.LogicalType is null ? JsonValue.Create(name) : Attributed(new JsonObject { ["type"] = name }, type);
        }
    }

    private static JsonObject Attributed(JsonObject json, AvroType type)
    {
        foreach (var (name, value) in type.Attributes)
        {
            json[name] = value.DeepClone();
        }

        return type.LogicalType is { } logical ? With(json, "logicalType", logical) : json;
    }

    private static JsonObject With(JsonObject json, string name, JsonNode value)
    {
        json[name] = value;
        return json;
    }

    private static JsonNode FieldJson(AvroField field)
    {
        var json = new JsonObject { ["name"] = field.Name, ["type"] = ToJson(field.Type), ["field-id"] = field.Id };
        if (field.Type.Kind == AvroKind.Union)
        {
            json["default"] = null;
        }

        return json;
    }

    private static AvroType Parse(JsonNode? node, Dictionary<string, AvroType> named, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException($"expected at most {MaxDepth} types inside of each other");
        }

        switch (node)
        {
            case JsonArray branches:
                return new AvroType(AvroKind.Union) { Branches = [.. branches.Select(b => Parse(b, named, depth + 1))] };
            case JsonValue value when value.TryGetValue<string>(out var name):
                return Primitives.TryGetValue(name, out var kind) ? new AvroType(kind) : named[name];
            case JsonObject type:
                return ParseObject(type, named, depth);
            default:
                throw new FormatException($"expected an Avro type, found {node?.ToJsonString() ?? "null"}");
        }
    }

    private static AvroType ParseObject(JsonObject json, Dictionary<string, AvroType> named, int depth)
    {
        if (json["type"] is not JsonValue value || !value.TryGetValue<string>(out var name))
        {
            return Parse(json["type"], named, depth + 1);
        }

        switch (name)
        {
            case "record":
                var record = AvroType.Record(
                    json["name"]!.GetValue<string>(),
                    [.. json["fields"]!.AsArray().Select(f => ParseField(f!.AsObject(), named, depth))]);
                return named[record.Name] = record;
            case "array":
                return new AvroType(AvroKind.Array)
                {
                    Items = Parse(json["items"], named, depth + 1),
                    ElementId = json["element-id"]?.GetValue<int>(),
                    LogicalType = json["logicalType"]?.GetValue<string>(),
                };
            case "map":
                return new AvroType(AvroKind.Map) { Items = Parse(json["values"], named, depth + 1) };
            case "fixed":
                var type = new AvroType(AvroKind.Fixed)
                {
                    Name = json["name"]!.GetValue<string>(),
                    SizeBytes = json["size"]!.GetValue<int>(),
                    LogicalType = json["logicalType"]?.GetValue<string>(),
                };
                return named[type.Name] = type;
            default:
                return Parse(json["type"], named, depth + 1) with { LogicalType = json["logicalType"]?.GetValue<string>() };
        }
    }

    private static AvroField ParseField(JsonObject field, Dictionary<string, AvroType> named, int depth) => new(
        field["name"]!.GetValue<string>(), field["field-id"]?.GetValue<int>() ?? -1, Parse(field["type"], named, depth + 1));
}
