using System.Globalization;
using System.Numerics;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>Numbers as workbooks write them, read to the nearest double, as the platform's own reader does, which takes what is not digits
/// and a point.</summary>
internal static class DecimalText
{
    private const int MaxDigits = 19;
    private const int MaxScale = 22;
    private const int MantissaBits = 52;
    private const ulong MaxExact = 1UL << 53;

    /// <summary>All but the upper 55 bits of a product: where they are all set, the product may be one too small.</summary>
    private const ulong Doubtful = 0x1FF;

    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, MaxScale + 1).Select(n => Math.Round(Math.Pow(10, n)))];

    /// <summary>128 bits of 5^-n, the highest one set, rounded up.</summary>
    private static readonly (ulong High, ulong Low)[] Reciprocals = [.. Enumerable.Range(0, MaxScale + 1).Select(ReciprocalOf)];

    /// <summary>Reads a finite number: <c>-31.596</c>, <c>1.5E-3</c>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value) =>
        TryPlain(text, out value)
        || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value));

    /// <summary>A sign, up to 19 digits and a point; false for all else.</summary>
    public static bool TryPlain(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var isNegative = text.Length > 0 && text[0] == '-';
        ulong digits = 0;
        var (count, point) = (0, -1);
        for (var at = isNegative ? 1 : 0; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
                if (++count > MaxDigits)
                {
                    return false;
                }
            }
            else if (text[at] == '.' && point < 0)
            {
                point = count;
            }
            else
            {
                return false;
            }
        }

        if (count == 0)
        {
            return false;
        }

        var scale = point < 0 ? 0 : count - point;

        // Two exact numbers: one division, which rounds once.
        value = digits <= MaxExact ? digits / PowersOfTen[scale] : Nearest(digits, scale);
        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>The double nearest to digits over a power of ten, after Lemire, "Number parsing at a gigabyte per second" (2021): the upper
    /// bits of the product with the reciprocal decide, and what lies between two doubles goes to the even one.</summary>
    private static double Nearest(ulong digits, int scale)
    {
        var zeros = BitOperations.LeadingZeroCount(digits);
        digits <<= zeros;
        var high = Math.BigMul(digits, Reciprocals[scale].High, out var low);
        if ((high & Doubtful) == Doubtful)
        {
            var more = Math.BigMul(digits, Reciprocals[scale].Low, out _);
            low += more;
            high += more > low ? 1UL : 0;
        }

        var upper = (int)(high >> 63);
        var shift = upper + 64 - MantissaBits - 3;
        var mantissa = high >> shift;
        var exponent = (((152_170 + 65_536) * -scale) >> 16) + 63 + upper - zeros + 1023;
        if (low <= 1 && scale <= 4 && (mantissa & 3) == 1 && mantissa << shift == high)
        {
            mantissa &= ~1UL;
        }

        mantissa = (mantissa + (mantissa & 1)) >> 1;
        if (mantissa >= 2UL << MantissaBits)
        {
            mantissa = 1UL << MantissaBits;
            exponent++;
        }

        return BitConverter.UInt64BitsToDouble((mantissa & ~(1UL << MantissaBits)) | ((ulong)exponent << MantissaBits));
    }

    private static (ulong High, ulong Low) ReciprocalOf(int n)
    {
        var power = BigInteger.Pow(5, n);
        var bits = (int)(power - 1).GetBitLength();
        var reciprocal = n == 0 ? BigInteger.One << 127 : (BigInteger.One << (bits + 127)) / power + 1;
        return ((ulong)(reciprocal >> 64), (ulong)(reciprocal & ulong.MaxValue));
    }
}
