using System.Text;

namespace Aurum.Store.Archive;

/// <summary>Blots secrets out of a stream of bytes, also where they lie across two reads.</summary>
internal sealed class SecretScrubber
{
    private readonly byte[][] _secrets;
    private readonly int _overlap;
    private readonly byte[] _buffer;
    private readonly byte[] _clean;
    private int _kept;

    public SecretScrubber(IReadOnlyList<string> secrets, int bufferBytes)
    {
        _secrets = [.. secrets.Where(s => s.Length > 0).Select(Encoding.UTF8.GetBytes)];
        _overlap = _secrets.Length == 0 ? 0 : _secrets.Max(s => s.Length) - 1;
        _buffer = new byte[bufferBytes + _overlap];
        _clean = new byte[_buffer.Length];
    }

    /// <summary>Secrets blotted out so far.</summary>
    public int Found { get; private set; }

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_kept);

    /// <summary>Takes bytes that were put into <see cref="Free"/>. Returns clean bytes, valid until the next call.</summary>
    public ReadOnlyMemory<byte> Take(int count)
    {
        var length = _kept + count;
        Blot(_buffer.AsSpan(0, length));
        _kept = Math.Min(_overlap, length);
        var clean = length - _kept;
        _buffer.AsSpan(0, clean).CopyTo(_clean);
        _buffer.AsSpan(clean, _kept).CopyTo(_buffer);
        return _clean.AsMemory(0, clean);
    }

    /// <summary>The last bytes.</summary>
    public ReadOnlyMemory<byte> Rest()
    {
        var rest = _buffer.AsMemory(0, _kept);
        _kept = 0;
        return rest;
    }

    private void Blot(Span<byte> bytes)
    {
        foreach (var secret in _secrets)
        {
            for (var rest = bytes; rest.IndexOf(secret) is var at and >= 0; rest = rest[(at + secret.Length)..])
            {
                rest.Slice(at, secret.Length).Fill((byte)'*');
                Found++;
            }
        }
    }
}
