using System.Buffers;
using System.Buffers.Binary;

namespace Aurum.Ticks.Normalize;

/// <summary>Cuts a stream of messages into pieces of whole messages, each of which can be read alone: a piece of CSV begins with the
/// header, a binary one with the names of its ticks.</summary>
/// <remarks>What is broken goes along as it is, for the reader to name it. Same bytes and limits, same pieces, as long as the caller
/// takes full ones.</remarks>
public sealed class MessagePieces
{
    private readonly TickFormat _format;
    private readonly int _maxMessages;
    private readonly int _maxBytes;
    private readonly Dictionary<int, byte[]> _definitions = [];
    private readonly Dictionary<int, byte[]> _defined = [];
    private readonly HashSet<int> _named = [];
    private byte[]? _header;

    /// <param name="format">How messages are written.</param>
    /// <param name="maxMessages">Most messages a piece, from 1.</param>
    /// <param name="maxBytes">Most bytes of messages a piece, from 1 MiB, unless one message alone is longer.</param>
    public MessagePieces(TickFormat format, int maxMessages, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1 << 20);
        _format = format;
        _maxMessages = maxMessages;
        _maxBytes = maxBytes;
    }

    /// <summary>Where the last piece would begin in the bytes that were given, if nothing were put before its messages: its byte n is
    /// theirs at this and n.</summary>
    public int Origin { get; private set; }

    /// <summary>Takes the next piece off the stream's bytes.</summary>
    /// <param name="bytes">The stream's next bytes: what was left over before, and more.</param>
    /// <param name="takesLess">Whether a piece that is not full is welcome too.</param>
    /// <param name="isEnd">Whether nothing follows: what is left over is a message.</param>
    /// <param name="piece">Takes the piece; cleared before.</param>
    /// <param name="messages">Messages in it; 0: there is none yet.</param>
    /// <returns>Bytes taken.</returns>
    public int Cut(ReadOnlySpan<byte> bytes, bool takesLess, bool isEnd, ArrayBufferWriter<byte> piece, out int messages)
    {
        piece.ResetWrittenCount();
        Origin = 0;
        return _format == TickFormat.Binary
            ? CutRecords(bytes, takesLess || isEnd, isEnd, piece, out messages)
            : CutLines(bytes, takesLess || isEnd, isEnd, piece, out messages);
    }

    private int CutLines(ReadOnlySpan<byte> bytes, bool takesLess, bool isEnd, ArrayBufferWriter<byte> piece, out int messages)
    {
        var from = _format == TickFormat.Csv && _header is null ? TakeHeader(bytes, isEnd) : 0;
        var to = from;
        messages = 0;
        while (messages < _maxMessages && to < bytes.Length)
        {
            var length = bytes[to..].IndexOf((byte)'\n') + 1;
            length = length == 0 && isEnd ? bytes.Length - to : length;
            if (length == 0 || (messages > 0 && to - from + length > _maxBytes))
            {
                takesLess |= length > 0;
                break;
            }

            to += length;
            messages++;
        }

        if (messages == 0 || (messages < _maxMessages && !takesLess))
        {
            messages = 0;
            return from;
        }

        piece.Write(_header);
        Origin = from - piece.WrittenCount;
        piece.Write(bytes[from..to]);
        return to;
    }

    /// <returns>Bytes of the header with its line end; 0: it is not whole yet.</returns>
    private int TakeHeader(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        var length = bytes.IndexOf((byte)'\n') + 1;
        if (length == 0 && !isEnd)
        {
            return 0;
        }

        length = length == 0 ? bytes.Length : length;
        _header = [.. bytes[..length]];
        return length;
    }

    private int CutRecords(ReadOnlySpan<byte> bytes, bool takesLess, bool isEnd, ArrayBufferWriter<byte> piece, out int messages)
    {
        _defined.Clear();
        _named.Clear();
        messages = 0;
        var to = 0;
        while (messages < _maxMessages && to < bytes.Length)
        {
            var frame = BinaryTicks.FrameOf(bytes[to..], isEnd, _maxBytes);
            if (frame.Total == 0 || (messages > 0 && to + frame.Total > _maxBytes))
            {
                takesLess |= frame.Total > 0;
                break;
            }

            messages += Take(bytes.Slice(to, frame.Total), frame.IsBroken, piece);
            to += frame.Total;
        }

        if (messages > 0 && messages < _maxMessages && !takesLess)
        {
            messages = 0;
            return 0;
        }

        foreach (var (number, definition) in _defined)
        {
            _definitions[number] = definition;
        }

        Origin = -piece.WrittenCount;
        piece.Write(bytes[..to]);
        return to;
    }

    /// <returns>Messages in a record: 0 of a definition.</returns>
    private int Take(ReadOnlySpan<byte> record, bool isBroken, ArrayBufferWriter<byte> names)
    {
        if (isBroken || record.Length < BinaryTicks.HeadBytes + sizeof(int))
        {
            return 1;
        }

        var number = BinaryPrimitives.ReadInt32LittleEndian(record[BinaryTicks.HeadBytes..]);
        if (record[2] == BinaryTicks.Definition)
        {
            _defined[number] = record.ToArray();
            return 0;
        }

        if (!_defined.ContainsKey(number) && _named.Add(number) && _definitions.TryGetValue(number, out var definition))
        {
            names.Write(definition);
        }

        return 1;
    }
}
