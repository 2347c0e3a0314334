using System.Globalization;
using System.IO.Compression;
using System.Text;
using Aurum.Market.Feeds;

namespace Aurum.Tests.Sources.Drift;

/// <summary>One way in which a publisher may change a file. Text in, text out; null where it does not fit the file.</summary>
/// <param name="Name">For messages.</param>
/// <param name="KeepsMeaning">Whether every cell is still under its own name, so that no row may differ.</param>
/// <param name="Change">The change.</param>
internal sealed record Mutation(string Name, bool KeepsMeaning, Func<string, string?> Change)
{
    /// <summary>What a renamed column or property ends with.</summary>
    public const string Renamed = "Xyzzy";

    /// <summary>What stands where a number or a name should be.</summary>
    public const string Words = "Plugh";

    /// <summary>Whether names of columns come or change.</summary>
    public bool IsOfNames =>
        Name.StartsWith("a column", StringComparison.Ordinal) || Name.StartsWith("header", StringComparison.Ordinal);

    /// <summary>Whether a column is there no more under its name.</summary>
    public bool TakesColumn =>
        Name.EndsWith(" renamed", StringComparison.Ordinal) || Name.EndsWith(" dropped", StringComparison.Ordinal);

    /// <summary>The changes of lines with a header: every column on its own where that is what changes.</summary>
    public static IEnumerable<Mutation> OfCsv(string text)
    {
        var table = CsvText.Of(text);
        if (table is null)
        {
            yield break;
        }

        for (var i = 0; i < table.Header.Length; i++)
        {
            var column = i;
            var name = table.Header[i];
            yield return new($"{name} renamed", false, t => CsvText.Of(t)!.WithHeader(column, name + Renamed).ToText());
            yield return new($"{name} dropped", false, t => CsvText.Of(t)!.Map(row => row.Where((_, c) => c != column)).ToText());
            yield return new(
                $"{name} in words", false,
                t => CsvText.Of(t)!.MapBody(row => row.Select((f, c) => c == column ? Words : f)).ToText());
            yield return new(
                $"{name} with decimal commas", false,
                t => CsvText.Of(t)!.MapBody(row => row.Select((f, c) => c == column ? WithComma(f) : f)).ToText());
        }

        yield return new(
            "a column in front", !table.IsLettered,
            t => CsvText.Of(t)!.Map((row, isHeader) => row.Prepend(isHeader ? "Remark" : "x")).ToText());
        yield return new(
            "a column behind", true, t => CsvText.Of(t)!.Map((row, isHeader) => row.Append(isHeader ? "Remark" : "")).ToText());
        yield return new("columns the other way round", !table.IsLettered, t => CsvText.Of(t)!.Map(row => row.Reverse()).ToText());
        yield return new("header in capitals", true, t => CsvText.Of(t)!.MapHeader(h => h.ToUpperInvariant()).ToText());
        yield return new("header in small letters", !table.IsLettered, t => CsvText.Of(t)!.MapHeader(h => h.ToLowerInvariant()).ToText());
        yield return new("rows twice", !table.IsLettered, t => CsvText.Of(t)!.Doubled().ToText());
        yield return new("every third row missing", false, t => CsvText.Of(t)!.Thinned().ToText());
        yield return new("days before months", false, t => CsvText.Of(t)!.MapBody(row => row.Select(DayFirst)).ToText());
    }

    /// <summary>The changes of JSON: every property of the text on its own.</summary>
    public static IEnumerable<Mutation> OfJson(string text)
    {
        foreach (var name in JsonChange.Names(text).Take(40))
        {
            yield return new($"{name} renamed", false, t => t.Replace($"\"{name}\"", $"\"{name}{Renamed}\"", StringComparison.Ordinal));
            yield return new($"{name} dropped", false, t => JsonChange.Without(t, name));
            yield return new($"{name} in words", false, t => JsonChange.With(t, name, Words));
        }

        yield return new("cut in the middle", false, t => t[..(t.Length / 2)]);
    }

    /// <summary>The changes of XML: every element name on its own.</summary>
    public static IEnumerable<Mutation> OfXml(string text)
    {
        var names = System.Text.RegularExpressions.Regex.Matches(text, "<([A-Za-z_][A-Za-z0-9_]*)[ />]").Select(m => m.Groups[1].Value)
            .Distinct().Take(40).ToList();
        foreach (var name in names)
        {
            yield return new(
                $"{name} renamed", false,
                t => t.Replace($"<{name}>", $"<{name}{Renamed}>", StringComparison.Ordinal)
                    .Replace($"</{name}>", $"</{name}{Renamed}>", StringComparison.Ordinal));
        }

        yield return new("cut in the middle", false, t => t[..(t.Length / 2)]);
    }

    /// <summary>The file with the text inside it changed, in a zip again where it came in one.</summary>
    public FeedFile? ApplyTo(FeedFile file)
    {
        using var stream = file.Open();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        if (!bytes.ToArray().AsSpan().StartsWith("PK"u8))
        {
            return Change(Encoding.UTF8.GetString(bytes.ToArray())) is { } text
                ? FeedFile.FromBytes(file.Name, Encoding.UTF8.GetBytes(text), file.Day) with { IsAnswer = true }
                : null;
        }

        using var changed = new MemoryStream();
        using (var from = new ZipArchive(bytes))
        using (var to = new ZipArchive(changed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                using var writer = new StreamWriter(to.CreateEntry(entry.FullName).Open());
                var text = reader.ReadToEnd();
                writer.Write(Change(text) ?? text);
            }
        }

        return FeedFile.FromBytes(file.Name, changed.ToArray(), file.Day) with { IsAnswer = true };
    }

    /// <summary>A comma before three digits may well be one of thousands: that cannot be told.</summary>
    private static string WithComma(string field) =>
        double.TryParse(field.Trim('"'), CultureInfo.InvariantCulture, out _) && field.Trim('"').IndexOf('.') is var point
        && (point > 3 || field.Trim('"').Length - point != 4) ? $"\"{field.Trim('"').Replace('.', ',')}\"" : field;

    private static string DayFirst(string field)
    {
        var isQuoted = field.StartsWith('"');
        var text = field.Trim('"');
        var head = text.Length >= 10 ? text[..10] : "";
        return DateTime.TryParseExact(head, "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? (isQuoted ? "\"" : "") + date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture) + text[10..] + (isQuoted ? "\"" : "")
            : field;
    }
}
