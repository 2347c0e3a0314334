using System.Buffers;
using Aurum.Market.Ticks;
using Microsoft.Win32.SafeHandles;

namespace Aurum.Store.Ticks;

/// <summary>Reads the frames of a segment in order, and says where and why they end.</summary>
internal sealed class SegmentReader : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly SafeFileHandle _file;
    private readonly long _length;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private long _bufferAt;
    private int _buffered;

    /// <param name="path">The segment.</param>
    /// <param name="first">Number of its first frame.</param>
    public SegmentReader(string path, long first)
    {
        Path = path;
        Expected = first;
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _length = RandomAccess.GetLength(_file);
        Fault = _length < JournalFormat.SegmentHeadBytes
            ? $"expected {JournalFormat.SegmentHeadBytes} bytes of head, found {_length}"
            : JournalFormat.FaultOfSegment(Read(0, JournalFormat.SegmentHeadBytes), first);
        Position = Fault is null ? JournalFormat.SegmentHeadBytes : 0;
    }

    public string Path { get; }

    /// <summary>Where the next record begins, or where what is no record begins.</summary>
    public long Position { get; private set; }

    /// <summary>Number of the next frame.</summary>
    public long Expected { get; private set; }

    /// <summary>What is wrong at <see cref="Position"/>; null where nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Bytes of the frame that was read last; valid until the next one is read.</summary>
    public ReadOnlyMemory<byte> Frame { get; private set; }

    /// <summary>Goes on to the next frame.</summary>
    /// <param name="after">Frames up to this number are passed by, their bytes unread.</param>
    /// <returns>False at the end of the segment, or where there is a <see cref="Fault"/>.</returns>
    public bool Next(long after = 0)
    {
        while (Fault is null && Position < _length)
        {
            if (_length - Position < JournalFormat.HeadBytes)
            {
                Fault = $"expected {JournalFormat.HeadBytes} bytes of a record's head, found {_length - Position}";
                return false;
            }

            var head = JournalFormat.ReadHead(Read(Position, JournalFormat.HeadBytes), Position);
            if (head.Kind == JournalRecord.Mark && head.Number < Expected)
            {
                Position += JournalFormat.HeadBytes;
                continue;
            }

            Fault = FaultOf(head, after);
            if (Fault is not null)
            {
                return false;
            }

            Position += JournalFormat.HeadBytes + head.Length;
            Expected++;
            if (head.Number > after)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first mark from <see cref="Position"/> on that says of a frame that it was on disk; null where there is none.</summary>
    /// <param name="frame">Number of the frame.</param>
    public long? FindMark(long frame)
    {
        for (var from = Position; _length - from >= JournalFormat.HeadBytes;)
        {
            var window = Read(from, (int)Math.Min(BufferBytes, _length - from));
            var found = window.IndexOf(JournalFormat.MarkBeginning);
            if (found < 0)
            {
                from += window.Length - JournalFormat.MarkBeginning.Length + 1;
                continue;
            }

            from += found;
            if (_length - from >= JournalFormat.HeadBytes
                && JournalFormat.ReadHead(Read(from, JournalFormat.HeadBytes), from) is { Kind: JournalRecord.Mark } mark
                && mark.Number >= frame)
            {
                return mark.Number;
            }

            from++;
        }

        return null;
    }

    public void Dispose()
    {
        _file.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private string? FaultOf(in JournalHead head, long after)
    {
        if (head.Kind != JournalRecord.Frame || head.Number != Expected)
        {
            return $"expected the head of frame {Expected}, found "
                + (head.Kind == JournalRecord.None ? "other bytes" : $"that of a {head.Kind.ToString().ToLowerInvariant()} {head.Number}");
        }

        var rest = _length - Position - JournalFormat.HeadBytes;
        if (head.Length > rest)
        {
            return $"expected {head.Length} bytes of frame {Expected}, found {rest}";
        }

        if (head.Number <= after)
        {
            return null;
        }

        var body = Read(Position + JournalFormat.HeadBytes, head.Length);
        Frame = _buffer.AsMemory((int)(Position + JournalFormat.HeadBytes - _bufferAt), head.Length);
        var crc = Crc32C.Of(body);
        return crc == head.Crc ? null : $"expected checksum {head.Crc:X8} of frame {Expected}, found {crc:X8}";
    }

    /// <summary>Bytes of the file, through the buffer.</summary>
    private ReadOnlySpan<byte> Read(long position, int count)
    {
        if (position < _bufferAt || position + count > _bufferAt + _buffered)
        {
            Fill(position, count);
        }

        return _buffer.AsSpan((int)(position - _bufferAt), count);
    }

    private void Fill(long position, int count)
    {
        if (count > _buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(count);
        }

        (_bufferAt, _buffered) = (position, 0);
        while (_buffered < count)
        {
            var read = RandomAccess.Read(_file, _buffer.AsSpan(_buffered), position + _buffered);
            _buffered += read > 0 ? read : throw new EndOfStreamException($"{Path} became shorter while it was read");
        }
    }
}
