using System.Buffers;
using Aurum.Market.Feeds;

namespace Aurum.Sources.Reading;

/// <summary>A window on a stream of XML: what has not been taken yet is contiguous.</summary>
internal sealed class XmlBuffer : IDisposable
{
    private const int BlockBytes = 128 << 10;

    private readonly Stream _stream;
    private readonly string _file;
    private readonly int _maxTokenBytes;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private int _position;
    private int _filled;
    private long _linesBefore = 1;

    public XmlBuffer(Stream stream, string file, int maxTokenBytes)
    {
        _stream = stream;
        _file = file;
        _maxTokenBytes = maxTokenBytes;
        Fill();
        if (Rest.StartsWith("\uFEFF"u8))
        {
            Take(3);
        }
    }

    public bool Ended { get; private set; }

    public ReadOnlySpan<byte> Rest => _bytes.AsSpan(_position, _filled - _position);

    public int Position => _position;

    public long Line => _linesBefore + _bytes.AsSpan(0, _position).Count((byte)'\n');

    public ReadOnlySpan<byte> Slice(int start, int length) => _bytes.AsSpan(start, length);

    public void Take(int count) => _position += count;

    /// <summary>Passes over the line ends and indents before a tag; text keeps what it begins with. Returns what is there then.</summary>
    public ReadOnlySpan<byte> PassBlanks()
    {
        var rest = Rest;
        var blanks = 0;
        while (blanks < rest.Length && (rest[blanks] is (byte)'\n' or (byte)' ' or (byte)'\t' or (byte)'\r'))
        {
            blanks++;
        }

        if (blanks == 0 || blanks == rest.Length || rest[blanks] != '<')
        {
            return rest;
        }

        Take(blanks);
        return rest[blanks..];
    }

    /// <summary>Reads on, until the window is at least half full or the stream has ended. Moves what has not been taken.</summary>
    public void Fill()
    {
        var kept = _filled - _position;
        if (kept > _maxTokenBytes)
        {
            throw new FeedFormatException(_file, $"{Line}", $"a tag or text of at most {_maxTokenBytes} bytes", "a longer one");
        }

        _linesBefore = Line;
        var target = _bytes;
        if (kept > _bytes.Length / 2)
        {
            target = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        }

        _bytes.AsSpan(_position, kept).CopyTo(target);
        if (target != _bytes)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = target;
        }

        _position = 0;
        _filled = kept;
        while (!Ended && _filled < (_bytes.Length + kept) / 2)
        {
            var read = _stream.Read(_bytes, _filled, _bytes.Length - _filled);
            _filled += read;
            Ended = read == 0;
        }
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
            _position = _filled = 0;
            Ended = true;
        }
    }
}
