using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Pjm;

/// <summary>A column of UTC stamps without a mark of the zone: <c>2023-11-05T04:00:00</c> in JSON, <c>11/5/2023 4:00:00 AM</c> in CSV.
/// Rows repeat stamps, so the last text is kept with its value.</summary>
internal sealed class PjmTimes(PjmTable table, int column)
{
    private readonly byte[] _lastText = new byte[40];
    private int _lastLength = -1;
    private long _lastSeconds;

    /// <summary>Seconds since 1970 UTC of the stamp in the current row.</summary>
    /// <exception cref="Aurum.Market.Feeds.FeedFormatException">Not a stamp.</exception>
    public long Read()
    {
        var text = table[column];
        if (text.Length == _lastLength && text.SequenceEqual(_lastText.AsSpan(0, _lastLength)))
        {
            return _lastSeconds;
        }

        if (!Stamps.TryParseLocal(text, out var seconds))
        {
            throw table.Unexpected(column, "a time like 2025-11-02T05:00:00 or 11/2/2025 5:00:00 AM");
        }

        if (text.Length <= _lastText.Length)
        {
            text.CopyTo(_lastText);
            _lastLength = text.Length;
            _lastSeconds = seconds;
        }

        return seconds;
    }

    /// <summary>The interval of so many minutes that begins at the stamp.</summary>
    public DeliveryInterval Starting(int minutes) => DeliveryInterval.FromUnixSeconds(Read(), minutes * 60);
}
