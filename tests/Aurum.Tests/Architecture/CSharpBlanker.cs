namespace Aurum.Tests.Architecture;

/// <summary>Replaces what is no code in C# text by blanks. Line ends stay, so that places stay.</summary>
internal static class CSharpBlanker
{
    public static string Blank(string text)
    {
        var blank = text.ToCharArray();
        for (var i = 0; i < text.Length;)
        {
            var end = EndOfComment(text, i);
            end = end > i ? end : EndOfQuoted(text, i);
            Clear(blank, i, end);
            i = Math.Max(end, i + 1);
        }

        return new string(blank);
    }

    private static void Clear(char[] text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            text[i] = text[i] is '\n' or '\r' ? text[i] : ' ';
        }
    }

    private static int EndOfComment(string text, int at)
    {
        if (Starts(text, at, "//"))
        {
            var end = text.IndexOf('\n', at);
            return end < 0 ? text.Length : end;
        }

        if (Starts(text, at, "/*"))
        {
            var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
            return end < 0 ? text.Length : end + 2;
        }

        return at;
    }

    /// <summary>End of the string or character that begins here; the same place where none does. What is interpolated counts as
    /// string.</summary>
    private static int EndOfQuoted(string text, int at)
    {
        if (text[at] == '\'')
        {
            return EndOfEscaped(text, at + 1, '\'');
        }

        var quote = at;
        while (quote < text.Length && text[quote] is '$' or '@')
        {
            quote++;
        }

        if (quote >= text.Length || text[quote] != '"')
        {
            return at;
        }

        var quotes = 1;
        while (quote + quotes < text.Length && text[quote + quotes] == '"')
        {
            quotes++;
        }

        if (quotes >= 3)
        {
            var end = text.IndexOf(new string('"', quotes), quote + quotes, StringComparison.Ordinal);
            return end < 0 ? text.Length : end + quotes;
        }

        if (quotes == 2)
        {
            return quote + 2;
        }

        var prefix = text[at..quote];
        return prefix.Contains('@') ? EndOfVerbatim(text, quote + 1) : EndOfText(text, quote + 1, prefix.Contains('$'));
    }

    private static int EndOfEscaped(string text, int from, char quote)
    {
        for (var i = from; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == quote)
            {
                return i + 1;
            }
        }

        return from;
    }

    private static int EndOfVerbatim(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '"' && !Starts(text, i, "\"\""))
            {
                return i + 1;
            }

            i += text[i] == '"' ? 1 : 0;
        }

        return text.Length;
    }

    /// <summary>End of a string on one line; holes of an interpolated one may hold strings themselves.</summary>
    private static int EndOfText(string text, int from, bool isInterpolated)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i + 1;
            }
            else if (isInterpolated && text[i] == '{' && !Starts(text, i, "{{"))
            {
                i = EndOfHole(text, i + 1);
            }
            else if (text[i] is '{' or '}' && isInterpolated)
            {
                i++;
            }
        }

        return text.Length;
    }

    private static int EndOfHole(string text, int from)
    {
        var depth = 1;
        for (var i = from; i < text.Length; i++)
        {
            var end = EndOfQuoted(text, i);
            if (end > i)
            {
                i = end - 1;
                continue;
            }

            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return text.Length;
    }

    private static bool Starts(string text, int at, string with) => string.CompareOrdinal(text, at, with, 0, with.Length) == 0;
}
