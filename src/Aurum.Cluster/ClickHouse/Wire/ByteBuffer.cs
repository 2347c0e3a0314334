using System.Buffers;

namespace Aurum.Cluster.ClickHouse.Wire;

/// <summary>Bytes in one pooled array that grows, and is used again after <see cref="Clear"/>.</summary>
internal sealed class ByteBuffer : IDisposable
{
    private const int LeastBytes = 4_096;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Room for more bytes at the end, which count from now on. Valid until the next call.</summary>
    public Span<byte> Take(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Grow(count);
        }

        var span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    /// <summary>As <see cref="Take"/>, for reading into.</summary>
    public Memory<byte> TakeMemory(int count)
    {
        Take(count);
        return _bytes.AsMemory(Length - count, count);
    }

    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>A length as ClickHouse writes it: seven bits a byte, the lowest first.</summary>
    public void WriteLength(int value)
    {
        var left = (uint)value;
        while (left >= 0x80)
        {
            Take(1)[0] = (byte)(left | 0x80);
            left >>= 7;
        }

        Take(1)[0] = (byte)left;
    }

    public void Clear() => Length = 0;

    public void Dispose()
    {
        Clear();
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(
            checked((int)Math.Min(Array.MaxLength, Math.Max(LeastBytes, Math.Max((long)Length + count, _bytes.Length * 2L)))));
        Span.CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
