using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Aurum.Store.Avro;

/// <summary>Bytes in Avro's binary form, written one value after the other into a pooled array that grows.</summary>
/// <remarks>Allocates nothing per value. Not for several threads.</remarks>
public sealed class AvroBuffer : IDisposable
{
    /// <summary>Bytes that a buffer may hold.</summary>
    public const int MaxBytes = 1 << 30;

    private const int FirstBytes = 4096;
    private const int MaxLongBytes = 10;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);

    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>A part of what was written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Part(int start, int length) => _bytes.AsMemory(start, length);

    /// <summary>Forgets what was written from a place on; 0: all.</summary>
    public void Truncate(int length = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length);
        Length = length;
    }

    /// <summary>A number in variable length: small ones of either sign take a byte.</summary>
    public void WriteLong(long value)
    {
        var zigzag = (ulong)((value << 1) ^ (value >> 63));
        var room = Room(MaxLongBytes);
        var at = 0;
        while (zigzag >= 0x80)
        {
            room[at++] = (byte)(zigzag | 0x80);
            zigzag >>= 7;
        }

        room[at++] = (byte)zigzag;
        Length += at;
    }

    public void WriteByte(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    public void WriteFloat(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(Room(sizeof(float)), value);
        Length += sizeof(float);
    }

    public void WriteDouble(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);
        Length += sizeof(double);
    }

    /// <summary>Bytes or UTF-8 text with their length before them.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteLong(bytes.Length);
        WriteRaw(bytes);
    }

    /// <summary>A text with its length before it.</summary>
    public void WriteText(string text)
    {
        WriteLong(Encoding.UTF8.GetByteCount(text));
        var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, room);
    }

    /// <summary>Bytes as they are.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Room for so many bytes, of which the caller says with <see cref="Advance"/> how many it took.</summary>
    public Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Grow(bytes);
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int bytes) => Length += bytes;

    public byte[] ToArray() => Written.ToArray();

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    private void Grow(int bytes)
    {
        var wanted = (long)Length + bytes;
        if (wanted > MaxBytes)
        {
            throw new InvalidOperationException($"expected at most {MaxBytes} bytes of Avro in a buffer, found {wanted}");
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(wanted, Math.Max(FirstBytes, 2L * Length)), MaxBytes));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
