using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Isone;

/// <summary>Makes what reads the records of one file, once for the file, so that its places and fuels are shared by its rows.</summary>
/// <param name="record">Holds the current record whenever the result is called.</param>
/// <param name="rows">Takes the rows.</param>
internal delegate Action RecordReader<TRow>(RecordValues record, RowBuffer<TRow> rows)
    where TRow : struct;

/// <summary>Reads the D lines of a report to its end.</summary>
internal delegate void ReportReader<TRow>(ReportCsv report, RowBuffer<TRow> rows)
    where TRow : struct;

/// <summary>Reads one file of ISO New England, whatever its form: web service JSON or XML, or a report in CSV.</summary>
internal static class IsoneFile
{
    /// <summary>Reads an answer of the web service, or a report where the feed knows one.</summary>
    /// <exception cref="FeedFormatException">Not the form that the feed documents.</exception>
    public static ParseResult Parse<TRow>(
        FeedFile file, IRowOutput<TRow> output, RecordShape shape, RecordReader<TRow> read, ReportReader<TRow>? readReport = null)
        where TRow : struct
    {
        return Parse(file, output, (entry, rows) => entry.Kind switch
        {
            ContentKind.Json or ContentKind.Xml => ReadRecords(entry, shape, rows, read),
            _ when readReport is not null => ReadReport(entry, rows, readReport),
            _ => throw new FeedFormatException(entry.Name, "", "JSON or XML", "other text"),
        });
    }

    /// <summary>Reads a report that comes in CSV alone.</summary>
    /// <exception cref="FeedFormatException">Not the form that the feed documents.</exception>
    public static ParseResult ParseReport<TRow>(FeedFile file, IRowOutput<TRow> output, ReportReader<TRow> read)
        where TRow : struct
    {
        return Parse(file, output, (entry, rows) => entry.Kind == ContentKind.Text
            ? ReadReport(entry, rows, read)
            : throw new FeedFormatException(entry.Name, "", "a report whose lines begin with C, H, D or T", $"{entry.Kind}"));
    }

    private static ParseResult Parse<TRow>(
        FeedFile file,
        IRowOutput<TRow> output,
        Func<ArchiveEntry, RowBuffer<TRow>, (ParseResult? Refusal, IReadOnlyList<string> Notes)> read)
        where TRow : struct
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "an answer of ISO New England", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } page)
        {
            return page;
        }

        var rows = new RowBuffer<TRow>(output);
        var (refusal, notes) = read(entry, rows);
        rows.Flush();
        return refusal ?? (rows.Total == 0 ? ParseResult.ProvenEmpty($"{file.Name} has no record") : ParseResult.DataWith(notes));
    }

    private static (ParseResult? Refusal, IReadOnlyList<string> Notes) ReadRecords<TRow>(
        ArchiveEntry entry, RecordShape shape, RowBuffer<TRow> rows, RecordReader<TRow> read)
        where TRow : struct
    {
        var record = new RecordValues(entry.Name, shape);
        var onRecord = read(record, rows);
        var found = entry.Kind == ContentKind.Json
            ? JsonRecords.Read(entry.Content, record, onRecord)
            : XmlRecords.Read(entry.Content, record, onRecord);
        return (found.Refusal(record), record.Notes);
    }

    private static (ParseResult? Refusal, IReadOnlyList<string> Notes) ReadReport<TRow>(
        ArchiveEntry entry, RowBuffer<TRow> rows, ReportReader<TRow> read)
        where TRow : struct
    {
        using var report = new ReportCsv(entry.Content, entry.Name);
        try
        {
            read(report, rows);
        }
        catch (Exception e) when (e is TimeLabelException or ArgumentOutOfRangeException)
        {
            throw new FeedFormatException(report.File, $"{report.Line}", "a time that the clock in New York shows", e.Message, e);
        }

        return (null, report.Header.UnknownColumnNotes());
    }
}
