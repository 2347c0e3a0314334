using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>Hours of the two-day reports, which have no flag: <c>1</c> to <c>24</c>, written with or without a zero.</summary>
/// <remarks>The day of 25 hours counts them through: a recorded list closes with 25. Of the day of 23 hours no file was seen: a table
/// with an hour 3 counts its hours through, one without names them by the clock, which has no hour 3 then.</remarks>
internal sealed class CountedHours(ErcotCsvRows csv, int dateColumn, int hourColumn)
{
    private const int UsualHours = 24;
    private const int SkippedHour = 3;

    private LocalDate _date;
    private OperatingDay _day;
    private int _hours;
    private bool? _isCounted;

    /// <summary>The hour of the current row.</summary>
    public DeliveryInterval Read()
    {
        if (!Stamps.TryParseDate(csv[dateColumn], out var date))
        {
            throw csv.Unexpected(dateColumn, "a date like 10/16/2024");
        }

        if (!Numbers.TryParseInteger(csv[hourColumn], out var hour) || hour < 1)
        {
            throw csv.Unexpected(hourColumn, "an hour from 1");
        }

        if (date != _date || _hours == 0)
        {
            _date = date;
            _day = new OperatingDay(date, MarketZones.Central);
            _hours = (int)((_day.End - _day.Start).TotalHours + 0.5);
            _isCounted = null;
        }

        if (_hours < UsualHours && hour >= SkippedHour)
        {
            _isCounted ??= hour == SkippedHour;
        }

        var number = _hours < UsualHours && _isCounted == false ? hour - 1 : hour;
        return number <= _hours
            ? DeliveryInterval.FromUnixSeconds(_day.Start.ToUnixTimeSeconds() + ((number - 1) * LocalSeconds.PerHour), LocalSeconds.PerHour)
            : throw csv.Unexpected(hourColumn, $"one of the {_hours} hours of {_day}");
    }
}
