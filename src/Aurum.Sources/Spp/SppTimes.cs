using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Spp;

/// <summary>The two time columns of SPP's market files: the end of the interval in Central time and in GMT. GMT counts; the other
/// must say the same, so that a shifted hour fails by name.</summary>
/// <remarks>Both as <c>03/19/2025 06:00:00</c>, in files of early June 2026 as <c>6/4/2026 6:00</c>.</remarks>
internal sealed class SppTimes
{
    private const string Expected = "a time like 03/19/2025 06:00:00";

    private readonly CsvReader _csv;
    private readonly int _seconds;
    private readonly int _labelColumn;
    private readonly StampColumn _labels;
    private readonly StampColumn _ends;
    private long _label = long.MinValue;
    private long _end = long.MinValue;
    private DeliveryInterval _interval;

    public SppTimes(CsvReader csv, int minutes)
    {
        _csv = csv;
        _seconds = minutes * 60;
        _labelColumn = csv.Header.Required("Interval", "IntervalEnd");
        _labels = new StampColumn(csv, _labelColumn, Stamps.TryParseLocal, Expected);
        _ends = new StampColumn(csv, csv.Header.Required("GMTIntervalEnd", "GMT Interval"), Stamps.TryParseLocal, Expected);
    }

    /// <summary>The interval of the current row.</summary>
    /// <exception cref="FeedFormatException">Not times, or two that are not the same.</exception>
    public DeliveryInterval Read()
    {
        var end = _ends.Read();
        var label = _labels.Read();
        if (end != _end || label != _label)
        {
            if (!SppLabel.Fits(label, end, _seconds))
            {
                throw _csv.Unexpected(_labelColumn, $"the Central time of {NodaTime.Instant.FromUnixTimeSeconds(end)}");
            }

            (_end, _label) = (end, label);
            _interval = DeliveryInterval.FromUnixSeconds(end - _seconds, _seconds);
        }

        return _interval;
    }
}
