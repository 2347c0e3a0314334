using Aurum.Curves.Building;
using Aurum.Curves.Building.Shapes;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Building.Shapes;

public sealed class HourlyShapesTests
{
    private static readonly PeakCalendar Pjm = PeakCalendars.Shipped["pjm"];

    [Fact]
    public void A_shape_that_is_in_the_prices_is_found()
    {
        // June 2025 has 30 days without a holiday of NERC: each hour costs 40 and its number, on Saturdays 10 less.
        var shape = HourlyShapes.Of(History(2025, 6, 1, (day, hour) => 40 + hour - (day == DayType.Saturday ? 10 : 0)), Pjm,
            ShapeKind.Difference).Value!;
        var mean = 40 + 11.5 - (10 * 4 / 30.0);
        Assert.Equal(40 - mean, shape.Of(6, DayType.Weekday)[0], 1e-9);
        Assert.Equal(63 - mean, shape.Of(6, DayType.Weekday)[23], 1e-9);
        Assert.Equal(30 - mean, shape.Of(6, DayType.Saturday)[0], 1e-9);
        Assert.Equal([new YearMonth(2025, 6)], shape.Months);
        Assert.Equal((0, 4), (shape.Rows[(5 * 3) + 1].MonthsAround, shape.Rows[(5 * 3) + 1].Samples));

        // Other months borrow from it, and say how far they went.
        Assert.Equal(shape.Of(6, DayType.Saturday).ToArray(), shape.Of(12, DayType.Saturday).ToArray());
        Assert.Equal(6, shape.Rows[11 * 3].MonthsAround);
        Assert.Equal(
            ["shape of 1 months from 2025-06 to 2025-06: difference to the month's mean, by month, type of day and hour of America/New_York",
                "with 1 months on either side, for want of history: 5 Weekday, 5 Saturday, 5 Sunday, 7 Weekday, 7 Saturday, 7 Sunday"],
            shape.Explain().Take(2));
    }

    [Fact]
    public void Ratios_stand_beside_the_mean()
    {
        var shape = HourlyShapes.Of(History(2025, 6, 1, (_, hour) => hour < 12 ? 20 : 60), Pjm, ShapeKind.Ratio).Value!;
        Assert.Equal((0.5, 1.5), (Math.Round(shape.Of(6, DayType.Sunday)[11], 12), Math.Round(shape.Of(6, DayType.Sunday)[12], 12)));
    }

    [Fact]
    public void Months_with_holes_and_months_without_a_ratio_are_left_out_by_name()
    {
        var june = History(2025, 6, 1, (_, hour) => hour);
        var holed = june with { Hours = [.. june.Hours.Take(600), .. History(2025, 7, 1, (_, hour) => -hour).Hours] };
        Assert.Equal(
            new BuildRefusal(RefusalReason.ShortHistory, "expected at least 1 months with a price in 90 % of their hours, found 0 "
                + "(2025-06 is left out: 600 of 720 hours; 2025-07 is left out: no ratio to a mean of -11.5)"),
            HourlyShapes.Of(holed, Pjm, ShapeKind.Ratio).Refusal);
        var kept = HourlyShapes.Of(holed, Pjm, ShapeKind.Difference).Value!;
        Assert.Equal([new YearMonth(2025, 7)], kept.Months);
        Assert.Equal("2025-06 is left out: 600 of 720 hours", Assert.Single(kept.LeftOut));
    }

    [Fact]
    public void Too_little_history_is_refused()
    {
        Assert.Equal(
            "expected at least 1 months with a price in 90 % of their hours, found 0 (no hours at all)",
            HourlyShapes.Of(new HourlyHistory([], 0), Pjm, ShapeKind.Difference).Refusal!.Message);
        var june = History(2025, 6, 1, (_, hour) => hour);
        Assert.Equal(
            "expected 20 prices for each hour of a Saturday, found fewer in the whole history",
            HourlyShapes.Of(june, Pjm, ShapeKind.Difference, new ShapeRules { MinSamples = 20 }).Refusal!.Message);
        Assert.Equal(
            RefusalReason.ShortHistory,
            HourlyShapes.Of(june, Pjm, ShapeKind.Difference, new ShapeRules { MinMonths = 12 }).Refusal!.Reason);
    }

    [Fact]
    public void Five_minutes_make_an_hour_and_eleven_of_them_do_not()
    {
        var start = Instant.FromUtc(2025, 6, 1, 0, 0);
        var whole = Enumerable.Range(0, 12).Select(i => (DeliveryInterval.StartingAt(start + Duration.FromMinutes(5 * i), 5), i * 1.0));
        var holed = Enumerable.Range(12, 11).Select(i => (DeliveryInterval.StartingAt(start + Duration.FromMinutes(5 * i), 5), 7.0));
        var history = HourlyHistory.Of(whole.Concat(holed).Append((DeliveryInterval.StartingAt(start, 5), 12.0)).Reverse());
        Assert.Equal([new HourPrice(start.ToUnixTimeSeconds(), 66 / 12.0)], history.Hours);
        Assert.Equal(1, history.Incomplete);
    }

    /// <summary>Months of hours, each with the price that type of day and hour of the clock give it.</summary>
    internal static HourlyHistory History(int year, int month, int months, Func<DayType, int, double> price)
    {
        var hours = new List<HourPrice>();
        var first = new YearMonth(year, month);
        var start = Pjm.Zone.AtStartOfDay(first.OnDayOfMonth(1)).ToInstant();
        var end = Pjm.Zone.AtStartOfDay(first.PlusMonths(months).OnDayOfMonth(1)).ToInstant();
        for (; start < end; start += Duration.FromHours(1))
        {
            var local = start.InZone(Pjm.Zone);
            var day = local.DayOfWeek == IsoDayOfWeek.Sunday || Pjm.Holidays.Contains(local.Date) ? DayType.Sunday
                : local.DayOfWeek == IsoDayOfWeek.Saturday ? DayType.Saturday
                : DayType.Weekday;
            hours.Add(new HourPrice(start.ToUnixTimeSeconds(), price(day, local.Hour)));
        }

        return new HourlyHistory(hours, 0);
    }
}
