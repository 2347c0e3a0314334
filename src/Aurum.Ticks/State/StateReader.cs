using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Aurum.Ticks.State;

/// <summary>Reads what <see cref="StateWriter"/> wrote. Whatever the bytes are, it throws <see cref="InvalidDataException"/> or gives what
/// they say, and takes no more memory than they have bytes.</summary>
/// <param name="bytes">What was written.</param>
/// <param name="what">What it is, for errors: <c>frame</c>.</param>
internal ref struct StateReader(ReadOnlySpan<byte> bytes, string what)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read.</summary>
    public int Position { get; private set; }

    public readonly int Left => _bytes.Length - Position;

    public bool Bool() => Bytes(1)[0] switch
    {
        0 => false,
        1 => true,
        var other => throw Wrong("0 or 1", other),
    };

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(sizeof(double)));

    public Int128 Int128() => BinaryPrimitives.ReadInt128LittleEndian(Bytes(16));

    /// <summary>A number from 0 to below a limit.</summary>
    public int Index(int limit)
    {
        var index = Int32();
        return (uint)index < (uint)limit ? index : throw Wrong($"a number below {limit}", index);
    }

    /// <summary>Number of items that follow.</summary>
    /// <param name="leastBytes">Fewest bytes of one; so many have to be there.</param>
    public int Count(int leastBytes)
    {
        var count = Int32();
        return count >= 0 && count <= Left / leastBytes
            ? count
            : throw Wrong($"a count of items of {leastBytes} bytes or more in {Left} bytes", count);
    }

    public string Text()
    {
        var bytes = Bytes();
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Wrong("UTF-8", "other bytes");
    }

    /// <summary>Bytes with their length before them.</summary>
    public ReadOnlySpan<byte> Bytes() => Bytes(Count(1));

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if ((uint)length > (uint)Left)
        {
            throw Wrong($"{length} bytes more", Left);
        }

        Position += length;
        return _bytes.Slice(Position - length, length);
    }

    /// <summary>Structs as they were in memory.</summary>
    public void Raw<T>(Span<T> to)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(to);
        Bytes(bytes.Length).CopyTo(bytes);
    }

    /// <summary>Steps over the zeros that <see cref="StateWriter.Align"/> wrote.</summary>
    public void Align()
    {
        if (Bytes(-Position & 7).ContainsAnyExcept((byte)0))
        {
            throw Wrong("zeros", "other bytes");
        }
    }

    /// <summary>Says that nothing may follow.</summary>
    public readonly void End()
    {
        if (Left > 0)
        {
            throw Wrong("the end", $"{Left} bytes more");
        }
    }

    /// <summary>What to throw.</summary>
    public readonly InvalidDataException Wrong(string expected, object found) =>
        new(FormattableString.Invariant($"{what}: byte {Position}: expected {expected}, found {found}"));
}
