using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Aurum.Cluster.ClickHouse.Wire;

/// <summary>Bytes of an answer as they come, with a limit.</summary>
internal sealed class NativeInput(Stream stream, long maxBytes) : IDisposable
{
    private const int MostText = 1 << 30;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
    private int _start;
    private int _end;
    private long _read;

    /// <summary>Whether nothing follows.</summary>
    public async ValueTask<bool> IsAtEnd(CancellationToken cancel) => _start == _end && !await Fill(cancel);

    /// <summary>Reads exactly so many bytes.</summary>
    public async ValueTask Read(Memory<byte> to, CancellationToken cancel)
    {
        var buffered = Math.Min(to.Length, _end - _start);
        _buffer.AsMemory(_start, buffered).CopyTo(to);
        _start += buffered;
        for (to = to[buffered..]; to.Length > 0;)
        {
            var count = await stream.ReadAsync(to, cancel);
            Count(count);
            to = to[count..];
        }
    }

    public async ValueTask<long> Int64(CancellationToken cancel)
    {
        while (_end - _start < 8)
        {
            await More(cancel);
        }

        _start += 8;
        return BinaryPrimitives.ReadInt64LittleEndian(_buffer.AsSpan(_start - 8));
    }

    /// <summary>A length of seven bits a byte.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> Length(CancellationToken cancel)
    {
        int value;
        while (!TryLength(out value))
        {
            await More(cancel);
        }

        return value;
    }

    /// <summary>A text into a buffer, without its length.</summary>
    public async ValueTask Text(ByteBuffer to, CancellationToken cancel)
    {
        var length = await Length(cancel);
        await Read(to.TakeMemory(length), cancel);
    }

    /// <summary>Takes as many whole texts as are there already, without waiting.</summary>
    /// <returns>How many.</returns>
    public int Texts(ByteBuffer to, Span<int> ends)
    {
        for (var i = 0; i < ends.Length; i++)
        {
            var before = _start;
            if (!TryLength(out var length) || _end - _start < length)
            {
                _start = before;
                return i;
            }

            to.Write(_buffer.AsSpan(_start, length));
            _start += length;
            ends[i] = to.Length;
        }

        return ends.Length;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private bool TryLength(out int value)
    {
        long length = 0;
        for (var i = 0; i < 5; i++)
        {
            if (_start + i == _end)
            {
                value = 0;
                return false;
            }

            var b = _buffer[_start + i];
            length |= (long)(b & 0x7F) << (7 * i);
            if (b < 0x80)
            {
                _start += i + 1;
                value = length <= MostText ? (int)length : throw Odd($"a length of {length} bytes");
                return true;
            }
        }

        throw Odd("a length of more than five bytes");
    }

    private async ValueTask More(CancellationToken cancel)
    {
        if (!await Fill(cancel))
        {
            throw Odd("the end");
        }
    }

    private async ValueTask<bool> Fill(CancellationToken cancel)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancel);
        if (count == 0)
        {
            return false;
        }

        Count(count);
        _end += count;
        return true;
    }

    private void Count(int count)
    {
        if (count == 0)
        {
            throw Odd("the end");
        }

        _read += count;
        if (_read > maxBytes)
        {
            throw new ClickHouseException($"ClickHouse: expected an answer of at most {maxBytes} bytes, found more", code: -1);
        }
    }

    private static ClickHouseException Odd(string found) =>
        new($"ClickHouse: expected a whole block of FORMAT Native, found {found}", code: -1);
}
