using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.Store.Avro;

namespace Aurum.Tests.Store.Avro;

/// <summary>Random values of a schema, and whether a value is what another program printed of it.</summary>
internal static class AvroSamples
{
    private const int MaxItems = 4;

    public static byte[] Bytes(AvroType type, object? value)
    {
        using var buffer = new AvroBuffer();
        AvroWriter.Write(buffer, type, value);
        return buffer.ToArray();
    }

    /// <summary>A schema of records each of which has the one before twice as a default: so many times two makes 2 to that power of
    /// values.</summary>
    public static string DoublingDefaults(int levels)
    {
        var fields = Enumerable.Range(1, levels).Select(static i =>
            $"{{\"name\":\"f{i}\",\"type\":{{\"type\":\"record\",\"name\":\"R{i}\",\"fields\":[{Half("a", i - 1)},{Half("b", i - 1)}]}}}}");
        const string first = "{\"name\":\"f0\",\"type\":{\"type\":\"record\",\"name\":\"R0\",\"fields\":[]}}";
        return $"{{\"type\":\"record\",\"name\":\"Top\",\"fields\":[{string.Join(",\n", fields.Prepend(first))}]}}";

        static string Half(string name, int of) => $"{{\"name\":\"{name}\",\"type\":\"R{of}\",\"default\":{{}}}}";
    }

    /// <summary>A value; ever smaller inside of others, so that types that hold themselves come to an end.</summary>
    public static object? Random(AvroType type, Random random, int depth = 0) => type.Kind switch
    {
        AvroKind.Null => null,
        AvroKind.Boolean => random.Next(2) == 1,
        AvroKind.Int => random.Next(int.MinValue, int.MaxValue) >> random.Next(32),
        AvroKind.Long => random.NextInt64(-(1L << 52), 1L << 52) >> random.Next(52),
        AvroKind.Float => (float)(random.NextDouble() * 1000) - 500,
        AvroKind.Double => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 12)),
        AvroKind.String => Text(random),
        AvroKind.Bytes => Bytes(random, random.Next(12)),
        AvroKind.Fixed => Bytes(random, type.SizeBytes),
        AvroKind.Enum => type.Symbols[random.Next(type.Symbols.Count)],
        AvroKind.Union => Random(
            depth > 6 && type.Branches.Any(b => b.Kind == AvroKind.Null) ? AvroType.Null : type.Branches[random.Next(type.Branches.Count)],
            random, depth + 1),
        AvroKind.Array => Enumerable.Range(0, Items(random, depth)).Select(_ => Random(type.Items!, random, depth + 1)).ToList(),
        AvroKind.Map => Enumerable.Range(0, Items(random, depth))
            .ToDictionary(i => $"{i}{Text(random)}", _ => Random(type.Items!, random, depth + 1)),
        _ => Record(type, random, depth),
    };

    /// <summary>Whether a value is the same as JSON of avsc, in which bytes are <c>hex:</c> and their digits.</summary>
    public static bool IsSame(AvroType type, object? ours, JsonElement theirs) => (type.Kind, ours) switch
    {
        (AvroKind.Union, _) => type.Branches.Any(b => IsOf(b, ours) && IsSame(b, ours, theirs)),
        (_, null) => theirs.ValueKind == JsonValueKind.Null,
        (_, bool flag) => theirs.ValueKind == (flag ? JsonValueKind.True : JsonValueKind.False),
        (_, int number) => theirs.ValueKind == JsonValueKind.Number && theirs.GetDouble() == number,
        (_, long number) => theirs.ValueKind == JsonValueKind.Number && theirs.GetDouble() == number,
        (_, float number) => theirs.ValueKind == JsonValueKind.Number && (float)theirs.GetDouble() == number,
        (_, double number) => theirs.ValueKind == JsonValueKind.Number && theirs.GetDouble() == number,
        (_, string text) => theirs.ValueKind == JsonValueKind.String && theirs.GetString() == text,
        (_, byte[] bytes) => theirs.ValueKind == JsonValueKind.String && theirs.GetString() == "hex:" + Convert.ToHexStringLower(bytes),
        (_, AvroRecord record) => theirs.ValueKind == JsonValueKind.Object
            && type.Fields.All(f => IsSame(f.Type, record[f.Key], theirs.GetProperty(f.Name))),
        (_, IReadOnlyDictionary<string, object?> map) => theirs.ValueKind == JsonValueKind.Object
            && theirs.EnumerateObject().Count() == map.Count
            && map.All(e => theirs.TryGetProperty(e.Key, out var value) && IsSame(type.Items!, e.Value, value)),
        (_, IReadOnlyCollection<object?> items) => theirs.ValueKind == JsonValueKind.Array && theirs.GetArrayLength() == items.Count
            && items.Zip(theirs.EnumerateArray()).All(p => IsSame(type.Items!, p.First, p.Second)),
        _ => false,
    };

    private static bool IsOf(AvroType type, object? value) => type.Kind switch
    {
        AvroKind.Null => value is null,
        AvroKind.Boolean => value is bool,
        AvroKind.Int => value is int,
        AvroKind.Long => value is long,
        AvroKind.Float => value is float,
        AvroKind.Double => value is double,
        AvroKind.String or AvroKind.Enum => value is string,
        AvroKind.Bytes or AvroKind.Fixed => value is byte[],
        AvroKind.Record => value is AvroRecord record && record.Type?.FullName == type.FullName,
        AvroKind.Map => value is IReadOnlyDictionary<string, object?>,
        _ => value is List<object?>,
    };

    private static AvroRecord Record(AvroType type, Random random, int depth)
    {
        var record = new AvroRecord(type);
        foreach (var field in type.Fields)
        {
            record[field.Key] = Random(field.Type, random, depth + 1);
        }

        return record;
    }

    private static int Items(Random random, int depth) => depth > 6 ? 0 : random.Next(MaxItems);

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Letters of one, two, three and four bytes.</summary>
    private static string Text(Random random)
    {
        string[] letters = ["a", "Z", "9", "|", "\"", "\n", "é", "ł", "€", "日", "\U0001F600"];
        var text = new StringBuilder();
        for (var i = random.Next(10); i > 0; i--)
        {
            text.Append(letters[random.Next(letters.Length)]);
        }

        return text.Append(random.Next(100).ToString(CultureInfo.InvariantCulture)).ToString();
    }
}
