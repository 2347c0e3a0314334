namespace Aurum.App.Output;

/// <summary>Breaks text into lines for a terminal, between words. A word longer than a line stays whole: people copy paths.</summary>
internal static class TextWrap
{
    /// <summary>At least one line.</summary>
    /// <param name="text">Words with single blanks between them.</param>
    /// <param name="width">Letters of a line.</param>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = "";
            }

            line += (line.Length > 0 ? " " : "") + word;
        }

        lines.Add(line);
        return lines;
    }
}
