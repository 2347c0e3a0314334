using System.Runtime.CompilerServices;
using System.Text;
using Aurum.Market.Feeds;

namespace Aurum.Sources.Reading;

/// <summary>Reads CSV from a stream, one record at a time, as UTF-8 fields in place: no strings and no allocation per
/// row.</summary>
/// <remarks>
/// <para>Takes quoted and unquoted fields, LF and CRLF, a byte-order mark, line ends inside quotes; skips blank lines. A quote
/// inside an unquoted field stands for itself.</para>
/// <para>Fields are valid until the next <see cref="Read"/>. A column of -1 (an optional column that the file lacks) reads as
/// empty.</para>
/// <para>Everything wrong is a <see cref="FeedFormatException"/> with file and line.</para>
/// </remarks>
public sealed class CsvReader : IDisposable
{
    private readonly CsvScanner _scanner;
    private readonly int _expectedCount;

    /// <param name="stream">Bytes of the file; stays open.</param>
    /// <param name="file">Name for errors.</param>
    /// <param name="options">Form and limits.</param>
    /// <exception cref="FeedFormatException">There is no header, or the text is not UTF-8.</exception>
    public CsvReader(Stream stream, string file, CsvOptions? options = null)
    {
        options ??= CsvOptions.Default;
        File = file;
        _scanner = new CsvScanner(stream, file, options);
        try
        {
            _scanner.SkipByteOrderMark();
            SkipLines(options.SkipLines);
            Header = options.HasHeader ? ReadHeader(options) : new CsvHeader(file, 1, [], options.LooseNames);
            _expectedCount = options is { AllowRagged: false, HasHeader: true } ? Header.Names.Count : -1;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string File { get; }

    public CsvHeader Header { get; }

    /// <summary>Line on which the current record begins, from 1.</summary>
    public long Line => _scanner.Line;

    /// <summary>Fields in the current record.</summary>
    public int Count => _scanner.Count;

    /// <summary>Whether the file ended without a line end behind its last line: it may have been cut. Known when that line was
    /// read.</summary>
    public bool EndsInLine => _scanner.EndsInLine;

    /// <summary>A field of the current record, without its quotes. Empty for a column of -1 or beyond a short row.</summary>
    public ReadOnlySpan<byte> this[int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _scanner[column];
    }

    /// <summary>Moves to the next record that is not blank.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="FeedFormatException">Too long, too many fields, not as many fields as the header, or an open
    /// quote.</exception>
    public bool Read()
    {
        while (_scanner.Advance())
        {
            if (_scanner.Count == _expectedCount && _expectedCount > 1)
            {
                return true;
            }

            if (_scanner.Count == 1 && IsBlank(_scanner[0]))
            {
                continue;
            }

            if (_expectedCount >= 0 && _scanner.Count != _expectedCount)
            {
                throw new FeedFormatException(File, $"{Line}", $"{_expectedCount} fields as in the header", $"{Count}");
            }

            return true;
        }

        return false;
    }

    /// <summary>A field as text, without blanks around it.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(this[column].Trim((byte)' '));

    public bool IsEmpty(int column) => IsBlank(this[column]);

    /// <exception cref="FeedFormatException">Not a number: <c>spp.csv:2: expected a decimal in LMP, found 'n/a'</c>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Number(int column) =>
        Numbers.TryParseDecimal(this[column], out var value) ? value : throw Unexpected(column, "a decimal");

    /// <summary>A number, or NaN where the field is blank.</summary>
    public double NumberOrNaN(int column) => IsBlank(this[column]) ? double.NaN : Number(column);

    public int WholeNumber(int column) =>
        Numbers.TryParseInteger(this[column], out var value) ? value : throw Unexpected(column, "an integer");

    /// <summary>The error for a field that is not what it should be.</summary>
    public FeedFormatException Unexpected(int column, string expected) =>
        new(File, $"{Line}", $"{expected} in {Header.NameOf(column)}", $"'{Encoding.UTF8.GetString(this[column])}'");

    public void Dispose() => _scanner.Dispose();

    private static bool IsBlank(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    private void SkipLines(int lines)
    {
        for (var i = 0; i < lines; i++)
        {
            if (!_scanner.Advance())
            {
                throw new FeedFormatException(File, "", $"{lines} lines before the header", $"{i}");
            }
        }
    }

    private CsvHeader ReadHeader(CsvOptions options)
    {
        while (_scanner.Advance())
        {
            if (_scanner.Count == 1 && IsBlank(_scanner[0]))
            {
                continue;
            }

            var names = new string[_scanner.Count];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = Encoding.UTF8.GetString(_scanner[i]).Trim();
            }

            return new CsvHeader(File, Line, names, options.LooseNames);
        }

        throw new FeedFormatException(File, "", "a header line", "an empty file");
    }
}
