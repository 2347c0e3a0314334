using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>One report as a table: finds out what was sent, and reads cells by kind.</summary>
/// <remarks>
/// <para>Takes public API JSON and CSV, plain or zipped. A body without rows is proven empty; an error body is
/// <see cref="Outcome.Throttled"/> for status 429 and <see cref="Outcome.Unavailable"/> for all else. A listing of documents
/// holds no rows: its day stays open (<see cref="Outcome.NotYetPublished"/>).</para>
/// </remarks>
internal sealed class ErcotReport
{
    private const int TooManyRequests = 429;

    private readonly IErcotRows _rows;

    private ErcotReport(IErcotRows rows, ArchiveEntry entry)
    {
        _rows = rows;
        FileName = entry.Name;
        Posted = ErcotDocument.PostedIn(entry.InnerName);
    }

    public string FileName { get; }

    public CsvHeader Header => _rows.Header;

    /// <summary>When the document was posted, by its name; null where the name does not say.</summary>
    public Instant? Posted { get; }

    public ReadOnlySpan<byte> this[int column] => _rows[column];

    public bool Read() => _rows.Read();

    /// <summary>Reads all tables in a file.</summary>
    /// <param name="file">As fetched.</param>
    /// <param name="output">Takes the rows.</param>
    /// <param name="read">Reads one table to its end.</param>
    /// <exception cref="FeedFormatException">A file is not what the feed documents.</exception>
    public static ParseResult Parse<TRow>(FeedFile file, IRowOutput<TRow> output, Action<ErcotReport, RowBuffer<TRow>> read)
        where TRow : struct
    {
        var rows = new RowBuffer<TRow>(output);
        var notes = new List<string>();
        var tables = 0;
        using var archive = new ArchiveReader(file);
        while (archive.Next() is { } entry)
        {
            if (ContentGuard.Refusal(entry) is { } refusal)
            {
                return refusal;
            }

            var (table, result) = Open(entry);
            if (table is null)
            {
                return result!;
            }

            using (table)
            {
                tables++;
                ReadTable(new ErcotReport(table, entry), rows, read);
                notes.AddRange(table.Header.UnknownColumnNotes());
            }
        }

        rows.Flush();
        return tables == 0 ? throw new FeedFormatException(file.Name, "", "a report", "an archive without a file")
            : rows.Total == 0 ? ParseResult.ProvenEmpty($"{file.Name} is a report without rows")
            : ParseResult.DataWith(notes);
    }

    public FeedFormatException Unexpected(int column, string expected) => _rows.Unexpected(column, expected);

    public double Number(int column) =>
        Numbers.TryParseDecimal(this[column], out var value) ? value : throw Unexpected(column, "a decimal");

    public double NumberOrNaN(int column) => this[column].IsEmpty ? double.NaN : Number(column);

    public LocalDate Date(int column) =>
        Stamps.TryParseDate(this[column], out var date) ? date : throw Unexpected(column, "a date like 11/02/2025");

    /// <summary>A wall-clock reading: seconds since 1970 on that clock.</summary>
    public long LocalTime(int column) =>
        Stamps.TryParseLocal(this[column], out var seconds)
            ? seconds
            : throw Unexpected(column, "a time like 11/02/2025 01:05:15");

    /// <summary><c>Y</c> and <c>N</c> in CSV, <c>true</c> and <c>false</c> in JSON.</summary>
    public bool Flag(int column)
    {
        var text = this[column];
        return text switch
        {
            [(byte)'Y'] or [(byte)'y'] => true,
            [(byte)'N'] or [(byte)'n'] => false,
            _ when Ascii.EqualsIgnoreCase(text, "true"u8) => true,
            _ when Ascii.EqualsIgnoreCase(text, "false"u8) => false,
            _ => throw Unexpected(column, "a flag, Y or N"),
        };
    }

    public string Text(int column) => Encoding.UTF8.GetString(this[column]);

    private static (IErcotRows? Table, ParseResult? Result) Open(ArchiveEntry entry)
    {
        if (entry.Kind != ContentKind.Json)
        {
            return (new ErcotCsvRows(entry.Content, entry.Name), null);
        }

        var body = JsonBody.Read(entry, ErcotRequests.MaxAnswerBytes);
        if (ErcotDocumentList.TryRead(body.Bytes, entry.Name) is { } documents)
        {
            return (null, ParseResult.NotYetPublished($"{entry.Name} is {documents}, not data"));
        }

        var envelope = ErcotEnvelope.Read(body.Bytes.Span, entry.Name);
        return envelope switch
        {
            { IsReport: false, ErrorStatus: TooManyRequests, Error: var why } => (null, ParseResult.Throttled($"ERCOT: {why}")),
            { IsReport: false, Error: { } why } => (null, ParseResult.Unavailable($"ERCOT answers: {why}")),
            { IsReport: false } => throw new FeedFormatException(entry.Name, "", "_meta, fields and data", "other JSON"),
            { DataOffset: < 0 } or { Fields.Count: 0, TotalRecords: null or 0 } =>
                (null, ParseResult.ProvenEmpty($"{entry.Name} has no rows ({envelope.TotalRecords ?? 0} records)")),
            _ => (new ErcotJsonRows(body, envelope, entry.Name), null),
        };
    }

    private static void ReadTable<TRow>(ErcotReport report, RowBuffer<TRow> rows, Action<ErcotReport, RowBuffer<TRow>> read)
        where TRow : struct
    {
        try
        {
            read(report, rows);
        }
        catch (Exception e) when (e is TimeLabelException or ArgumentOutOfRangeException)
        {
            throw report.Unexpected(0, $"a time of the Texas clock ({e.Message})");
        }
    }
}
