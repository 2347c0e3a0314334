namespace Aurum.Market.Time;

/// <summary>Reads the text of an hour: an optional <c>HE</c>, one or two digits, an optional <c>:00</c>, an optional mark
/// <c>*</c> or <c>X</c> of the repeated hour; blanks around it do not count.</summary>
internal static class HourText
{
    /// <summary>Longest text that can be an hour, blanks included.</summary>
    public const int MaxLength = 32;

    public static bool TryRead(ReadOnlySpan<byte> text, out int hour, out bool isRepeated)
    {
        hour = 0;
        isRepeated = false;
        text = text.Trim((byte)' ');
        if (text.StartsWith("HE"u8) || text.StartsWith("he"u8))
        {
            text = text[2..].TrimStart((byte)' ');
        }

        if (text.Length > 0 && text[^1] is (byte)'*' or (byte)'X' or (byte)'x')
        {
            isRepeated = true;
            text = text[..^1].TrimEnd((byte)' ');
        }

        if (text.EndsWith(":00"u8))
        {
            text = text[..^3];
        }

        if (text.Length is 0 or > 2)
        {
            return false;
        }

        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            hour = (hour * 10) + (digit - '0');
        }

        return true;
    }

    public static bool TryToUtf8(ReadOnlySpan<char> text, Span<byte> utf8, out int length) =>
        System.Text.Ascii.FromUtf16(text, utf8, out length) == System.Buffers.OperationStatus.Done;
}
