using System.Globalization;
using System.Text;

namespace Aurum.Cluster.Redis.Wire;

/// <summary>What a Redis server answered: bytes, a number, an error, or a list of such.</summary>
/// <remarks>Asking for something that it is not throws <see cref="RedisException"/> that says what it is.</remarks>
public readonly struct RespValue
{
    private const int LongestShown = 80;

    private readonly object? _content;
    private readonly long _number;

    private RespValue(RespKind kind, object? content, long number)
    {
        Kind = kind;
        _content = content;
        _number = number;
    }

    public static readonly RespValue Null;

    public static readonly RespValue Ok = new(RespKind.Text, "OK"u8.ToArray(), 0);

    public RespKind Kind { get; }

    public bool IsNull => Kind == RespKind.Null;

    public bool IsError => Kind == RespKind.Error;

    /// <summary>Bytes of text, of a big number or of an error.</summary>
    public ReadOnlyMemory<byte> Bytes => _content as byte[] ?? throw Not("text");

    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>A whole number, sent as such or as text.</summary>
    public long Number => Kind is RespKind.Number or RespKind.Boolean ? _number
        : Kind == RespKind.Text && long.TryParse(Bytes.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Not("a whole number");

    public double Double => Kind == RespKind.Double ? BitConverter.Int64BitsToDouble(_number)
        : Kind == RespKind.Number ? _number
        : throw Not("a number");

    public bool Boolean => Kind is RespKind.Boolean or RespKind.Number ? _number != 0 : throw Not("true or false");

    /// <summary>What a list, set, map (keys and values in turn) or push holds.</summary>
    public IReadOnlyList<RespValue> Items => _content as RespValue[] ?? throw Not("a list");

    public static RespValue Of(RespKind kind, byte[] bytes) => new(kind, bytes, 0);

    public static RespValue Of(RespKind kind, RespValue[] items) => new(kind, items, 0);

    public static RespValue Of(long number) => new(RespKind.Number, null, number);

    public static RespValue Of(double number) => new(RespKind.Double, null, BitConverter.DoubleToInt64Bits(number));

    public static RespValue Of(bool value) => new(RespKind.Boolean, null, value ? 1 : 0);

    /// <summary>The value of a map's key; null where it has none.</summary>
    public RespValue this[string key]
    {
        get
        {
            var items = Items;
            for (var i = 0; i + 1 < items.Count; i += 2)
            {
                if (items[i].Kind == RespKind.Text && items[i].Text == key)
                {
                    return items[i + 1];
                }
            }

            return Null;
        }
    }

    /// <summary>For people; long content is cut.</summary>
    public override string ToString() => Kind switch
    {
        RespKind.Null => "null",
        RespKind.Number => _number.ToString(CultureInfo.InvariantCulture),
        RespKind.Double => Double.ToString(CultureInfo.InvariantCulture),
        RespKind.Boolean => _number != 0 ? "true" : "false",
        RespKind.Array or RespKind.Map or RespKind.Set or RespKind.Push => $"{Kind} of {Items.Count}",
        _ => Text is { Length: > LongestShown } text ? string.Concat(text.AsSpan(0, LongestShown), "...") : Text,
    };

    private RedisException Not(string expected) => new(RedisFault.Protocol, $"reply: expected {expected}, found {Kind} '{this}'");
}
