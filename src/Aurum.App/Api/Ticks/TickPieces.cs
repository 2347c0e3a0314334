using System.Buffers;
using System.Buffers.Binary;
using Aurum.App.Api.Requests;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Api.Ticks;

/// <summary>Cuts a body into pieces of whole messages as it comes in, so that a long one is stored while it is still being sent.</summary>
/// <remarks>A message longer than a piece becomes a piece by itself, and the rest of it is dropped: it is longer than any message may
/// be.</remarks>
/// <param name="body">The body, unpacked.</param>
/// <param name="content">How it is written.</param>
/// <param name="maxBytes">Bytes of it at most, unpacked: what a small packed body may become.</param>
/// <param name="isPatient">Whether pieces wait until they are full, so that the same body is always cut at the same places.</param>
internal sealed class TickPieces(Stream body, TickContent content, long maxBytes, bool isPatient) : IDisposable
{
    /// <summary>Bytes of a piece at most, without the header that goes before it; more than a message may have.</summary>
    public const int PieceBytes = 256 << 10;

    /// <summary>Size of a binary record's length, kind and checksum.</summary>
    private const int RecordFrameBytes = 7;

    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(PieceBytes);
    private readonly JsonDocumentLines? _lines = content.IsDocument ? new JsonDocumentLines() : null;
    private Task<int>? _reading;
    private byte[] _header = [];
    private bool _isSkipping;
    private int _start;
    private int _whole;
    private int _count;
    private long _position;

    /// <summary>The next piece: the whole messages that are there already, or the end.</summary>
    /// <exception cref="RequestFormatException">413: the body is longer than it may be. 400: it does not unpack.</exception>
    public async ValueTask<TickPiece> NextAsync(CancellationToken cancel)
    {
        while (true)
        {
            _reading ??= Read(cancel);
            if (!isPatient && !_reading.IsCompleted && _whole > _start)
            {
                return Take(_whole, isEnd: false);
            }

            var read = await Unpacked(_reading);
            _reading = null;
            if (read == 0)
            {
                return Take(_count, isEnd: true);
            }

            OnBytes(read);
            if (_count == PieceBytes)
            {
                _isSkipping = _whole == _start;
                return Take(_isSkipping ? _count : _whole, isEnd: false);
            }
        }
    }

    /// <summary>What is still being read into is left to the collector.</summary>
    public void Dispose()
    {
        if (_reading is null or { IsCompleted: true })
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }

    private static async ValueTask<int> Unpacked(Task<int> reading)
    {
        try
        {
            return await reading;
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException)
        {
            throw new RequestFormatException("body", "bytes that unpack as content-encoding says", broken.Message);
        }
    }

    private Task<int> Read(CancellationToken cancel)
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _count - _start).CopyTo(_bytes);
            (_whole, _count, _start) = (_whole - _start, _count - _start, 0);
        }

        return body.ReadAsync(_bytes.AsMemory(_count, PieceBytes - _count), cancel).AsTask();
    }

    private void OnBytes(int read)
    {
        var fresh = _bytes.AsSpan(_count, read);
        _lines?.OnBytes(fresh);
        _count += read;
        if (_position + _count - _start > maxBytes)
        {
            throw new RequestFormatException(
                "body", $"at most {maxBytes >> 10} KiB, unpacked", "a longer one", StatusCodes.Status413PayloadTooLarge);
        }

        if (content.Format == TickFormat.Binary)
        {
            StepOverRecords();
        }
        else if (fresh.LastIndexOf((byte)'\n') is >= 0 and var end)
        {
            _whole = _count - read + end + 1;
            SkipRest();
        }
        else if (_isSkipping)
        {
            Drop(_count);
        }
    }

    private void StepOverRecords()
    {
        while (_count - _whole >= sizeof(ushort))
        {
            var end = _whole + RecordFrameBytes + BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(_whole));
            if (end > _count)
            {
                return;
            }

            _whole = end;
        }
    }

    /// <summary>Drops what is left of a message that was too long.</summary>
    private void SkipRest()
    {
        if (_isSkipping)
        {
            _isSkipping = false;
            Drop(_start + _bytes.AsSpan(_start, _count - _start).IndexOf((byte)'\n') + 1);
        }
    }

    private void Drop(int end)
    {
        _position += end - _start;
        _start = end;
        _whole = Math.Max(_whole, end);
    }

    private TickPiece Take(int end, bool isEnd)
    {
        var taken = _bytes.AsSpan(_start, end - _start);
        byte[] bytes = [.. _header, .. taken];
        var piece = new TickPiece(taken.IsEmpty ? [] : bytes, _position - _header.Length, isEnd);
        if (content.Format == TickFormat.Csv && _header.Length == 0)
        {
            _header = HeaderOf(taken);
        }

        Drop(end);
        return piece;
    }

    /// <summary>The first line that is not blank, with its end.</summary>
    private static byte[] HeaderOf(ReadOnlySpan<byte> lines)
    {
        var from = lines.IndexOfAnyExcept(" \t\r\n"u8);
        var length = from < 0 ? -1 : lines[from..].IndexOf((byte)'\n');
        return length < 0 ? [] : lines.Slice(from, length + 1).ToArray();
    }
}

/// <summary>Whole messages of a body, that can be read by themselves: rows of CSV have their header before them.</summary>
/// <param name="Bytes">The messages.</param>
/// <param name="Position">Place in the body that makes places in the bytes those of the body.</param>
/// <param name="IsEnd">Whether nothing follows.</param>
internal readonly record struct TickPiece(byte[] Bytes, long Position, bool IsEnd);
