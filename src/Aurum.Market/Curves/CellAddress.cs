using System.Globalization;

namespace Aurum.Market.Curves;

/// <summary>A cell of a sheet, as spreadsheets name it: <c>C12</c>.</summary>
/// <param name="Row">From 1 to <see cref="MaxRow"/>.</param>
/// <param name="Column">From 1, which is A, to <see cref="MaxColumn"/>, which is XFD.</param>
public readonly record struct CellAddress(int Row, int Column)
{
    public const int MaxRow = 1_048_576;
    public const int MaxColumn = 16_384;

    private const int Letters = 26;

    private const int MaxLetters = 16;

    [ThreadStatic]
    private static byte[]? _scratch;

    [ThreadStatic]
    private static bool _isSecond;

    /// <summary>Letters of the column: <c>AX</c> for 50.</summary>
    public static string ColumnText(int column)
    {
        Span<char> text = stackalloc char[8];
        var at = text.Length;
        for (; column > 0; column = (column - 1) / Letters)
        {
            text[--at] = (char)('A' + ((column - 1) % Letters));
        }

        return new string(text[at..]);
    }

    /// <summary>Reads <c>AX132</c>. False for anything else, and outside the limits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CellAddress address)
    {
        int row = 0, column = 0, i = 0;
        for (; i < text.Length && (text[i] | 0x20) is >= 'a' and <= 'z' and var letter && column <= MaxColumn; i++)
        {
            column = (column * Letters) + letter - 'a' + 1;
        }

        for (; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9' and var digit && row <= MaxRow; i++)
        {
            row = (row * 10) + digit - '0';
        }

        address = new CellAddress(row, column);
        return i == text.Length && row is > 0 and <= MaxRow && column is > 0 and <= MaxColumn;
    }

    /// <summary>The address as text. The span is good until the call after the next one on the same thread, and never lies where the one
    /// before it does: who compares spans by their place sees two addresses.</summary>
    internal ReadOnlySpan<byte> Utf8()
    {
        _isSecond = !_isSecond;
        var text = (_scratch ??= new byte[2 * MaxLetters]).AsSpan(_isSecond ? MaxLetters : 0, MaxLetters);
        var at = text.Length;
        for (var row = Row; row > 0; row /= 10)
        {
            text[--at] = (byte)('0' + (row % 10));
        }

        for (var column = Column; column > 0; column = (column - 1) / Letters)
        {
            text[--at] = (byte)('A' + ((column - 1) % Letters));
        }

        return text[at..];
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ColumnText(Column)}{Row}");
}
