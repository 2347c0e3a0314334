using System.Buffers;
using Aurum.App.Api.Requests;

namespace Aurum.App.Api.Responses;

/// <summary>A growing block of bytes from the array pool: an answer is written into it before its ETag is known and its first
/// byte sent.</summary>
internal sealed class PooledBytes(int capacity = 16 << 10) : IBufferWriter<byte>, IDisposable
{
    /// <summary>Bytes at most: 5,000 rows of the widest kind are a few MB.</summary>
    public const int MaxBytes = 256 << 20;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int _count;

    public int Count => _count;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 256));
        return _bytes.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
            _count = 0;
        }
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - _count >= more)
        {
            return;
        }

        var size = Math.Max((long)_bytes.Length * 2, (long)_count + more);
        if (size > MaxBytes)
        {
            throw new RequestFormatException("limit", $"an answer of at most {MaxBytes >> 20} MiB",
                "one that is larger; ask for fewer rows",
                StatusCodes.Status413PayloadTooLarge);
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)size);
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
