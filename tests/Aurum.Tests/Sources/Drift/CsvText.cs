namespace Aurum.Tests.Sources.Drift;

/// <summary>Lines with a header as fields, quotes kept, to be changed and written again. Of files whose fields hold no line end and no
/// separator.</summary>
internal sealed record CsvText(IReadOnlyList<string> Titles, string[] Header, IReadOnlyList<string[]> Body, string LineEnd)
{
    /// <summary>Whether the first field of each line says what the line is, so that it must stay where and as it is, and the last line
    /// says that it is the last.</summary>
    public bool IsLettered => Header[0] == "\"H\"";

    public static CsvText? Of(string text)
    {
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        var header = lines.FindIndex(l => l.Contains(',', StringComparison.Ordinal) && !l.StartsWith('\\')
            && !l.StartsWith("\"C\",", StringComparison.Ordinal));
        while (header >= 0 && header + 1 < lines.Count && lines[header].Split(',').Length != lines[header + 1].Split(',').Length)
        {
            header++;
        }

        return header < 0 || header + 1 >= lines.Count || lines[header].Split(',').Length < 2
            ? null
            : new CsvText(
                lines[..header],
                lines[header].Split(','),
                [.. lines.Skip(header + 1).Where(l => l.Length > 0).Select(l => l.Split(','))],
                text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");
    }

    public CsvText WithHeader(int column, string name) => this with { Header = [.. Header.Select((h, c) => c == column ? name : h)] };

    public CsvText MapHeader(Func<string, string> change) => this with { Header = [.. Header.Select(change)] };

    public CsvText MapBody(Func<string[], IEnumerable<string>> change) => this with { Body = [.. Body.Select(r => change(r).ToArray())] };

    public CsvText Map(Func<string[], IEnumerable<string>> change) => Map((row, _) => change(row));

    public CsvText Map(Func<string[], bool, IEnumerable<string>> change) =>
        this with { Header = [.. change(Header, true)], Body = [.. Body.Select(r => change(r, false).ToArray())] };

    public CsvText Doubled() => this with { Body = [.. Body, .. Body] };

    public CsvText Thinned() => this with { Body = [.. Body.Where((_, i) => i % 3 != 2)] };

    public string ToText() => string.Concat(
        Titles.Select(t => t + LineEnd).Concat(Body.Prepend(Header).Select(r => string.Join(',', r) + LineEnd)));
}
