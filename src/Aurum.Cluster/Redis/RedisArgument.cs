using System.Buffers.Text;
using System.Text;

namespace Aurum.Cluster.Redis;

/// <summary>A word of a command: text, bytes, or a whole number.</summary>
public readonly struct RedisArgument
{
    private const int MostDigits = 20;

    private readonly string? _text;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly long _number;
    private readonly bool _isNumber;

    private RedisArgument(string? text, ReadOnlyMemory<byte> bytes, long number, bool isNumber) =>
        (_text, _bytes, _number, _isNumber) = (text, bytes, number, isNumber);

    /// <summary>Bytes that it has on the wire at most.</summary>
    internal int MostBytes => _isNumber ? MostDigits : _text is null ? _bytes.Length : Encoding.UTF8.GetMaxByteCount(_text.Length);

    public static implicit operator RedisArgument(string text) => new(text, default, 0, false);

    public static implicit operator RedisArgument(byte[] bytes) => new(null, bytes, 0, false);

    public static implicit operator RedisArgument(ReadOnlyMemory<byte> bytes) => new(null, bytes, 0, false);

    public static implicit operator RedisArgument(long number) => new(null, default, number, true);

    public static implicit operator RedisArgument(int number) => new(null, default, number, true);

    /// <summary>For people: the name of a command.</summary>
    public override string ToString() => _text ?? (_isNumber ? $"{_number}" : $"{_bytes.Length} bytes");

    internal int Write(Span<byte> to)
    {
        if (_isNumber)
        {
            Utf8Formatter.TryFormat(_number, to, out var written);
            return written;
        }

        if (_text is not null)
        {
            return Encoding.UTF8.GetBytes(_text, to);
        }

        _bytes.Span.CopyTo(to);
        return _bytes.Length;
    }
}
