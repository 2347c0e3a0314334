using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Aurum.Store.Avro;

/// <summary>Reads values in Avro's binary form; the counterpart of <see cref="AvroWriter"/>. Never reads beyond its bytes, and makes
/// no more values than such a number of bytes can hold.</summary>
public ref struct AvroReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>Values inside of values.</summary>
    public const int MaxDepth = 256;

    /// <summary>Values that take no bytes, and those around others (record, union, list), come out of this budget.</summary>
    private const int ValuesPerByte = 8;

    private const int LeastValues = 1 << 16;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private long _valuesLeft = ((long)bytes.Length * ValuesPerByte) + LeastValues;
    private int _depth;

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position == _bytes.Length;

    private readonly int BytesLeft => _bytes.Length - Position;

    /// <exception cref="FormatException">The bytes are not of the type, or end too early.</exception>
    public object? Read(AvroType type)
    {
        Enter();
        var value = ReadInside(type);
        Leave();
        return value;
    }

    public int ReadInt()
    {
        var value = ReadLong();
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new FormatException($"expected an Avro int before byte {Position}, found {value}");
    }

    public long ReadLong()
    {
        ulong zigzag = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            zigzag |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
            }
        }

        throw new FormatException("expected an Avro number of at most 10 bytes");
    }

    public bool ReadBoolean() => Take(1)[0] switch
    {
        0 => false,
        1 => true,
        var other => throw new FormatException($"expected an Avro boolean at byte {Position - 1}, 0 or 1, found {other}"),
    };

    public float ReadFloat() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadLong());

    /// <exception cref="FormatException">Not UTF-8.</exception>
    public string ReadText()
    {
        var text = ReadBytes();
        return Utf8.IsValid(text)
            ? Encoding.UTF8.GetString(text)
            : throw new FormatException($"expected UTF-8 in the {text.Length} bytes before byte {Position}");
    }

    /// <summary>Index of a branch of a union or of a symbol of an enum.</summary>
    public int ReadIndex(int count, string what)
    {
        var index = ReadLong();
        return index >= 0 && index < count
            ? (int)index
            : throw new FormatException($"expected one of {count} Avro {what}, found {index}");
    }

    /// <summary>Items of the next block of an array or map; 0: there is none.</summary>
    public long ReadBlockCount()
    {
        var count = ReadLong();
        if (count < 0)
        {
            ReadLong();
            count = count == long.MinValue ? long.MaxValue : -count;
        }

        return count <= _valuesLeft
            ? count
            : throw new FormatException($"expected an Avro block of at most {_valuesLeft} items, found {count}");
    }

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > BytesLeft)
        {
            throw new FormatException($"expected {count} more bytes at byte {Position}, found {BytesLeft}");
        }

        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>Begins a value: each is counted, and so is how deep it lies.</summary>
    /// <exception cref="FormatException">Too many or too deep.</exception>
    internal void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new FormatException($"expected at most {MaxDepth} Avro values inside of each other");
        }

        if (--_valuesLeft < 0)
        {
            throw new FormatException($"expected fewer Avro values than {_bytes.Length} bytes were found to hold");
        }
    }

    internal void Leave() => _depth--;

    private object? ReadInside(AvroType type)
    {
        switch (type.Kind)
        {
            case AvroKind.Null:
                return null;
            case AvroKind.Boolean:
                return ReadBoolean();
            case AvroKind.Int:
                return ReadInt();
            case AvroKind.Long:
                return ReadLong();
            case AvroKind.Float:
                return ReadFloat();
            case AvroKind.Double:
                return ReadDouble();
            case AvroKind.Bytes:
                return ReadBytes().ToArray();
            case AvroKind.String:
                return ReadText();
            case AvroKind.Fixed:
                return Take(type.SizeBytes).ToArray();
            case AvroKind.Enum:
                return type.Symbols[ReadIndex(type.Symbols.Count, "symbols")];
            case AvroKind.Union:
                return Read(type.Branches[ReadIndex(type.Branches.Count, "branches")]);
            case AvroKind.Record:
                return ReadRecord(type);
            case AvroKind.Map:
                return ReadMap(type.Items!);
            default:
                return ReadArray(type.Items!);
        }
    }

    private AvroRecord ReadRecord(AvroType type)
    {
        var record = new AvroRecord(type);
        foreach (var field in type.Fields)
        {
            record[field.Key] = Read(field.Type);
        }

        return record;
    }

    private List<object?> ReadArray(AvroType items)
    {
        var list = new List<object?>();
        for (var count = ReadBlockCount(); count != 0; count = ReadBlockCount())
        {
            for (var i = 0L; i < count; i++)
            {
                list.Add(Read(items));
            }
        }

        return list;
    }

    private Dictionary<string, object?> ReadMap(AvroType values)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var count = ReadBlockCount(); count != 0; count = ReadBlockCount())
        {
            for (var i = 0L; i < count; i++)
            {
                var key = ReadText();
                map[key] = Read(values);
            }
        }

        return map;
    }
}
