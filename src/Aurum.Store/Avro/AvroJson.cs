using System.Globalization;
using System.Text.Json;

namespace Aurum.Store.Avro;

/// <summary>Avro values as JSON for people: dates and instants as ISO 8601 in UTC, decimals as numbers as far as .NET has such ones, bytes
/// as base64, a union as its value. It can't be read back as Avro.</summary>
public static class AvroJson
{
    private const long MicrosPerMilli = 1_000;

    /// <summary>Writes a value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="type">Its schema.</param>
    /// <param name="value">As <see cref="AvroReader"/> reads it.</param>
    public static void Write(Utf8JsonWriter json, AvroType type, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case AvroRecord record:
                WriteRecord(json, record.Type ?? type, record);
                break;
            case IReadOnlyDictionary<string, object?> map:
                WriteMap(json, BranchOf(type, AvroKind.Map).Items!, map);
                break;
            case List<object?> list:
                json.WriteStartArray();
                var items = BranchOf(type, AvroKind.Array).Items!;
                list.ForEach(item => Write(json, items, item));
                json.WriteEndArray();
                break;
            case byte[] bytes:
                WriteBytes(json, type, bytes);
                break;
            case bool known:
                json.WriteBooleanValue(known);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case int whole:
                WriteWhole(json, BranchOf(type, AvroKind.Int).LogicalType, whole);
                break;
            case long whole:
                WriteWhole(json, BranchOf(type, AvroKind.Long).LogicalType, whole);
                break;
            default:
                WriteNumber(json, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteRecord(Utf8JsonWriter json, AvroType type, AvroRecord record)
    {
        json.WriteStartObject();
        foreach (var field in type.Fields)
        {
            json.WritePropertyName(field.Name);
            Write(json, field.Type, record[field.Key]);
        }

        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, AvroType values, IReadOnlyDictionary<string, object?> map)
    {
        json.WriteStartObject();
        foreach (var (name, value) in map)
        {
            json.WritePropertyName(name);
            Write(json, values, value);
        }

        json.WriteEndObject();
    }

    private static void WriteBytes(Utf8JsonWriter json, AvroType type, byte[] bytes)
    {
        var of = type.Kind == AvroKind.Union
            ? type.Branches.FirstOrDefault(static b => b.Kind is AvroKind.Bytes or AvroKind.Fixed) ?? type
            : type;
        if (of.Decimal is not null && AvroDecimal.TryDecode(of, bytes, out var number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteBase64StringValue(bytes);
        }
    }

    /// <summary>What lies outside of the calendar stays a number.</summary>
    private static void WriteWhole(Utf8JsonWriter json, string? logical, long value)
    {
        var day = DateTime.UnixEpoch;
        if (logical == "date" && Math.Abs(value) <= 365L * 1_900)
        {
            json.WriteStringValue(day.AddDays(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
        else if (logical is "timestamp-micros" or "timestamp-millis" && MicrosOf(logical, value) is { } micros)
        {
            json.WriteStringValue(day.AddTicks(micros * TimeSpan.TicksPerMicrosecond)
                .ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNumberValue(value);
        }
    }

    private static long? MicrosOf(string logical, long value)
    {
        const long most = 1_900L * 365 * 86_400 * 1_000_000;
        var unit = logical == "timestamp-millis" ? MicrosPerMilli : 1;
        return value <= most / unit && value >= -most / unit ? value * unit : null;
    }

    /// <summary>JSON knows neither NaN nor infinities.</summary>
    private static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static AvroType BranchOf(AvroType type, AvroKind kind) =>
        type.Kind == AvroKind.Union ? type.Branches.FirstOrDefault(b => b.Kind == kind) ?? type : type;
}
