using Aurum.Curves.Building.Shapes;
using NodaTime;

namespace Aurum.Curves.Simulation;

/// <summary>Hours of a history on a scale on which they are about normal, and what is left of them when level and profile are taken off.
/// </summary>
internal sealed class CalibrationSeries
{
    private const int DayTypes = 2;
    private const int HoursOfDay = 24;
    private const int SecondsOfHour = 3_600;

    /// <summary>Beyond so many robust standard deviations an hour is an outlier.</summary>
    private const double Outlier = 4;

    /// <summary>The median distance of a normal from its mean, as a standard deviation.</summary>
    private const double NormalOfMedian = 1.4826;

    private readonly long[] _hours;
    private readonly double[] _raw;
    private readonly double[] _scaled;
    private readonly int[] _months;
    private readonly int[] _cells;
    private readonly int[] _calendarMonths;
    private readonly double[] _expected;
    private readonly bool[] _isOutlier;
    private readonly double[] _levels;

    private CalibrationSeries(IReadOnlyList<HourPrice> hours, DateTimeZone zone, Func<double, double> scale)
    {
        var count = hours.Count;
        (_hours, _raw, _scaled, _expected) = (new long[count], new double[count], new double[count], new double[count]);
        (_months, _cells, _calendarMonths, _isOutlier) = (new int[count], new int[count], new int[count], new bool[count]);
        var begin = Instant.FromUnixTimeSeconds(hours[0].StartUnixSeconds).InZone(zone).Date;
        for (var i = 0; i < count; i++)
        {
            var local = Instant.FromUnixTimeSeconds(hours[i].StartUnixSeconds).InZone(zone);
            var isWeekend = local.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;
            _hours[i] = hours[i].StartUnixSeconds / SecondsOfHour;
            _raw[i] = hours[i].Price;
            _scaled[i] = scale(hours[i].Price);
            _calendarMonths[i] = local.Month;
            _months[i] = ((local.Year - begin.Year) * PriceModel.Months) + local.Month - begin.Month;
            _cells[i] = ((((local.Month - 1) * DayTypes) + (isWeekend ? 1 : 0)) * HoursOfDay) + local.Hour;
        }

        _levels = new double[_months[^1] + 1];
        Fit();
        MarkOutliers();
        Fit();
        MarkOutliers();
    }

    public int Count => _hours.Length;

    /// <summary>Level of each month of the history.</summary>
    public IReadOnlyList<double> Levels => _levels;

    /// <summary>Logarithms of shifted prices.</summary>
    public static CalibrationSeries OfPrices(HourlyHistory prices, DateTimeZone zone, double shift) =>
        new(prices.Hours, zone, price => Math.Log(Math.Max(price + shift, 1)));

