using System.Buffers.Binary;
using System.Text;

namespace Aurum.Store.Lake.Avro;

/// <summary>Reads values in Avro's binary form; the counterpart of <see cref="AvroWriter"/>. Never reads beyond its bytes.</summary>
internal ref struct AvroReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position == _bytes.Length;

    /// <exception cref="FormatException">The bytes are not of the type, or end too early.</exception>
    public object? Read(AvroType type)
    {
        switch (type.Kind)
        {
            case AvroKind.Null:
                return null;
            case AvroKind.Boolean:
                return Take(1)[0] != 0;
            case AvroKind.Int:
                return checked((int)ReadLong());
            case AvroKind.Long:
                return ReadLong();
            case AvroKind.Float:
                return BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
            case AvroKind.Double:
                return BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));
            case AvroKind.Bytes:
                return ReadBytes().ToArray();
            case AvroKind.String:
                return Encoding.UTF8.GetString(ReadBytes());
            case AvroKind.Fixed:
                return Take(type.SizeBytes).ToArray();
            case AvroKind.Union:
                var branch = ReadLong();
                return branch >= 0 && branch < type.Branches.Count
                    ? Read(type.Branches[(int)branch])
                    : throw new FormatException($"expected one of {type.Branches.Count} Avro branches, found {branch}");
            case AvroKind.Record:
                return ReadRecord(type);
            default:
                return ReadItems(type);
        }
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

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadLong());

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _bytes.Length - Position)
        {
            throw new FormatException($"expected {count} more bytes at byte {Position}, found {_bytes.Length - Position}");
        }

        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    private AvroRecord ReadRecord(AvroType type)
    {
        var record = new AvroRecord();
        foreach (var field in type.Fields)
        {
            record[field.Id] = Read(field.Type);
        }

        return record;
    }

    /// <summary>An array, or a map of which only the values are kept: manifests have none of text keys that we ask for.</summary>
    private List<object?> ReadItems(AvroType type)
    {
        var items = new List<object?>();
        for (var count = ReadLong(); count != 0; count = ReadLong())
        {
            if (count < 0)
            {
                ReadLong();
                count = -count;
            }

            if (count < 0 || count > _bytes.Length - Position)
            {
                throw new FormatException($"expected an Avro block of at most {_bytes.Length - Position} items, found {count}");
            }

            for (var i = 0L; i < count; i++)
            {
                if (type.Kind == AvroKind.Map)
                {
                    ReadBytes();
                }

                items.Add(Read(type.Items!));
            }
        }

        return items;
    }
}
