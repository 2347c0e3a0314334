using Aurum.Curves.Building;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Ppa.Delivery;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Ppa.Delivery;

public sealed class DeliveryGridTests
{
    [Theory]
    [InlineData(2027, 3, 31 * 24 - 1)]
    [InlineData(2027, 11, 30 * 24 + 1)]
    [InlineData(2028, 2, 29 * 24)]
    [InlineData(2027, 2, 28 * 24)]
    [InlineData(2027, 7, 31 * 24)]
    public void Months_have_the_hours_that_the_clock_runs(int year, int month, int hours)
    {
        var first = new LocalDate(year, month, 1);
        var grid = DeliveryGrid.Of(Deals.Ercot, first, first.PlusMonths(1).PlusDays(-1));
        Assert.Equal(hours, grid.Hours);
        Assert.Equal(hours, grid.ContractHours);
        var ofPeak = Deals.Ercot.CountHours(Block.OnPeak, new YearMonth(year, month));
        Assert.Equal(ofPeak, Enumerable.Range(0, grid.Hours).Count(grid.IsOnPeak));
    }

    [Fact]
    public void A_contract_within_months_has_its_days_of_whole_months()
    {
        var grid = DeliveryGrid.Of(Deals.Ercot, new LocalDate(2027, 3, 14), new LocalDate(2027, 11, 7));
        Assert.Equal(9, grid.Months.Count);
        Assert.Equal(13 * 24, grid.FirstHour);
        Assert.Equal((239 * 24) - 1 + 1, grid.ContractHours);
        Assert.Equal(23, grid.Days[grid.DayIndexOf(new LocalDate(2027, 3, 14))].Hours);
        Assert.Equal(25, grid.Days[grid.DayIndexOf(new LocalDate(2027, 11, 7))].Hours);
        Assert.Equal(Instant.FromUtc(2027, 3, 1, 6, 0).ToUnixTimeSeconds(), grid.StartUnixSeconds);
    }

    [Theory]
    [InlineData(ShapeKind.Difference, "ercot")]
    [InlineData(ShapeKind.Ratio, "ercot")]
    [InlineData(ShapeKind.Difference, "eu")]
    [InlineData(ShapeKind.Ratio, "caiso")]
    public void Hourly_prices_are_those_of_the_curve_builder_and_keep_the_means_of_months_and_blocks(ShapeKind kind, string market)
    {
        var calendar = PeakCalendars.Shipped[market];
        var shape = Deals.Wave(kind, kind == ShapeKind.Ratio ? 0.3 : 12, calendar);
        var view = Deals.Blocks("2027-01-01", m => 40 + m.Month, m => 22 - (0.5 * m.Month)) with { Shape = shape };
        var grid = DeliveryGrid.Of(calendar, new LocalDate(2027, 1, 1), new LocalDate(2028, 12, 31));
        var table = ForwardTable.Of(grid, view, "USD", view.ValuationDate);
        var prices = HubPrices.Of(grid, table, shape);

        BlockForwards Forwards(Block block, double[] byMonth) => new(
            block,
            [.. grid.Months.Select((m, i) => new PeriodPrice(m.Month.OnDayOfMonth(1), m.Month.ToDateInterval().End, byMonth[i]))]);
        var expected = HourlyExpansion.Apply(shape, Forwards(Block.OnPeak, table.OnPeak), Forwards(Block.OffPeak, table.OffPeak)).Value!;
        Assert.Equal(expected.Length, prices.Length);
        for (var i = 0; i < prices.Length; i++)
        {
            Assert.Equal(expected[i].Price, prices[i], 9);
        }

        foreach (var (month, m) in grid.Months.Select((month, m) => (month, m)))
        {
            var hours = Enumerable.Range(month.FirstHour, month.Hours).ToList();
            Assert.Equal(table.OnPeak[m], hours.Where(grid.IsOnPeak).Average(h => prices[h]), 9);
            Assert.Equal(table.OffPeak[m], hours.Where(h => !grid.IsOnPeak(h)).Average(h => prices[h]), 9);
        }
    }

    [Fact]
    public void Months_after_the_last_quoted_one_are_refused_or_extended_as_the_view_says()
    {
        var grid = DeliveryGrid.Of(Deals.Ercot, new LocalDate(2027, 1, 1), new LocalDate(2030, 12, 31));
        var view = Deals.View("2027-01-01", m => m.Month) with { Forwards = [Deals.Curve(Block.AllHours, m => m.Month, 2)] };
        var refused = Assert.Throws<ValuationRefusedException>(() => ForwardTable.Of(grid, view, "USD", view.ValuationDate));
        Assert.Equal(
            "curve of ATC: expected an amount of 2028-01, found months up to 2027-12 without it; "
                + "a view may extend a curve beyond its last month",
            refused.Message);

        var extended = ForwardTable.Of(
            grid, view with { Beyond = new BeyondRule(BeyondKind.Extend, 10) }, "USD", view.ValuationDate);
        Assert.Equal(5.0, extended.OnPeak[4]);
        Assert.Equal(5.0 * 1.1, extended.OnPeak[16], 12);
        Assert.Equal(12.0 * 1.1 * 1.1 * 1.1, extended.OnPeak[47], 12);
        Assert.Contains("36 months after 2027-12", Assert.Single(extended.Notes), StringComparison.Ordinal);
    }
}
