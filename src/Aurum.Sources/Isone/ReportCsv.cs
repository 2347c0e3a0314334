using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>A report in CSV, whose lines say what they are in their first field: C for a comment, H for names and types, D for data
/// and T for the end.</summary>
/// <remarks>
/// <para>The T line counts the D lines, <c>"T","29016 lines"</c>: a report that has other than that many, or no such line, is not
/// whole.</para>
/// <para>Comments give the title and when the report was made: <c>Report generated: 06/03/2026 12:57:12 EDT</c>, with or without the
/// colon.</para>
/// </remarks>
internal sealed class ReportCsv : IDisposable
{
    private const string Kinds = "a line that begins with C, H, D or T";

    private static readonly CsvOptions Lines = new() { HasHeader = false, AllowRagged = true };

    private readonly CsvReader _csv;
    private bool _isPending;
    private long _dataLines;
    private bool _isOver;

    /// <exception cref="FeedFormatException">There is no H line.</exception>
    public ReportCsv(Stream content, string file)
    {
        _csv = new CsvReader(content, file, Lines);
        try
        {
            Header = ReadHead();
        }
        catch
        {
            _csv.Dispose();
            throw;
        }
    }

    public string File => _csv.File;

    public long Line => _csv.Line;

    /// <summary>Names of the columns; the first is that of the letters.</summary>
    public CsvHeader Header { get; }

    /// <summary>When the report was made, seconds since 1970; <see cref="InstantColumn.Unknown"/> where it does not say.</summary>
    public long GeneratedUnixSeconds { get; private set; }

    /// <summary>Fields of the current D line.</summary>
    public int Count => _csv.Count;

    public ReadOnlySpan<byte> this[int column] => _csv[column];

    /// <summary>Moves to the next D line. False at the T line, which must be the last one and count them.</summary>
    /// <exception cref="FeedFormatException">The report is cut, or lacks lines, or goes on behind its end.</exception>
    public bool Read()
    {
        while (!_isOver && Next())
        {
            switch (_csv[0])
            {
                case [(byte)'D']:
                    _dataLines++;
                    return true;
                case [(byte)'T']:
                    CheckEnd();
                    _isOver = true;
                    break;
                case [(byte)'H'] or [(byte)'C']:
                    break;
                default:
                    throw Unexpected(Kinds, _csv[0]);
            }
        }

        return _isOver ? false : throw new FeedFormatException(File, $"{Line}", "a T line at the end", "the end of the file: it is cut");
    }

    /// <summary>Says that the current D line is a heading, which the T line does not count.</summary>
    public void IsHeading() => _dataLines--;

    public double Number(int column) => Numbers.TryParseDecimal(_csv[column], out var value)
        ? value
        : throw Unexpected($"a decimal in {Header.NameOf(column)}", _csv[column]);

    public LocalDate Date(int column) =>
        Stamps.TryParseDate(_csv[column], out var date) ? date : throw Unexpected("a date like 06/04/2026", _csv[column]);

    /// <summary>The hour of a day: 01 to 24, and 02X for the second of two equal ones.</summary>
    public HourEnding Hour(int column, LocalDate date) => HourEnding.TryParse(date, _csv[column], out var hour)
        ? hour
        : throw Unexpected("an hour ending from 01 to 24, or 02X", _csv[column]);

    public FeedFormatException Unexpected(string expected, ReadOnlySpan<byte> found) =>
        new(File, $"{Line}", expected, $"'{Encoding.UTF8.GetString(found)}'");

    public void Dispose() => _csv.Dispose();

    private bool Next()
    {
        var has = _isPending || _csv.Read();
        _isPending = false;
        return has;
    }

    /// <summary>Reads the comments and the names; stops before the first line behind them.</summary>
    private CsvHeader ReadHead()
    {
        CsvHeader? header = null;
        while (_csv.Read())
        {
            switch (_csv[0])
            {
                case [(byte)'C']:
                    TakeComment(_csv.Text(1));
                    break;
                case [(byte)'H']:
                    header ??= new CsvHeader(File, Line, Names(), loose: false);
                    break;
                case [(byte)'D'] or [(byte)'T'] when header is not null:
                    _isPending = true;
                    header.Ignore(header.Names[0]);
                    return header;
                default:
                    throw Unexpected(header is null ? "a line that begins with C or H" : Kinds, _csv[0]);
            }
        }

        throw new FeedFormatException(File, $"{Line}", "lines of data behind the names", "the end of the file: it is cut");
    }

    private string[] Names()
    {
        var names = new string[_csv.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = _csv.Text(i);
        }

        return names;
    }

    private void TakeComment(string text)
    {
        if (!text.StartsWith("Report generated", StringComparison.Ordinal))
        {
            return;
        }

        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 5 || !TimeZoneWord.TryParse(words[^1], out var word)
            || !Stamps.TryParseLocal(Encoding.UTF8.GetBytes($"{words[^3]} {words[^2]}"), out var local))
        {
            throw new FeedFormatException(File, $"{Line}", "a time like 06/03/2026 12:57:12 EDT", $"'{text}'");
        }

        GeneratedUnixSeconds = local - word.OffsetSeconds;
    }

    private void CheckEnd()
    {
        var said = _csv[1];
        var end = said.IndexOf((byte)' ');
        if (end < 0 || !Numbers.TryParseInteger(said[..end], out var lines))
        {
            throw Unexpected("a count of lines like 29016 lines", said);
        }

        if (lines != _dataLines)
        {
            throw new FeedFormatException(File, $"{Line}", $"{lines} D lines, as the T line says", $"{_dataLines}");
        }

        if (_csv.Read())
        {
            throw Unexpected("nothing behind the T line", _csv[0]);
        }
    }
}
