using Aurum.Market.Time;

namespace Aurum.Sources.Isone;

/// <summary>The two columns of a report that name the hour: date and hour ending. Rows repeat them, so the last ones are kept with
/// their interval.</summary>
internal sealed class ReportHours(ReportCsv report, int date, int hour)
{
    private const int MaxLength = 32;

    private readonly byte[] _last = new byte[2 * MaxLength];
    private int _dateLength = -1;
    private int _hourLength;
    private DeliveryInterval _interval;

    /// <summary>The hour of the current line.</summary>
    /// <exception cref="TimeLabelException">That day has no such hour.</exception>
    public DeliveryInterval Read()
    {
        var day = report[date];
        var label = report[hour];
        if (day.Length == _dateLength && label.Length == _hourLength && day.SequenceEqual(_last.AsSpan(0, _dateLength))
            && label.SequenceEqual(_last.AsSpan(MaxLength, _hourLength)))
        {
            return _interval;
        }

        _interval = report.Hour(hour, report.Date(date)).ToInterval(MarketZones.Eastern);
        day.CopyTo(_last);
        label.CopyTo(_last.AsSpan(MaxLength));
        (_dateLength, _hourLength) = (day.Length, label.Length);
        return _interval;
    }
}
