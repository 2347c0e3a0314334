using System.Buffers;
using System.Text;
using Aurum.Tests.Sources.Reading;

namespace Aurum.Tests.Sources.Hostile;

/// <summary>One way to spoil a file: bytes in, bytes out.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Apply">The change; chance comes in.</param>
internal sealed record HostileChange(string Name, Func<byte[], Random, byte[]> Apply)
{
    private const int Depth = 20_000;
    private const int LongToken = 1 << 20;
    private const string Special = "\",\r\n<>/&;!?-[]{}:=' \0\u00FFPK0.9eE+*XT|\\";

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789.eE+-"u8);

    private static readonly string[] Numbers =
    [
        new('9', 400), "1e999", "-1e999", "1e-999", "-0", "00000", "9223372036854775808", "-2147483649", "0x10", "NaN", "Infinity", "1,5",
        "", " ", "null", "0.0000000000000000000000000000001", "99999999",
    ];

    private const string Bomb = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">"
        + "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>";

    /// <summary>Each of these is tried once on every file.</summary>
    public static IReadOnlyList<HostileChange> Once { get; } =
    [
        new("nothing", static (_, _) => []),
        new("blanks alone", static (_, _) => Encoding.ASCII.GetBytes(new string(' ', 100_000))),
        new("zeros alone", static (_, _) => new byte[100_000]),
        new("a byte-order mark", static (b, _) => [0xEF, 0xBB, 0xBF, .. b]),
        new("two byte-order marks", static (b, _) => [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. b]),
        new("UTF-16", static (b, _) => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(b))]),
        new("CRLF for LF", static (b, _) => Replaced(b, "\n"u8, "\r\n"u8)),
        new("LF for CRLF", static (b, _) => Replaced(b, "\r\n"u8, "\n"u8)),
        new("CR for LF", static (b, _) => Replaced(b, "\n"u8, "\r"u8)),
        new("no line ends", static (b, _) => Replaced(b, "\n"u8, " "u8)),
        new("semicolons for commas", static (b, _) => Replaced(b, ","u8, ";"u8)),
        new("no quotes", static (b, _) => Replaced(b, "\""u8, ""u8)),
        new("quotes for apostrophes", static (b, _) => Replaced(b, "\""u8, "'"u8)),
        new("capitals", static (b, _) => Array.ConvertAll(b, static x => x is >= (byte)'a' and <= (byte)'z' ? (byte)(x - 32) : x)),
        new("years 0000", static (b, _) => Replaced(b, "202"u8, "000"u8)),
        new("years 9999", static (b, _) => Replaced(b, "2025"u8, "9999"u8)),
        new("years far off", static (b, _) => Replaced(b, "2025"u8, "1899"u8)),
        new("digits 9", static (b, _) => Array.ConvertAll(b, static x => x is >= (byte)'0' and <= (byte)'9' ? (byte)'9' : x)),
        new("entities", static (b, _) => Behind(b, "?>"u8, Encoding.ASCII.GetBytes(Bomb + "&e;&f;"))),
        new("entities in text", static (b, _) => Replaced(Behind(b, "?>"u8, Encoding.ASCII.GetBytes(Bomb)), ">0"u8, ">&e;&f;0"u8)),
        new("twice", static (b, _) => [.. b, .. b]),
        new("the other way round", static (b, _) => [.. b.Reverse()]),
        new("a cut gzip", static (b, _) => Packed.Gzip(Encoding.Latin1.GetString(b))[..^9]),
        new("a zip in a zip in a zip", static (b, _) => Packed.Zip(("a.zip", Packed.Zip(("b.zip", Packed.Zip(("c", b))))))),
        new("an empty zip", static (_, _) => Packed.Zip(Array.Empty<(string, byte[])>())),
    ];

    /// <summary>Each of these is tried again and again, at other places.</summary>
    public static IReadOnlyList<HostileChange> Again { get; } =
    [
        new("cut", static (b, r) => b[..r.Next(b.Length)]),
        new("flipped bytes", static (b, r) => Some(b, r, static (x, at, r) => x[at] ^= (byte)(1 << r.Next(8)))),
        new("other bytes", static (b, r) => Some(b, r, static (x, at, r) => x[at] = (byte)r.Next(256))),
        new("special letters", static (b, r) => Some(b, r, static (x, at, r) => x[at] = (byte)Special[r.Next(Special.Length)])),
        new("a piece missing", static (b, r) => At(b, r, static (_, _) => [], 40)),
        new("a piece again", static (b, r) => r.Next(b.Length) is var at && Math.Min(at + r.Next(1, 200), b.Length) is var end
            ? [.. b[..end], .. b[at..]] : b),
        new("two pieces changed over", static (b, r) => Swapped(b, r)),
        new("two cells changed over", static (b, r) => SwappedCells(b, r)),
        new("a strange number", static (b, r) => StrangeNumber(b, r)),
        new("a strange number", static (b, r) => StrangeNumber(StrangeNumber(b, r), r)),
        new("text that is not UTF-8", static (b, r) => At(b, r, static (_, r) => r.Next(3) switch
        {
            0 => [0xC0, 0x80],
            1 => [0xED, 0xA0, 0x80],
            _ => [0xFF],
        })),
        new("zero bytes", static (b, r) => At(b, r, static (_, r) => new byte[r.Next(1, 5)])),
        new("open brackets", static (b, r) => At(b, r, static (_, r) => Repeated(
            r.Next(3) switch { 0 => "[", 1 => "{\"a\":", _ => "<a>" }))),
        new("a long token", static (b, r) => At(b, r, static (_, r) => Encoding.ASCII.GetBytes(
            new string("A1 \""[r.Next(4)], LongToken)))),
        new("half a letter", static (b, r) => InsideText(b, r)),
        new("an open quote", static (b, r) => At(b, r, static (_, _) => [(byte)'"'])),
    ];

    private static byte[] Repeated(string text) => Encoding.ASCII.GetBytes(new StringBuilder().Insert(0, text, Depth).ToString());

    private static byte[] Some(byte[] bytes, Random random, Action<byte[], int, Random> change)
    {
        var changed = bytes.ToArray();
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            change(changed, random.Next(changed.Length), random);
        }

        return changed;
    }

    /// <summary>Other bytes at a place, in place of some.</summary>
    private static byte[] At(byte[] bytes, Random random, Func<byte[], Random, byte[]> with, int most = 1)
    {
        var at = random.Next(bytes.Length);
        return [.. bytes[..at], .. with(bytes, random), .. bytes[Math.Min(bytes.Length, at + random.Next(most))..]];
    }

    private static byte[] Swapped(byte[] bytes, Random random)
    {
        int[] cuts = [random.Next(bytes.Length), random.Next(bytes.Length), random.Next(bytes.Length), random.Next(bytes.Length)];
        Array.Sort(cuts);
        return
        [
            .. bytes[..cuts[0]], .. bytes[cuts[2]..cuts[3]], .. bytes[cuts[1]..cuts[2]], .. bytes[cuts[0]..cuts[1]], .. bytes[cuts[3]..],
        ];
    }

    /// <summary>An escape that only JSON knows, and that is only half of a letter, behind a quotation mark.</summary>
    private static byte[] InsideText(byte[] bytes, Random random)
    {
        var from = random.Next(bytes.Length);
        var at = from + bytes.AsSpan(from).IndexOf((byte)'"') + 1;
        return [.. bytes[..at], .. random.Next(2) == 0 ? "\\ud83d"u8 : "\\udc00x"u8, .. bytes[at..]];
    }

    /// <summary>Two columns of every line change places.</summary>
    private static byte[] SwappedCells(byte[] bytes, Random random)
    {
        var lines = Encoding.Latin1.GetString(bytes).Split('\n').Select(line => line.Split(',')).ToArray();
        var most = lines.Max(static cells => cells.Length);
        var (one, other) = (random.Next(most), random.Next(most));
        foreach (var cells in lines.Where(cells => cells.Length > Math.Max(one, other)))
        {
            (cells[one], cells[other]) = (cells[other], cells[one]);
        }

        return Encoding.Latin1.GetBytes(string.Join('\n', lines.Select(static cells => string.Join(',', cells))));
    }

    /// <summary>Another number, or none, in place of the next one.</summary>
    private static byte[] StrangeNumber(byte[] bytes, Random random)
    {
        var from = random.Next(bytes.Length);
        var start = bytes.AsSpan(from).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0)
        {
            return bytes;
        }

        start += from;
        var length = bytes.AsSpan(start).IndexOfAnyExcept(NumberBytes);
        return
        [
            .. bytes[..start], .. Encoding.ASCII.GetBytes(Numbers[random.Next(Numbers.Length)]),
            .. length < 0 ? [] : bytes[(start + length)..],
        ];
    }

    private static byte[] Behind(byte[] bytes, ReadOnlySpan<byte> mark, byte[] inserted)
    {
        var at = bytes.AsSpan().IndexOf(mark) is var found and >= 0 ? found + mark.Length : 0;
        return [.. bytes[..at], .. inserted, .. bytes[at..]];
    }

    private static byte[] Replaced(byte[] bytes, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var changed = new List<byte>(bytes.Length);
        for (var rest = bytes.AsSpan(); ;)
        {
            var at = rest.IndexOf(from);
            if (at < 0)
            {
                changed.AddRange(rest);
                return [.. changed];
            }

            changed.AddRange(rest[..at]);
            changed.AddRange(to);
            rest = rest[(at + from.Length)..];
        }
    }
}
