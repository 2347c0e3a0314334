using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Spp;

/// <summary>Reads one CSV to its end.</summary>
/// <param name="csv">The file, behind its header.</param>
/// <param name="file">The file as it came, with its name and the day that was asked for.</param>
/// <param name="rows">Takes the rows.</param>
/// <returns>Notes for a person.</returns>
internal delegate IReadOnlyList<string> SppRowsReader<TRow>(CsvReader csv, FeedFile file, RowBuffer<TRow> rows)
    where TRow : struct;

/// <summary>How SPP lays out its files: CSVs below a report's name in a file browser, LF or CRLF, each line ended.</summary>
/// <remarks>Names of columns come as <c>Settlement Location</c>, <c>SETTLEMENT_LOCATION</c> and <c> Coal Market</c>: case, blanks and
/// underscores do not matter.</remarks>
internal static class SppFiles
{
    /// <summary>How long a file of many days (a month, a year) serves the days in it.</summary>
    public static readonly Duration SharedFor = Duration.FromHours(1);

    private static readonly CsvOptions Form = new() { LooseNames = true };

    /// <summary>The request for a file of a report.</summary>
    /// <param name="report">Name of the report: <c>da-lmp-by-bus</c>.</param>
    /// <param name="path">Path of the file below it, starting with a slash.</param>
    public static FeedRequest Download(string report, string path) => new(
        SppFeeds.Portal.Name, $"/file-browser-api/download/{report}?path={path}", path[(path.LastIndexOf('/') + 1)..]);

    /// <summary>Reads a CSV, or all those of an archive.</summary>
    /// <param name="file">CSV or archive.</param>
    /// <param name="output">Takes the rows.</param>
    /// <param name="read">Reads one CSV.</param>
    /// <param name="isInterval">Whether the file may be that of one interval: SPP has put out such files without a byte, which is
    /// then a hole in the day. Elsewhere a file without rows is one that is still to come.</param>
    /// <exception cref="FeedFormatException">A file is not what the feed documents.</exception>
    public static ParseResult Parse<TRow>(
        FeedFile file, IRowOutput<TRow> output, SppRowsReader<TRow> read, bool isInterval = false)
        where TRow : struct
    {
        var rows = new RowBuffer<TRow>(output);
        var notes = new List<string>();
        using var archive = new ArchiveReader(file);
        while (archive.Next() is { } entry)
        {
            if (isInterval && entry.Kind == ContentKind.Empty)
            {
                continue;
            }

            if (ContentGuard.Refusal(entry) is { } refusal)
            {
                return refusal;
            }

            using var csv = new CsvReader(entry.Content, entry.Name, Form);
            notes.AddRange(Read(csv, file, rows, read));
            if (csv.EndsInLine && file.IsAnswer)
            {
                throw new FeedFormatException(entry.Name, $"{csv.Line - 1}", "a line end", "the end of the file: it may be cut");
            }

            notes.AddRange(csv.Header.UnknownColumnNotes());
        }

        rows.Flush();
        return rows.Total > 0 ? ParseResult.DataWith(notes)
            : isInterval ? ParseResult.ProvenEmpty($"{file.Name} has no row")
            : ParseResult.NotYetPublished($"{file.Name} has no row{(file.Day is { } day ? $" of {day}" : "")}");
    }

    /// <summary>Seconds from which and up to which rows of the asked day begin; everything where no day was asked for.</summary>
    public static (long From, long To) Stretch(FeedFile file) => file.Day is { } day
        ? (day.Start.ToUnixTimeSeconds(), day.End.ToUnixTimeSeconds())
        : (long.MinValue, long.MaxValue);

    private static IReadOnlyList<string> Read<TRow>(CsvReader csv, FeedFile file, RowBuffer<TRow> rows, SppRowsReader<TRow> read)
        where TRow : struct
    {
        try
        {
            return read(csv, file, rows);
        }
        catch (Exception e) when (e is TimeLabelException or ArgumentOutOfRangeException)
        {
            throw new FeedFormatException(csv.File, $"{csv.Line}", "a time that the Central clock shows", e.Message, e);
        }
    }
}
