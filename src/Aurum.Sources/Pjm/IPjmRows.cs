using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Pjm;

/// <summary>Rows of a Data Miner feed, whichever way PJM sends them: JSON items of the API, or a CSV export of the web page.</summary>
internal interface IPjmRows : IDisposable
{
    CsvHeader Header { get; }

    /// <summary>Text of a cell of the current row; empty for null and for a column of -1. Valid until the next row.</summary>
    ReadOnlySpan<byte> this[int column] { get; }

    /// <summary>Moves to the next row.</summary>
    bool Read();

    /// <summary>The error for a cell that is not what it should be.</summary>
    FeedFormatException Unexpected(int column, string expected);

    /// <summary>After the last row: what the file says of itself that its rows do not bear out, as a sentence; null where they
    /// do.</summary>
    /// <exception cref="FeedFormatException">The file is cut behind its last row.</exception>
    string? Finish();
}

/// <summary>A CSV export: lower-case header, CRLF, no quotes.</summary>
internal sealed class PjmCsvRows(FeedFile file, Stream content, string name) : IPjmRows
{
    private readonly CsvReader _csv = new(content, name);

    public CsvHeader Header => _csv.Header;

    public ReadOnlySpan<byte> this[int column] => _csv[column].Trim((byte)' ');

    public bool Read() => _csv.Read();

    public FeedFormatException Unexpected(int column, string expected) => _csv.Unexpected(column, expected);

    public string? Finish() => _csv.EndsInLine && file.IsAnswer
        ? throw new FeedFormatException(_csv.File, $"{_csv.Line - 1}", "a line end", "the end of the file: it may be cut")
        : null;

    public void Dispose() => _csv.Dispose();
}
