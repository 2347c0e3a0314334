namespace Aurum.Tests.Sources.Drift;

/// <summary>Lines with a header as fields, quotes kept, to be changed and written again. Of files whose fields hold no line end and no
/// separator.</summary>
internal sealed record CsvText(string[] Header, IReadOnlyList<string[]> Body, string LineEnd)
{
    public static CsvText? Of(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r').Split(',')).ToList();
        return lines.Count > 1 && lines[0].Length > 1 && lines[0].Length == lines[1].Length
            ? new CsvText(lines[0], lines.GetRange(1, lines.Count - 1), text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n")
            : null;
    }

    public CsvText WithHeader(int column, string name) => this with { Header = [.. Header.Select((h, c) => c == column ? name : h)] };

    public CsvText MapHeader(Func<string, string> change) => this with { Header = [.. Header.Select(change)] };

    public CsvText MapBody(Func<string[], IEnumerable<string>> change) => this with { Body = [.. Body.Select(r => change(r).ToArray())] };

    public CsvText Map(Func<string[], IEnumerable<string>> change) => Map((row, _) => change(row));

    public CsvText Map(Func<string[], bool, IEnumerable<string>> change) =>
        this with { Header = [.. change(Header, true)], Body = [.. Body.Select(r => change(r, false).ToArray())] };

    public CsvText Doubled() => this with { Body = [.. Body, .. Body] };

    public CsvText Thinned() => this with { Body = [.. Body.Where((_, i) => i % 3 != 2)] };

    public string ToText() => string.Concat(Body.Prepend(Header).Select(r => string.Join(',', r) + LineEnd));
}
