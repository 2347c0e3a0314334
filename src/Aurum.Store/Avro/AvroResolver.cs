using System.Text;
using System.Text.Unicode;

namespace Aurum.Store.Avro;

/// <summary>Reads values that were written with one schema as values of another.</summary>
/// <remarks>Source: "Schema Resolution" in the Avro specification 1.11. A value that goes into a union becomes its branch of the same
/// kind and full name, else its first one of the same kind and name, else the first that it can become at all.</remarks>
public sealed class AvroResolver
{
    private readonly Dictionary<(AvroType Reader, AvroType Writer), bool> _held = [];
    private readonly Dictionary<(AvroType Reader, AvroType Writer), RecordPlan> _plans = [];

    /// <param name="reader">What is wanted.</param>
    /// <param name="writer">What was written.</param>
    /// <exception cref="FormatException">The one cannot be read as the other: says where and why.</exception>
    public AvroResolver(AvroType reader, AvroType writer)
    {
        (Reader, Writer) = (reader, writer);
        if (AvroCompatibility.Check(reader, writer) is [var first, ..] all)
        {
            throw new FormatException($"expected data of {reader}, found data of {writer} that cannot be read so: {first}"
                + (all.Count > 1 ? $" (and {all.Count - 1} more)" : ""));
        }
    }

    public AvroType Reader { get; }

    public AvroType Writer { get; }

    /// <summary>A value of the reader's schema, as described at <see cref="AvroRecord"/>.</summary>
    /// <exception cref="FormatException">The bytes are not of the writer's schema.</exception>
    public object? Read(ref AvroReader bytes) => Read(ref bytes, Reader, Writer);

    /// <summary>The one value that the bytes are.</summary>
    /// <exception cref="FormatException">They are not, or more follows.</exception>
    public object? Read(ReadOnlySpan<byte> bytes)
    {
        var source = new AvroReader(bytes);
        var value = Read(ref source);
        return source.IsAtEnd
            ? value
            : throw new FormatException($"expected a value of {bytes.Length} bytes, found one that ends after {source.Position}");
    }

    private object? Read(ref AvroReader bytes, AvroType reader, AvroType writer)
    {
        bytes.Enter();
        var value = ReadInside(ref bytes, reader, writer);
        bytes.Leave();
        return value;
    }

    private object? ReadInside(ref AvroReader bytes, AvroType reader, AvroType writer)
    {
        if (writer.Kind == AvroKind.Union)
        {
            return Read(ref bytes, reader, writer.Branches[bytes.ReadIndex(writer.Branches.Count, "branches")]);
        }

        if (reader.Kind == AvroKind.Union)
        {
            return Read(ref bytes, BranchOf(reader, writer), writer);
        }

        return writer.Kind switch
        {
            AvroKind.Record => ReadRecord(ref bytes, reader, writer),
            AvroKind.Array => ReadArray(ref bytes, reader.Items!, writer.Items!),
            AvroKind.Map => ReadMap(ref bytes, reader.Items!, writer.Items!),
            AvroKind.Enum => ReadSymbol(ref bytes, reader, writer),
            _ => Promoted(reader.Kind, bytes.Read(writer)),
        };
    }

    private static object? Promoted(AvroKind kind, object? value) => (kind, value) switch
    {
        (AvroKind.Long, int number) => (long)number,
        (AvroKind.Float, int number) => (float)number,
        (AvroKind.Double, int number) => (double)number,
        (AvroKind.Float, long number) => (float)number,
        (AvroKind.Double, long number) => (double)number,
        (AvroKind.Double, float number) => (double)number,
        (AvroKind.Bytes, string text) => Encoding.UTF8.GetBytes(text),
        (AvroKind.String, byte[] bytes) => Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw new FormatException($"expected UTF-8 in {bytes.Length} bytes that are read as a string"),
        _ => value,
    };

    private static string ReadSymbol(ref AvroReader bytes, AvroType reader, AvroType writer)
    {
        var symbol = writer.Symbols[bytes.ReadIndex(writer.Symbols.Count, "symbols")];
        return reader.Symbols.Contains(symbol)
            ? symbol
            : reader.DefaultSymbol ?? throw new FormatException($"expected one of {string.Join(", ", reader.Symbols)}, found {symbol}");
    }

    private AvroRecord ReadRecord(ref AvroReader bytes, AvroType reader, AvroType writer)
    {
        if (!_plans.TryGetValue((reader, writer), out var plan))
        {
            _plans[(reader, writer)] = plan = RecordPlan.Of(reader, writer);
        }

        var record = new AvroRecord(reader);
        for (var i = 0; i < writer.Fields.Count; i++)
        {
            if (plan.Into[i] is { } field)
            {
                record[field.Key] = Read(ref bytes, field.Type, writer.Fields[i].Type);
            }
            else
            {
                bytes.Read(writer.Fields[i].Type);
            }
        }

        foreach (var field in plan.Missing)
        {
            record[field.Key] = AvroDefaults.Value(field);
        }

        return record;
    }

    private List<object?> ReadArray(ref AvroReader bytes, AvroType reader, AvroType writer)
    {
        var list = new List<object?>();
        for (var count = bytes.ReadBlockCount(); count != 0; count = bytes.ReadBlockCount())
        {
            for (var i = 0L; i < count; i++)
            {
                list.Add(Read(ref bytes, reader, writer));
            }
        }

        return list;
    }

    private Dictionary<string, object?> ReadMap(ref AvroReader bytes, AvroType reader, AvroType writer)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var count = bytes.ReadBlockCount(); count != 0; count = bytes.ReadBlockCount())
        {
            for (var i = 0L; i < count; i++)
            {
                var key = bytes.ReadText();
                map[key] = Read(ref bytes, reader, writer);
            }
        }

        return map;
    }

    private AvroType BranchOf(AvroType reader, AvroType writer) =>
        reader.Branches.FirstOrDefault(b => b.Kind == writer.Kind && b.FullName == writer.FullName && Holds(b, writer))
        ?? reader.Branches.FirstOrDefault(b => b.Kind == writer.Kind && Holds(b, writer))
        ?? reader.Branches.FirstOrDefault(b => Holds(b, writer))
        ?? throw new FormatException($"expected one of {string.Join(", ", reader.Branches)}, found {writer}");

    private bool Holds(AvroType reader, AvroType writer)
    {
        if (!_held.TryGetValue((reader, writer), out var holds))
        {
            _held[(reader, writer)] = holds = AvroCompatibility.Check(reader, writer).Count == 0;
        }

        return holds;
    }

    /// <summary>What becomes of each field of a writer's record, and what the writer does not have.</summary>
    /// <param name="Into">The reader's field of each field of the writer; null: it is skipped.</param>
    /// <param name="Missing">Fields of the reader that take their defaults.</param>
    private sealed record RecordPlan(AvroField?[] Into, IReadOnlyList<AvroField> Missing)
    {
        public static RecordPlan Of(AvroType reader, AvroType writer)
        {
            var sources = reader.Fields.Select(f => (Field: f, From: AvroCompatibility.FieldOf(f, writer))).ToList();
            return new RecordPlan(
                [.. writer.Fields.Select(w => sources.FirstOrDefault(s => ReferenceEquals(s.From, w)).Field)],
                [.. sources.Where(static s => s.From is null).Select(static s => s.Field)]);
        }
    }
}
