using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Pjm;

/// <summary>One file of a Data Miner feed as a table: finds out what was sent, leaves out superseded versions, and reads cells by
/// kind.</summary>
/// <remarks>
/// <para>Takes API answers (with links and counts, or as bare arrays) and CSV exports, plain or compressed. No rows are proven empty.
/// An error document is <see cref="Outcome.Throttled"/> for status 429 and <see cref="Outcome.Unavailable"/> for all else. An answer
/// with fewer rows than it counts leaves its day open.</para>
/// <para>Where rows have versions (<c>row_is_current</c>, <c>version_nbr</c>), those that are no longer current are left out: what they
/// said was stored when it was current, and the current one is the revision of it.</para>
/// </remarks>
internal sealed class PjmTable
{
    private readonly IPjmRows _rows;
    private readonly int _isCurrent;
    private long _superseded;

    private PjmTable(IPjmRows rows, string fileName)
    {
        _rows = rows;
        FileName = fileName;
        _isCurrent = rows.Header.Optional("row_is_current");
        rows.Header.Ignore("version_nbr", "datetime_beginning_ept", "datetime_ending_ept");
    }

    public string FileName { get; }

    public CsvHeader Header => _rows.Header;

    public ReadOnlySpan<byte> this[int column] => _rows[column];

    /// <summary>Moves to the next row that is current.</summary>
    public bool Read()
    {
        while (_rows.Read())
        {
            if (_isCurrent < 0 || _rows[_isCurrent].IsEmpty || Flag(_isCurrent))
            {
                return true;
            }

            _superseded++;
        }

        return false;
    }

    /// <summary>Reads the tables of a file.</summary>
    /// <param name="file">As fetched.</param>
    /// <param name="output">Takes the rows.</param>
    /// <param name="read">Reads one table to its end. Not asked for one without columns, which has no rows.</param>
    /// <exception cref="FeedFormatException">The file is not what the feed documents.</exception>
    public static ParseResult Parse<TRow>(FeedFile file, IRowOutput<TRow> output, Action<PjmTable, RowBuffer<TRow>> read)
        where TRow : struct
    {
        var rows = new RowBuffer<TRow>(output);
        var notes = new List<string>();
        var tables = 0;
        string? lacking = null;
        using var archive = new ArchiveReader(file);
        while (archive.Next() is { } entry)
        {
            if (ContentGuard.Refusal(entry) is { } refused)
            {
                return refused;
            }

            var (source, refusal) = Open(file, entry);
            if (source is null)
            {
                return refusal!;
            }

            tables++;
            using (source)
            {
                var table = new PjmTable(source, entry.Name);
                table.ReadAll(rows, read);
                lacking ??= source.Finish();
                notes.AddRange(table.Notes());
            }
        }

        rows.Flush();
        return tables == 0 ? throw new FeedFormatException(file.Name, "", "a feed's rows", "an archive without a file")
            : lacking is not null ? ParseResult.NotYetPublished(lacking)
            : rows.Total == 0 ? ParseResult.ProvenEmpty($"{file.Name} has no rows")
            : ParseResult.DataWith(notes);
    }

    public FeedFormatException Unexpected(int column, string expected) => _rows.Unexpected(column, expected);

    public double Number(int column) =>
        Numbers.TryParseDecimal(this[column], out var value) ? value : throw Unexpected(column, "a decimal");

    public double NumberOrNaN(int column) => this[column].IsEmpty ? double.NaN : Number(column);

    /// <summary><c>True</c> and <c>False</c> in CSV, <c>true</c> and <c>false</c> in JSON.</summary>
    public bool Flag(int column)
    {
        var text = this[column];
        return Ascii.EqualsIgnoreCase(text, "true"u8)
            || (!Ascii.EqualsIgnoreCase(text, "false"u8) ? throw Unexpected(column, "True or False") : false);
    }

    public string Text(int column) => Encoding.UTF8.GetString(this[column]);

    /// <summary>A column of UTC stamps. The Eastern one beside it shows an hour twice in autumn and is not read.</summary>
    /// <exception cref="FeedFormatException">There is no such column.</exception>
    public PjmTimes Times(string column) => new(this, Header.Required(column));

    private static (IPjmRows? Rows, ParseResult? Refusal) Open(FeedFile file, ArchiveEntry entry) =>
        entry.Kind == ContentKind.Json
            ? PjmJsonRows.Open(JsonBody.Read(entry, PjmRequests.MaxAnswerBytes), entry.Name)
            : (new PjmCsvRows(file, entry.Content, entry.Name), null);

    private void ReadAll<TRow>(RowBuffer<TRow> rows, Action<PjmTable, RowBuffer<TRow>> read)
        where TRow : struct
    {
        if (Header.Names.Count == 0)
        {
            // No item, no names of columns. Read to its end all the same.
            while (_rows.Read())
            {
                throw new FeedFormatException(FileName, "", "items with properties", "an item without one");
            }

            return;
        }

        try
        {
            read(this, rows);
        }
        catch (Exception e) when (e is TimeLabelException or ArgumentOutOfRangeException)
        {
            throw Unexpected(0, $"a time that can be ({e.Message})");
        }
    }

    private IEnumerable<string> Notes() => _superseded == 0
        ? Header.UnknownColumnNotes()
        : [.. Header.UnknownColumnNotes(), $"{FileName}: {_superseded} rows of superseded versions left out"];
}
