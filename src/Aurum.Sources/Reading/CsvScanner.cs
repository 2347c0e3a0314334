using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Aurum.Market.Feeds;

namespace Aurum.Sources.Reading;

/// <summary>Cuts a stream into records and fields, in one pooled buffer: 32 bytes are looked at together, and a record without
/// quotes costs one step per field.</summary>
/// <remarks>Fields are slices of the buffer, valid until the next <see cref="Advance"/>. A record that the buffer cuts is scanned
/// again after the next read; reads at least double what is there, so that costs at most as much again.</remarks>
internal sealed class CsvScanner : IDisposable
{
    private const int BlockBytes = 128 << 10;
    private const int VectorBytes = 32;

    private readonly Stream _stream;
    private readonly string _file;
    private readonly byte _separator;
    private readonly int _maxRecordBytes;
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly List<int> _withDoubledQuotes = [];
    private byte[] _buffer;
    private int _next;
    private int _filled;
    private bool _ended;
    private int _count;
    private int _linesInRecord;
    private long _nextLine = 1;

    public CsvScanner(Stream stream, string file, CsvOptions options)
    {
        _stream = stream;
        _file = file;
        _separator = options.Separator;
        _maxRecordBytes = options.MaxRecordBytes;
        _starts = new int[options.MaxColumns];
        _ends = new int[options.MaxColumns];
        _buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
    }

    /// <summary>Line on which the current record begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Fields in the current record.</summary>
    public int Count => _count;

    /// <summary>Whether the stream ended without a line end behind the last record. Known when that record was read.</summary>
    public bool EndsInLine { get; private set; }

