using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aurum.Store.Avro;

/// <summary>Avro schemas as JSON: all that <see cref="AvroType"/> holds. A named type is written where it stands first, and by its name
/// after that.</summary>
public static class AvroSchemaJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Indented =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static string Write(AvroType type, bool isIndented = false) =>
        ToJson(type, "", new HashSet<string>(StringComparer.Ordinal)).ToJsonString(isIndented ? Indented : Plain);

    /// <summary>Reads a schema.</summary>
    /// <param name="json">A schema.</param>
    /// <param name="known">Named types of other schemas that it may refer to, by full name.</param>
    /// <exception cref="FormatException">Not an Avro schema: says where, what is expected and what was found.</exception>
    public static AvroType Read(string json, IReadOnlyDictionary<string, AvroType>? known = null) =>
        new AvroSchemaParser(known).Parse(json);

    private static JsonNode ToJson(AvroType type, string space, HashSet<string> written)
    {
        if (type.IsNamed && !written.Add(type.FullName))
        {
            return JsonValue.Create(type.Namespace == space ? type.Name : type.FullName);
        }

        switch (type.Kind)
        {
            case AvroKind.Union:
                return new JsonArray([.. type.Branches.Select(b => ToJson(b, space, written))]);
            case AvroKind.Record:
                var record = Named(type, "record", space);
                record["fields"] = new JsonArray([.. type.Fields.Select(f => FieldJson(f, type.Namespace, written))]);
                return record;
            case AvroKind.Array:
                var array = new JsonObject { ["type"] = "array", ["items"] = ToJson(type.Items!, space, written) };
                return type.ElementId is { } id ? With(array, "element-id", id)
                    : type.LogicalType is { } kind ? With(array, "logicalType", kind)
                    : array;
            case AvroKind.Map:
                return new JsonObject { ["type"] = "map", ["values"] = ToJson(type.Items!, space, written) };
            case AvroKind.Enum:
                var symbols = Named(type, "enum", space);
                symbols["symbols"] = new JsonArray([.. type.Symbols.Select(s => JsonValue.Create(s))]);
                return type.DefaultSymbol is { } other ? With(symbols, "default", other) : symbols;
            case AvroKind.Fixed:
                return Attributed(With(Named(type, "fixed", space), "size", type.SizeBytes), type);
            default:
                var name = AvroType.KindName(type.Kind);
                return type.LogicalType is null ? JsonValue.Create(name) : Attributed(new JsonObject { ["type"] = name }, type);
        }
    }

    private static JsonObject Named(AvroType type, string kind, string space)
    {
        var json = new JsonObject { ["type"] = kind, ["name"] = type.Name };
        if (type.Namespace != space)
        {
            json["namespace"] = type.Namespace;
        }

        if (type.Doc is { } doc)
        {
            json["doc"] = doc;
        }

        return type.Aliases.Count > 0 ? With(json, "aliases", Texts(type.Aliases)) : json;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

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

    private static JsonObject FieldJson(AvroField field, string space, HashSet<string> written)
    {
        var json = new JsonObject { ["name"] = field.Name, ["type"] = ToJson(field.Type, space, written) };
        if (field.Id >= 0)
        {
            json["field-id"] = field.Id;
        }

        if (field.Doc is { } doc)
        {
            json["doc"] = doc;
        }

        if (field.HasDefault)
        {
            json["default"] = field.Default?.DeepClone();
        }

        return field.Aliases.Count > 0 ? With(json, "aliases", Texts(field.Aliases)) : json;
    }
}
