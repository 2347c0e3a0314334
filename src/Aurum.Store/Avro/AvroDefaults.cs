using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aurum.Store.Avro;

/// <summary>Defaults of fields: JSON in the schema, values to a reader.</summary>
/// <remarks>Source: "default" under "Complex Types, Records" in the Avro specification 1.11: that of a union is of its first branch, bytes
/// are letters up to U+00FF. A record's default takes the defaults of the fields that it leaves out, and so does each of theirs: a few
/// words of a schema could become any number of values, so they are counted.</remarks>
internal sealed class AvroDefaults
{
    private const char LastByteLetter = '\u00FF';

    /// <summary>Values of all defaults of a schema.</summary>
    private const int MaxValues = 1 << 16;

    /// <summary>Letters of all texts and bytes among them: as many as a schema itself may have.</summary>
    private const int MaxLetters = AvroSchemaParser.MaxLetters;

    private int _values;
    private long _letters;

    /// <summary>Looks at one default of a schema; all of a schema are looked at by one object.</summary>
    /// <exception cref="FormatException">The default is not of the type, or too much together with those before.</exception>
    public void Check(JsonNode? json, AvroType type, string path) => Value(json, type, path, 0);

    /// <summary>What a reader takes for a field that the writer does not have.</summary>
    public static object? Value(AvroField field) => new AvroDefaults().Value(field.Default, field.Type, field.Name, 0);

    private object? Value(JsonNode? json, AvroType type, string path, int depth)
    {
        if (depth > AvroReader.MaxDepth)
        {
            throw new FormatException($"{path}: expected a default of at most {AvroReader.MaxDepth} values inside of each other");
        }

        if (type.Kind == AvroKind.Union)
        {
            return Value(json, type.Branches[0], path, depth + 1);
        }

        Count(json, path);
        switch (type.Kind)
        {
            case AvroKind.Null when json is null:
                return null;
            case AvroKind.Boolean when json is JsonValue value && value.TryGetValue<bool>(out var flag):
                return flag;
            case AvroKind.Int when json is JsonValue value && value.TryGetValue<int>(out var whole):
                return whole;
            case AvroKind.Long when json is JsonValue value && value.TryGetValue<long>(out var wide):
                return wide;
            case AvroKind.Float when IsNumber(json):
                return (float)json!.GetValue<double>();
            case AvroKind.Double when IsNumber(json):
                return json!.GetValue<double>();
            case AvroKind.String when json is JsonValue value && value.TryGetValue<string>(out var text):
                return text;
            case AvroKind.Enum when json is JsonValue value && value.TryGetValue<string>(out var symbol) && type.Symbols.Contains(symbol):
                return symbol;
            case AvroKind.Bytes when BytesOf(json) is { } bytes:
                return bytes;
            case AvroKind.Fixed when BytesOf(json) is { } bytes && bytes.Length == type.SizeBytes:
                return bytes;
            case AvroKind.Array when json is JsonArray items:
                return items.Select((item, i) => Value(item, type.Items!, $"{path}/{i}", depth + 1)).ToList();
            case AvroKind.Map when json is JsonObject entries:
                return entries.ToDictionary(
                    e => e.Key, e => Value(e.Value, type.Items!, $"{path}/{e.Key}", depth + 1), StringComparer.Ordinal);
            case AvroKind.Record when json is JsonObject fields:
                return RecordOf(fields, type, path, depth);
            default:
                throw new FormatException($"{path}: expected a default of type {type}, found {json?.ToJsonString() ?? "null"}");
        }
    }

    /// <summary>Counts a value before it is made.</summary>
    private void Count(JsonNode? json, string path)
    {
        if (++_values > MaxValues)
        {
            throw new FormatException($"{path}: expected defaults of at most {MaxValues} values in a schema, found more");
        }

        _letters += json is JsonValue value && value.TryGetValue<string>(out var text) ? text.Length : 0;
        if (_letters > MaxLetters)
        {
            throw new FormatException($"{path}: expected defaults of at most {MaxLetters} letters in a schema, found more");
        }
    }

    private AvroRecord RecordOf(JsonObject json, AvroType type, string path, int depth)
    {
        var record = new AvroRecord(type);
        foreach (var field in type.Fields)
        {
            record[field.Key] = json.ContainsKey(field.Name) ? Value(json[field.Name], field.Type, $"{path}/{field.Name}", depth + 1)
                : field.HasDefault ? Value(field.Default, field.Type, $"{path}/{field.Name}", depth + 1)
                : throw new FormatException($"{path}: expected a default with the field {field.Name}, found {AvroNodes.Shown(json)}");
        }

        return record;
    }

    private static bool IsNumber(JsonNode? json) => json?.GetValueKind() == JsonValueKind.Number;

    private static byte[]? BytesOf(JsonNode? json) =>
        json is JsonValue value && value.TryGetValue<string>(out var text) && text.All(static c => c <= LastByteLetter)
            ? [.. text.Select(static c => (byte)c)]
            : null;
}