    public ReadOnlySpan<byte> this[int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)column < (uint)_count ? _buffer.AsSpan(_starts[column], _ends[column] - _starts[column]) : default;
    }

    public void SkipByteOrderMark()
    {
        Fill();
        var head = _buffer.AsSpan(0, _filled);
        if (head.StartsWith("\uFEFF"u8))
        {
            _next = 3;
        }
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            throw new FeedFormatException(_file, "1", "UTF-8 text", "a UTF-16 byte-order mark");
        }
    }

    /// <summary>Moves to the next record, blank ones included. False at the end of the stream.</summary>
    public bool Advance()
    {
        Line = _nextLine;
        while (true)
        {
            _linesInRecord = 1;
            _count = 0;
            if (ScanRecord())
            {
                _nextLine += _linesInRecord;
                return true;
            }

            _count = 0;
            if (_ended)
            {
                return false;
            }

            Fill();
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _count = _next = _filled = 0;
            _ended = true;
        }
    }

    /// <summary>Finds the fields of the next record. False where the buffer ends before the record, or where nothing is
    /// left.</summary>
    private bool ScanRecord()
    {
        ref var origin = ref MemoryMarshal.GetArrayDataReference(_buffer);
        var separators = Vector256.Create(_separator);
        var newlines = Vector256.Create((byte)'\n');
        var quotes = Vector256.Create((byte)'"');
        var fieldStart = _next;
        for (var position = _next; position < _filled; position += VectorBytes)
        {
            var block = Vector256.LoadUnsafe(ref origin, (nuint)position);
            var special = Vector256.Equals(block, separators) | Vector256.Equals(block, newlines) | Vector256.Equals(block, quotes);
            var mask = special.ExtractMostSignificantBits();
            if (_filled - position < VectorBytes)
            {
                mask &= (1u << (_filled - position)) - 1;
            }

            while (mask != 0)
            {
                var at = position + BitOperations.TrailingZeroCount(mask);
                mask &= mask - 1;
                var found = Unsafe.Add(ref origin, at);
                if (found == _separator)
                {
                    AddField(fieldStart, at);
                    fieldStart = at + 1;
                }
                else if (found == '\n')
                {
                    AddField(fieldStart, at);
                    return EndRecord(at + 1);
                }
                else
                {
                    _count = 0;
                    return ScanQuotedRecord();
                }
            }
        }

        return EndAtEndOfStream(fieldStart);
    }

    private bool ScanQuotedRecord()
    {
        _withDoubledQuotes.Clear();
        for (var position = _next; ; position++)
        {
            if (position < _filled && _buffer[position] == '"')
            {
                position = ScanQuotedField(position);
                if (position < 0)
                {
                    return false;
                }

                if (position == _filled)
                {
                    return EndQuotedRecord(position);
                }
            }
            else
            {
                var length = _buffer.AsSpan(position, _filled - position).IndexOfAny(_separator, (byte)'\n');
                if (length < 0)
                {
                    return EndAtEndOfStream(position) && EndQuotedRecord(_next);
                }

                AddField(position, position + length);
                position += length;
            }

            if (_buffer[position] == '\n')
            {
                return EndQuotedRecord(position + 1);
            }
        }
    }

    /// <summary>Adds the quoted field that begins at <paramref name="open"/>.</summary>
    /// <returns>Position of the separator or line end behind it (the end of the buffer at the end of the stream); -1 where more
    /// bytes are needed.</returns>
    private int ScanQuotedField(int open)
    {
        var doubled = false;
        for (var position = open + 1; ;)
        {
            var length = _buffer.AsSpan(position, _filled - position).IndexOfAny((byte)'"', (byte)'\n');
            if (length < 0)
            {
                return _ended ? throw new FeedFormatException(_file, $"{Line}", "a closing quote", "the end of the file") : -1;
            }

            position += length;
            if (_buffer[position] == '\n')
            {
                _linesInRecord++;
                position++;
            }
            else if (position + 1 < _filled && _buffer[position + 1] == '"')
            {
                doubled = true;
                position += 2;
            }
            else
            {
                return CloseQuotedField(open + 1, position, doubled);
            }
        }
    }

    private int CloseQuotedField(int start, int close, bool doubled)
    {
        var after = close + 1;
        while (after < _filled && _buffer[after] is (byte)' ' or (byte)'\r')
        {
            after++;
        }

        if (after == _filled && !_ended)
        {
            return -1;
        }

        if (after < _filled && _buffer[after] != _separator && _buffer[after] != '\n')
        {
            throw new FeedFormatException(_file, $"{Line}", "a separator after the closing quote", $"'{(char)_buffer[after]}'");
        }

        if (doubled)
        {
            _withDoubledQuotes.Add(_count);
        }

        AddField(start, close);
        return after;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddField(int start, int end)
    {
        var column = _count;
        if ((uint)column >= (uint)_starts.Length)
        {
            throw new FeedFormatException(_file, $"{Line}", $"at most {_starts.Length} columns", "more");
        }

        _starts[column] = start;
        _ends[column] = end;
        _count = column + 1;
    }

    private bool EndAtEndOfStream(int fieldStart)
    {
        if (!_ended || _next == _filled)
        {
            return false;
        }

        AddField(fieldStart, _filled);
        return EndRecord(_filled);
    }

    private bool EndRecord(int next)
    {
        var last = _count - 1;
        if (_ends[last] > _starts[last] && _buffer[_ends[last] - 1] == '\r')
        {
            _ends[last]--;
        }

        if (next - _next > _maxRecordBytes)
        {
            throw TooLong();
        }

        EndsInLine = next == _filled && _buffer[next - 1] != '\n';
        _next = next;
        return true;
    }

    /// <summary>Makes doubled quotes single, in place: only now, as a record that the buffer cuts is scanned again from its
    /// start.</summary>
    private bool EndQuotedRecord(int next)
    {
        foreach (var column in _withDoubledQuotes)
        {
            var to = _starts[column];
            for (var from = to; from < _ends[column]; from++)
            {
                _buffer[to++] = _buffer[from];
                if (_buffer[from] == '"')
                {
                    from++;
                }
            }

            _ends[column] = to;
        }

        _withDoubledQuotes.Clear();
        return next == _next || EndRecord(next);
    }

    /// <summary>Reads on, until the buffer is at least half full or the stream has ended.</summary>
    private void Fill()
    {
        var kept = _filled - _next;
        if (kept > _maxRecordBytes)
        {
            throw TooLong();
        }

        if (kept + VectorBytes > _buffer.Length / 2)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(_next, kept).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_next, kept).CopyTo(_buffer);
        }

        _next = 0;
        _filled = kept;
        var capacity = _buffer.Length - VectorBytes;
        while (!_ended && _filled < (capacity + kept) / 2)
        {
            var read = _stream.Read(_buffer, _filled, capacity - _filled);
            _filled += read;
            _ended = read == 0;
        }
    }

    private FeedFormatException TooLong() => new(_file, $"{Line}", $"a record of at most {_maxRecordBytes} bytes", "a longer one");
}
