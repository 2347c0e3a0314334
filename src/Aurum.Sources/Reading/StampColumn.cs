namespace Aurum.Sources.Reading;

/// <summary>Parses a stamp: see <see cref="Stamps"/>.</summary>
public delegate bool StampParser(ReadOnlySpan<byte> text, out long seconds);

/// <summary>A column of time stamps. Rows repeat stamps, so the last text is kept with its value.</summary>
/// <param name="csv">The file.</param>
/// <param name="column">Position of the column.</param>
/// <param name="parse"><see cref="Stamps.TryParseInstant"/> or <see cref="Stamps.TryParseLocal"/>.</param>
/// <param name="expected">For errors: <c>a time like 11/02/2025 01:05</c>.</param>
public sealed class StampColumn(CsvReader csv, int column, StampParser parse, string expected)
{
    private readonly byte[] _lastText = new byte[40];
    private int _lastLength = -1;
    private long _lastSeconds;

    /// <summary>Seconds of the stamp in the current row.</summary>
    /// <exception cref="Aurum.Market.Feeds.FeedFormatException">Not a stamp of that form.</exception>
    public long Read()
    {
        var text = csv[column];
        if (text.Length == _lastLength && text.SequenceEqual(_lastText.AsSpan(0, _lastLength)))
        {
            return _lastSeconds;
        }

        if (!parse(text, out var seconds))
        {
            throw csv.Unexpected(column, expected);
        }

        if (text.Length <= _lastText.Length)
        {
            text.CopyTo(_lastText);
            _lastLength = text.Length;
            _lastSeconds = seconds;
        }

        return seconds;
    }
}
