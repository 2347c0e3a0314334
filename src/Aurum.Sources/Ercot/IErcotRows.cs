using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ercot;

/// <summary>Rows of a report, whichever way ERCOT sends it: positional arrays of the public API, or CSV of the MIS
/// documents.</summary>
internal interface IErcotRows : IDisposable
{
    /// <summary>Names of the columns; blanks, underscores and case do not matter: <c>DELIVERY_DATE</c> is
    /// <c>deliveryDate</c>.</summary>
    CsvHeader Header { get; }

    /// <summary>Text of a cell of the current row; empty for null and for a column of -1. Valid until the next row.</summary>
    ReadOnlySpan<byte> this[int column] { get; }

    /// <summary>Moves to the next row.</summary>
    bool Read();

    /// <summary>The error for a cell that is not what it should be.</summary>
    FeedFormatException Unexpected(int column, string expected);
}

/// <summary>A MIS document.</summary>
internal sealed class ErcotCsvRows(Stream content, string file) : IErcotRows
{
    private static readonly CsvOptions Options = new() { LooseNames = true };

    private readonly CsvReader _csv = new(content, file, Options);

    public CsvHeader Header => _csv.Header;

    public ReadOnlySpan<byte> this[int column] => _csv[column].Trim((byte)' ');

    public bool Read() => _csv.Read();

    public FeedFormatException Unexpected(int column, string expected) => _csv.Unexpected(column, expected);

    public void Dispose() => _csv.Dispose();
}
