namespace Aurum.Market.Text;

/// <summary>Texts of others that are kept as texts. PostgreSQL takes no 0x00 in one, and control characters are nothing that a person or a
/// header could read.</summary>
public static class PlainText
{
    private const char Unreadable = '\uFFFD';

    /// <summary>Whether a text in UTF-8 has no control characters.</summary>
    public static bool Is(ReadOnlySpan<byte> text) => text.IndexOfAnyInRange((byte)0, (byte)0x1F) < 0;

    /// <summary>Whether it has no sign of letters that could not be read either, under which different names would be one.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> text) => Is(text) && text.IndexOf("\uFFFD"u8) < 0;

    /// <summary>A text with U+FFFD in place of each control character.</summary>
    public static string Shown(string text)
    {
        if (!Has(text))
        {
            return text;
        }

        return string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = char.IsControl(from[i]) ? Unreadable : from[i];
            }
        });
    }

    private static bool Has(ReadOnlySpan<char> text) =>
        text.IndexOfAnyInRange('\0', '\u001F') >= 0 || text.IndexOfAnyInRange('\u007F', '\u009F') >= 0;
}
