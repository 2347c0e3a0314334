using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ieso;

/// <summary>IESO's hourly demand CSV of a year: three lines that begin with two backslashes, then Date, Hour and a column an area, LF.
/// Rows of other days than the one asked for are passed over.</summary>
internal static class DemandFile
{
    private static readonly CsvOptions Options = new() { SkipLines = 3 };

    public static bool Recognizes(FileHead head, string title) =>
        head.FirstLine.StartsWith(@"\\" + title, StringComparison.Ordinal);

    /// <param name="file">The file.</param>
    /// <param name="output">Takes the rows.</param>
    /// <param name="areas">The columns that hold areas, by the header.</param>
    public static ParseResult Parse(
        FeedFile file, IRowOutput<LoadRow> output, Func<CsvHeader, IReadOnlyList<(int Column, Location Area)>> areas) =>
        IesoFiles.Parse(file, output, (entry, rows) => Read(file, entry, rows, areas));

    private static IReadOnlyList<string> Read(
        FeedFile file, ArchiveEntry entry, RowBuffer<LoadRow> rows, Func<CsvHeader, IReadOnlyList<(int Column, Location Area)>> areas)
    {
        using var csv = new CsvReader(entry.Content, entry.Name, Options);
        var date = csv.Header.Required("Date");
        var hour = csv.Header.Required("Hour");
        var columns = areas(csv.Header);
        var asked = file.Day is { } day ? Encoding.UTF8.GetBytes(day.ToString()) : [];
        Span<byte> lastDate = stackalloc byte[10];
        var clock = default(IesoClock);
        while (csv.Read())
        {
            var text = csv[date];
            if (asked.Length > 0 && !text.SequenceEqual(asked) && Stamps.TryParseDate(text, out _))
            {
                continue;
            }

            if (!text.SequenceEqual(lastDate))
            {
                clock = Stamps.TryParseDate(text, out var found)
                    ? new IesoClock(found)
                    : throw csv.Unexpected(date, "a date like 2026-01-31");
                text.CopyTo(lastDate);
            }

            if (!clock.TryHour(csv.WholeNumber(hour), out var delivery))
            {
                throw csv.Unexpected(hour, "an hour from 1 to 24");
            }

            foreach (var (column, area) in columns)
            {
                rows.Add(new LoadRow(area, delivery, csv.NumberOrNaN(column)));
            }
        }

        if (csv.EndsInLine && file.IsAnswer)
        {
            throw new FeedFormatException(entry.Name, $"{csv.Line - 1}", "a line end", "the end of the file: it may be cut");
        }

        return csv.Header.UnknownColumnNotes();
    }
}
