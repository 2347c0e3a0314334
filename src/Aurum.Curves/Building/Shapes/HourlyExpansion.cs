using System.Runtime.InteropServices;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Building.Shapes;

/// <summary>Gives every hour of forward prices its own: a shape is laid on each period of each block and moved, or stretched, until the
/// hours' mean is the period's price exactly.</summary>
/// <remarks>Hours are those that the clock really runs. Blocks that overlap would give an hour two prices, so they are refused by an
/// <see cref="ArgumentException"/>.</remarks>
public static class HourlyExpansion
{
    private const int HourSeconds = 3_600;
    private const int HoursOfClock = 24;

    /// <param name="shape">The shape; its calendar says which hours a block has.</param>
    /// <param name="blocks">One, or several without overlap (peak and off-peak).</param>
    /// <returns>Hours in order of time. A refusal where the shape is a ratio whose mean in a period is not above zero.</returns>
    public static Built<HourPrice[]> Apply(HourlyShape shape, params IReadOnlyList<BlockForwards> blocks)
    {
        RefuseOverlaps(shape.Calendar, blocks);
        var days = blocks.Sum(static b => b.Periods.Sum(static p => Period.DaysBetween(p.First, p.Last) + 1));
        var hours = new List<HourPrice>(days * (HoursOfClock + 1));
        foreach (var (block, periods) in blocks)
        {
            foreach (var period in periods)
            {
                var start = hours.Count;
                AddShape(hours, shape, block, period);
                var refusal = Normalize(hours, start, shape.Kind, period);
                if (refusal is not null)
                {
                    return refusal;
                }
            }
        }

        if (blocks.Count > 1)
        {
            hours.Sort(static (a, b) => a.StartUnixSeconds.CompareTo(b.StartUnixSeconds));
        }

        return hours.ToArray();
    }

    private static void AddShape(List<HourPrice> hours, HourlyShape shape, Block block, PeriodPrice period)
    {
        var calendar = shape.Calendar;
        var start = calendar.Zone.AtStartOfDay(period.First).ToInstant().ToUnixTimeSeconds();
        for (var date = period.First; date <= period.Last; date = date.PlusDays(1))
        {
            var isHoliday = calendar.Holidays.Contains(date);
            var row = shape.Of(date.Month, DayTypes.Of(date.DayOfWeek, isHoliday));
            var end = calendar.Zone.AtStartOfDay(date.PlusDays(1)).ToInstant().ToUnixTimeSeconds();
            var isEven = end - start == HoursOfClock * HourSeconds;
            for (var hour = 0; start < end; hour++, start += HourSeconds)
            {
                var ofClock = isEven ? hour : Instant.FromUnixTimeSeconds(start).InZone(calendar.Zone).Hour;
                if (calendar.Contains(block, ofClock + 1, date.DayOfWeek, isHoliday))
                {
                    hours.Add(new HourPrice(start, row[ofClock]));
                }
            }
        }
    }

    /// <summary>Moves or stretches the numbers from a place on to a mean; twice, so that what rounding left goes too.</summary>
    private static BuildRefusal? Normalize(List<HourPrice> hours, int start, ShapeKind kind, PeriodPrice period)
    {
        if (hours.Count == start)
        {
            return null;
        }

        var span = CollectionsMarshal.AsSpan(hours)[start..];
        var mean = MeanOf(span);
        if (kind == ShapeKind.Ratio && mean <= 0)
        {
            return new BuildRefusal(
                RefusalReason.NoRatio,
                FormattableString.Invariant(
                    $"expected a shape with a mean above zero from {period.First:uuuu-MM-dd}, found {mean:0.####}"));
        }

        foreach (ref var hour in span)
        {
            hour = hour with { Price = kind == ShapeKind.Ratio ? hour.Price / mean * period.Price : hour.Price - mean + period.Price };
        }

        var rest = period.Price - MeanOf(span);
        foreach (ref var hour in span)
        {
            hour = hour with { Price = hour.Price + rest };
        }

        return null;
    }

    private static double MeanOf(ReadOnlySpan<HourPrice> hours)
    {
        var sum = 0.0;
        foreach (var hour in hours)
        {
            sum += hour.Price;
        }

        return sum / hours.Length;
    }

    /// <summary>Every hour of every weekday, as a holiday and not, is in at most one of the blocks.</summary>
    private static void RefuseOverlaps(PeakCalendar calendar, IReadOnlyList<BlockForwards> blocks)
    {
        for (var weekday = IsoDayOfWeek.Monday; weekday <= IsoDayOfWeek.Sunday; weekday++)
        {
            for (var hour = 0; hour < 2 * HoursOfClock; hour++)
            {
                var having = blocks.Where(b => calendar.Contains(b.Block, (hour / 2) + 1, weekday, hour % 2 == 1)).ToList();
                if (having.Count > 1)
                {
                    var found = string.Join(" and ", having.Select(static b => b.Block));
                    throw new ArgumentException($"expected blocks without overlap, found {found}", nameof(blocks));
                }
            }
        }
    }
}
