using System.Buffers;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks.Replay;

/// <summary>Cuts a stream of messages into pieces of whole lines; binary records are cut anywhere, as the service waits for their
/// rest.</summary>
/// <param name="stream">The messages.</param>
/// <param name="format">How they are written.</param>
/// <param name="batchMessages">Messages a piece; 0: as many as a piece of 512 KiB holds.</param>
internal sealed class PieceReader(Stream stream, TickFormat format, int batchMessages)
{
    private const int PieceBytes = 512 << 10;

    private readonly byte[] _buffer = new byte[2 * PieceBytes];
    private int _from;
    private int _to;
    private bool _hasEnded;

    /// <summary>Whether nothing follows the last piece.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>The next piece, in an array of the shared pool that is the caller's; empty at the end.</summary>
    public async Task<ArraySegment<byte>> NextAsync(CancellationToken cancel)
    {
        if (_to - _from < PieceBytes && !_hasEnded)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
            while (_to < _buffer.Length && !_hasEnded)
            {
                var read = await stream.ReadAsync(_buffer.AsMemory(_to), cancel);
                _to += read;
                _hasEnded = read == 0;
            }
        }

        var length = Cut(_buffer.AsSpan(_from, _to - _from));
        var piece = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        _buffer.AsSpan(_from, length).CopyTo(piece);
        _from += length;
        IsEnd = _hasEnded && _from == _to;
        return new ArraySegment<byte>(piece, 0, length);
    }

    private int Cut(ReadOnlySpan<byte> bytes)
    {
        var most = Math.Min(bytes.Length, PieceBytes);
        if (format == TickFormat.Binary)
        {
            return most;
        }

        if (batchMessages == 0)
        {
            // A line that is longer than a piece goes in parts; the service finds that it is too long.
            return most == bytes.Length && _hasEnded ? most : bytes[..most].LastIndexOf((byte)'\n') is >= 0 and var last ? last + 1 : most;
        }

        var end = 0;
        for (var left = batchMessages; left > 0 && end < most; left--)
        {
            var length = bytes[end..].IndexOf((byte)'\n') + 1;
            if (length == 0)
            {
                return most;
            }

            end += length;
        }

        return end;
    }
}
