using System.Buffers.Text;

namespace Aurum.Sources.Reading;

/// <summary>Numbers as publishers print them, from UTF-8: <c>41.57641</c>, <c>-.37</c>, <c>.49</c>, <c>16908.0</c>, <c>
/// 1,234.5</c>.</summary>
/// <remarks>Results are the doubles nearest to the text. No culture, no allocation for usual forms.</remarks>
public static class Numbers
{
    private const int LongestText = 64;
    private const ulong LargestExactMantissa = 1UL << 53;

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    ];

    /// <summary>Reads a finite decimal: sign, digits, point, exponent, thousands commas, blanks around it.</summary>
    public static bool TryParseDecimal(ReadOnlySpan<byte> text, out double value)
    {
        // A mantissa below 2^53 and a power of ten below 10^22 are exact doubles, so one division rounds correctly.
        ulong mantissa = 0;
        var index = 0;
        var negative = false;
        if (text.Length > 0 && text[0] == '-')
        {
            negative = true;
            index = 1;
        }

        var firstDigit = index;
        var point = -1;
        for (; index < text.Length; index++)
        {
            var digit = (uint)(text[index] - '0');
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
            }
            else if (text[index] == '.' && point < 0)
            {
                point = index;
            }
            else
            {
                return TryParseUnusual(text, out value);
            }
        }

        var digits = text.Length - firstDigit - (point < 0 ? 0 : 1);
        if (digits is 0 or > 19 || mantissa > LargestExactMantissa)
        {
            return TryParseUnusual(text, out value);
        }

        value = point < 0 ? mantissa : mantissa / PowersOfTen[text.Length - point - 1];
        value = negative ? -value : value;
        return true;
    }

    /// <summary>Reads a whole number, blanks around it allowed.</summary>
    public static bool TryParseInteger(ReadOnlySpan<byte> text, out int value)
    {
        text = text.Trim((byte)' ');
        return Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;
    }

    private static bool TryParseUnusual(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        Span<byte> plain = stackalloc byte[LongestText];
        scoped var number = text.Trim((byte)' ');
        if (number.Length is 0 or > LongestText)
        {
            return false;
        }

        if (number.Contains((byte)','))
        {
            if (!TryRemoveThousands(number, plain, out var length))
            {
                return false;
            }

            number = plain[..length];
        }

        // Utf8Parser also knows words (NaN, Infinity): a number begins with a digit or a point.
        var unsigned = number[0] is (byte)'+' or (byte)'-' ? number[1..] : number;
        return unsigned.Length > 0
            && (unsigned[0] is >= (byte)'0' and <= (byte)'9' or (byte)'.')
            && Utf8Parser.TryParse(number, out value, out var used)
            && used == number.Length
            && double.IsFinite(value);
    }

    /// <summary><c>-1,234,567.8</c> without its commas; false where they do not stand between groups of three digits.</summary>
    private static bool TryRemoveThousands(ReadOnlySpan<byte> text, Span<byte> plain, out int length)
    {
        length = 0;
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text.Length : point;
        var sinceComma = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ',')
            {
                if (i > whole || sinceComma == 0 || (sinceComma > 0 && sinceComma != 3)
                    || length == 0 || (sinceComma < 0 && length > (plain[0] is (byte)'+' or (byte)'-' ? 4 : 3)))
                {
                    return false;
                }

                sinceComma = 0;
                continue;
            }

            if (i < whole && sinceComma >= 0)
            {
                sinceComma++;
            }

            plain[length++] = text[i];
        }

        return sinceComma == 3;
    }
}
