using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>Holds the records of an answer to the hours of their day: from its first to its last, none left out. Several records may
/// have the same one.</summary>
internal sealed class HoursInOrder
{
    private const int HourSeconds = 3600;

    private long _last = long.MinValue;
    private long _end;

    /// <summary>The hour of a record.</summary>
    /// <exception cref="FeedFormatException">It does not follow the one before.</exception>
    public DeliveryInterval Next(RecordValues record, int field)
    {
        var start = record.UnixSeconds(field);
        if (_last == long.MinValue)
        {
            var day = OperatingDay.Of(Instant.FromUnixTimeSeconds(start), MarketZones.Eastern);
            _last = day.Start.ToUnixTimeSeconds();
            _end = day.End.ToUnixTimeSeconds();
        }
        else if (start == _last + HourSeconds)
        {
            _last = start;
        }

        return start == _last && start < _end
            ? DeliveryInterval.FromUnixSeconds(start, HourSeconds)
            : throw record.Unexpected(field, $"the hour from {Text(_last)} or the one behind it");
    }

    /// <exception cref="FeedFormatException">Hours are missing at the end of the day.</exception>
    public void CheckEnd(string file)
    {
        if (_last != long.MinValue && _last + HourSeconds != _end)
        {
            throw new FeedFormatException(file, "", $"hours to {Text(_end)}", $"none behind that from {Text(_last)}");
        }
    }

    private static string Text(long unixSeconds) => $"{Instant.FromUnixTimeSeconds(unixSeconds)}";
}
