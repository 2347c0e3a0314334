using Aurum.Curves.Building;
using Aurum.Curves.Building.Bootstrapping;
using NodaTime;

namespace Aurum.Tests.Curves.Building.Bootstrapping;

public sealed class MonthShapeTests
{
    private static readonly double[] Year = [6, 3, 0, -3, -6, -3, 0, 3, 0, -3, 0, 3];

    [Fact]
    public void The_shape_of_two_years_is_what_they_have_in_common()
    {
        var quotes = Quotes.Months(new YearMonth(2025, 11), [1, 2, .. Year.Select(y => 50 + y), .. Year.Select(y => 80 + (3 * y)), 7]);
        var shape = MonthShape.OfQuotes(quotes, ShapeKind.Difference).Value!;
        Assert.Equal(Year.Select(y => 2 * y), shape.ByMonth, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal("months of 2026, 2027", shape.Origin);
        Assert.Equal(12, MonthShape.OfQuotes(quotes, ShapeKind.Ratio).Value!.ByMonth.Sum(), 1e-9);
    }

    [Fact]
    public void Without_a_whole_year_there_is_no_shape()
    {
        var quotes = Quotes.Months(new YearMonth(2025, 11), Year);
        Assert.Equal(RefusalReason.NoQuotes, MonthShape.OfQuotes(quotes, ShapeKind.Ratio).Refusal!.Reason);
        var free = Quotes.Months(new YearMonth(2026, 1), Year);
        Assert.Equal("expected a mean above zero in 2026, found 0", MonthShape.OfQuotes(free, ShapeKind.Ratio).Refusal!.Message);
    }
}
