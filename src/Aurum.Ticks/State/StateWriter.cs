using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Aurum.Ticks.State;

/// <summary>Writes numbers, texts and structs into one pooled buffer that is used again, little-endian. <see cref="StateReader"/> reads
/// them.</summary>
internal sealed class StateWriter : IDisposable
{
    private const int LeastCapacity = 4096;

    private byte[] _bytes = [];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until more is.</summary>
    public Span<byte> Span => _bytes.AsSpan(0, Length);

    /// <inheritdoc cref="Span"/>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Write(bool value) => Room(1)[0] = value ? (byte)1 : (byte)0;

    public void Write(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), value);

    public void Write(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Room(sizeof(uint)), value);

    public void Write(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);

    public void Write(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(sizeof(ulong)), value);

    public void Write(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);

    public void Write(Int128 value) => BinaryPrimitives.WriteInt128LittleEndian(Room(16), value);

    /// <summary>A text with its length before it.</summary>
    public void Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Write(length);
        Encoding.UTF8.GetBytes(text, Room(length));
    }

    /// <summary>Bytes with their length before them.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        bytes.CopyTo(Room(bytes.Length));
    }

    /// <summary>Structs as they are in memory, without their count.</summary>
    public void WriteRaw<T>(ReadOnlySpan<T> items)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(items);
        bytes.CopyTo(Room(bytes.Length));
    }

    /// <summary>Zeros up to a multiple of eight bytes.</summary>
    public void Align() => Room(-Length & 7).Clear();

    /// <summary>The next bytes, for the caller to fill.</summary>
    public Span<byte> Room(int length)
    {
        if (_bytes.Length - Length < length)
        {
            Grow(length);
        }

        Length += length;
        return _bytes.AsSpan(Length - length, length);
    }

    public void Dispose()
    {
        Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(
            checked((int)Math.Min(Array.MaxLength, Math.Max(LeastCapacity, Math.Max(_bytes.Length * 2L, (long)Length + length)))));
        Span.CopyTo(larger);
        Return(_bytes);
        _bytes = larger;
    }

    private static void Return(byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
