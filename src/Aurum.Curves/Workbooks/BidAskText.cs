using System.Globalization;
using Aurum.Curves.Workbooks.Cells;

namespace Aurum.Curves.Workbooks;

/// <summary>A bid and an ask that share a cell: <c>32.163   /   32.370</c>.</summary>
/// <param name="Bid">NaN where that side is open.</param>
/// <param name="Ask">NaN where that side is open.</param>
/// <remarks>Sides are parted by a slash, or by a dash with blanks around it. A side may be a number, also with parentheses for less than
/// zero, or be open: nothing, a dash, <c>NA</c>. A comma is a decimal mark or parts thousands only where it can be nothing else.</remarks>
public readonly record struct BidAskText(double Bid, double Ask)
{
    public bool IsCrossed => Bid > Ask;

    /// <summary>False for text that does not say for certain what bid and ask are, one number alone included.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out BidAskText quote)
    {
        quote = new BidAskText(double.NaN, double.NaN);
        return TrySplit(text.Trim(" \t\r\n"u8), out var left, out var right)
            && TrySide(left, out var bid) && TrySide(right, out var ask)
            && !(double.IsNaN(bid) && double.IsNaN(ask) && !(IsOpen(left) && IsOpen(right)))
            && Made(bid, ask, out quote);
    }

    private static bool Made(double bid, double ask, out BidAskText quote)
    {
        quote = new BidAskText(bid, ask);
        return true;
    }

    private static bool TrySplit(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> left, out ReadOnlySpan<byte> right)
    {
        left = right = default;
        var mark = "/"u8;
        var at = text.IndexOf(mark);
        if (at < 0)
        {
            mark = " - "u8;
            at = text.IndexOf(mark);
        }

        if (at < 0)
        {
            mark = "\u2013"u8;
            at = text.IndexOf(mark);
        }

        if (at < 0)
        {
            return false;
        }

        left = text[..at].Trim(" \t"u8);
        right = text[(at + mark.Length)..].Trim(" \t"u8);
        return right.IndexOf(mark) < 0;
    }

    private static bool IsOpen(ReadOnlySpan<byte> side) =>
        side.IsEmpty || side.SequenceEqual("-"u8) || side.SequenceEqual("NA"u8);

    private static bool TrySide(ReadOnlySpan<byte> side, out double value)
    {
        value = double.NaN;
        if (IsOpen(side))
        {
            return true;
        }

        var isNegative = side.Length > 2 && side[0] == '(' && side[^1] == ')';
        if (isNegative)
        {
            side = side[1..^1].Trim(" "u8);
            if (side.IsEmpty || side[0] is (byte)'-' or (byte)'+')
            {
                return false;
            }
        }

        if (DecimalText.TryPlain(side, out value))
        {
            value = isNegative ? -value : value;
            return true;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        Span<byte> plain = stackalloc byte[64];
        if (side.Length > plain.Length || !TryPlain(side, plain, out var length)
            || !double.TryParse(plain[..length], Style, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>Writes a number with a point as its decimal mark and no thousands marks.</summary>
    private static bool TryPlain(ReadOnlySpan<byte> number, Span<byte> plain, out int length)
    {
        length = 0;
        var (comma, point) = (number.LastIndexOf((byte)','), number.LastIndexOf((byte)'.'));
        byte decimalMark = (byte)'.', thousandsMark = 0;
        if (comma >= 0 && point >= 0)
        {
            (decimalMark, thousandsMark) = comma > point ? ((byte)',', (byte)'.') : ((byte)'.', (byte)',');
        }
        else if (comma >= 0)
        {
            var isSole = number.IndexOf((byte)',') == comma;
            if (isSole && number.Length - comma - 1 == 3 && comma <= 4)
            {
                return false;
            }

            (decimalMark, thousandsMark) = isSole ? ((byte)',', (byte)0) : ((byte)0, (byte)',');
        }

        if (thousandsMark != 0 && !AreThousands(number, thousandsMark, decimalMark))
        {
            return false;
        }

        foreach (var letter in number)
        {
            if (letter != thousandsMark)
            {
                plain[length++] = letter == decimalMark ? (byte)'.' : letter;
            }
        }

        return true;
    }

    /// <summary>Whether the marks stand before every third digit from the right, as marks of thousands do.</summary>
    private static bool AreThousands(ReadOnlySpan<byte> number, byte thousandsMark, byte decimalMark)
    {
        var end = decimalMark == 0 ? -1 : number.LastIndexOf(decimalMark);
        var whole = (end < 0 ? number : number[..end]).TrimStart("+-"u8);
        for (var i = 1; i <= whole.Length; i++)
        {
            if ((whole[^i] == thousandsMark) != (i % 4 == 0))
            {
                return false;
            }
        }

        return whole.Length > 0 && whole[0] != thousandsMark;
    }
}