    /// <summary>Quantiles of output as a share of the capacity; hours of less than 2 % are left out.</summary>
    /// <exception cref="ArgumentException">The capacity is not above 0, or too few hours have output.</exception>
    public static CalibrationSeries OfOutput(HourlyHistory output, DateTimeZone zone, double capacityMw)
    {
        var least = 0.02 * capacityMw;
        var hours = output.Hours.Where(h => h.Price > least).ToList();
        if (!(capacityMw > 0) || hours.Count < PriceCalibration.MinHours / 4)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"expected {PriceCalibration.MinHours / 4} hours of output of a capacity above 0 MW, found {hours.Count} of {capacityMw}"));
        }

        return new CalibrationSeries(hours, zone, mw => NormalDistribution.Quantile(Math.Clamp(mw / capacityMw, 0.005, 0.995)));
    }

    public bool IsOutlier(int hour) => _isOutlier[hour];

    public bool IsAbove(int hour) => _scaled[hour] > _expected[hour];

    public double Raw(int hour) => _raw[hour];

    public double ExpectedAt(int hour) => _expected[hour];

    public int MonthAt(int hour) => _calendarMonths[hour];

    public int HoursOf(int calendarMonth) => _calendarMonths.Count(m => m == calendarMonth);

    /// <summary>Standard deviation of what is left, outliers apart.</summary>
    public double Deviation() => DeviationOf(static _ => true);

    /// <summary>The same by calendar month; months that the history lacks have that of all.</summary>
    public double[] DeviationByMonth() => [.. Enumerable.Range(1, PriceModel.Months).Select(month =>
        HoursOf(month) > 0 ? DeviationOf(i => _calendarMonths[i] == month) : Deviation())];

    /// <summary>From the correlation of an hour with the same of the day after, held between 0.007 and 0.98.</summary>
    public double ReversionPerDay()
    {
        var (together, square) = (0.0, 0.0);
        var later = 0;
        for (var i = 0; i < Count; i++)
        {
            while (later < Count && _hours[later] < _hours[i] + HoursOfDay)
            {
                later++;
            }

            if (later < Count && _hours[later] == _hours[i] + HoursOfDay && !_isOutlier[i] && !_isOutlier[later])
            {
                together += Left(i) * Left(later);
                square += ((Left(i) * Left(i)) + (Left(later) * Left(later))) / 2;
            }
        }

        return -Math.Log(Math.Clamp(square > 0 ? together / square : 0, 0.007, 0.98));
    }

    /// <summary>Correlation of what is left in hours that both have.</summary>
    public double CorrelationWith(CalibrationSeries other)
    {
        var (together, own, others) = (0.0, 0.0, 0.0);
        for (int i = 0, j = 0; i < Count && j < other.Count;)
        {
            if (_hours[i] == other._hours[j] && !_isOutlier[i] && !other._isOutlier[j])
            {
                together += Left(i) * other.Left(j);
                own += Left(i) * Left(i);
                others += other.Left(j) * other.Left(j);
            }

            var step = _hours[i].CompareTo(other._hours[j]);
            i += step <= 0 ? 1 : 0;
            j += step >= 0 ? 1 : 0;
        }

        return own > 0 && others > 0 ? together / Math.Sqrt(own * others) : 0;
    }

    private double Left(int hour) => _scaled[hour] - _expected[hour];

    private double DeviationOf(Func<int, bool> isTaken)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < Count; i++)
        {
            if (!_isOutlier[i] && isTaken(i))
            {
                sum += Left(i) * Left(i);
                count++;
            }
        }

        return count > 0 ? Math.Sqrt(sum / count) : 0;
    }

    /// <summary>Level by month of the history, then profile by calendar month, day and hour of what is left.</summary>
    private void Fit()
    {
        Means(_months, _levels, static _ => 0);
        var profile = new double[PriceModel.Months * DayTypes * HoursOfDay];
        Means(_cells, profile, i => _levels[_months[i]]);
        for (var i = 0; i < Count; i++)
        {
            _expected[i] = _levels[_months[i]] + profile[_cells[i]];
        }
    }

    /// <summary>Means of groups; one that has outliers alone has the mean of the group before it.</summary>
    private void Means(int[] groups, double[] means, Func<int, double> off)
    {
        var counts = new int[means.Length];
        Array.Clear(means);
        for (var i = 0; i < Count; i++)
        {
            if (!_isOutlier[i])
            {
                means[groups[i]] += _scaled[i] - off(i);
                counts[groups[i]]++;
            }
        }

        for (var g = 0; g < means.Length; g++)
        {
            means[g] = counts[g] > 0 ? means[g] / counts[g] : g > 0 ? means[g - 1] : 0;
        }
    }

    private void MarkOutliers()
    {
        var distances = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            distances[i] = Math.Abs(Left(i));
        }

        var sorted = (double[])distances.Clone();
        Array.Sort(sorted);
        var bound = Outlier * NormalOfMedian * sorted[Count / 2];
        for (var i = 0; i < Count; i++)
        {
            _isOutlier[i] = bound > 0 && distances[i] > bound;
        }
    }
}
