using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Building.Shapes;

/// <summary>How prices go through a day, for each calendar month and type of day: beside the mean of their month, added or as a
/// factor.</summary>
/// <param name="Kind">Whether its numbers are added or multiplied.</param>
/// <param name="Calendar">Whose clock and holidays.</param>
/// <param name="Rows">One for each month and type of day, January's weekday first.</param>
/// <param name="Months">The months of history that it was made of.</param>
/// <param name="LeftOut">Months that were not, with the reason.</param>
public sealed record HourlyShape(
    ShapeKind Kind,
    PeakCalendar Calendar,
    IReadOnlyList<ShapeRow> Rows,
    IReadOnlyList<YearMonth> Months,
    IReadOnlyList<string> LeftOut)
{
    /// <summary>Every hour alike.</summary>
    public static HourlyShape Level(PeakCalendar calendar) => new(
        ShapeKind.Difference,
        calendar,
        [
            .. from month in Enumerable.Range(1, 12)
            from day in Enum.GetValues<DayType>()
            select new ShapeRow(month, day, new double[24], 0, 0),
        ],
        [],
        []);

    /// <summary>The 24 numbers of a day, midnight's hour first, by the clock: the second pass of a repeated hour has that of the
    /// first.</summary>
    public ReadOnlySpan<double> Of(int month, DayType day) => Rows[((month - 1) * DayTypes.Count) + (int)day].ByHour;

    /// <summary>For people, a line each.</summary>
    public IEnumerable<string> Explain()
    {
        var kind = Kind.ToString().ToLowerInvariant();
        yield return $"shape of {Months.Count} months from {Months[0]:uuuu-MM} to {Months[^1]:uuuu-MM}: {kind} to the month's mean, "
            + $"by month, type of day and hour of {Calendar.Zone.Id}";
        foreach (var borrowed in Rows.Where(static r => r.MonthsAround > 0).GroupBy(static r => r.MonthsAround).OrderBy(static g => g.Key))
        {
            var rows = borrowed.Select(static r => FormattableString.Invariant($"{r.Month} {r.Day}"));
            yield return $"with {borrowed.Key} months on either side, for want of history: {string.Join(", ", rows)}";
        }

        foreach (var reason in LeftOut)
        {
            yield return reason;
        }
    }
}

/// <summary>A day of a shape.</summary>
/// <param name="Month">Calendar month, 1 to 12.</param>
/// <param name="Day">Type of day.</param>
/// <param name="ByHour">24 numbers by hour of the clock.</param>
/// <param name="Samples">Prices behind the hour with the fewest.</param>
/// <param name="MonthsAround">Months on either side that were taken in; 0: the month alone.</param>
public sealed record ShapeRow(int Month, DayType Day, double[] ByHour, int Samples, int MonthsAround);
