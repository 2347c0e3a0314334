using Aurum.Curves.Building;
using Aurum.Curves.Building.Shapes;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Building.Shapes;

public sealed class HourlyExpansionTests
{
    private static readonly PeakCalendar Pjm = PeakCalendars.Shipped["pjm"];

    [Theory]
    [InlineData(ShapeKind.Difference)]
    [InlineData(ShapeKind.Ratio)]
    public void Block_and_month_means_are_kept_to_the_last_digits(ShapeKind kind)
    {
        var random = new Random(20250917);
        for (var run = 0; run < 5; run++)
        {
            var history = HourlyShapesTests.History(2023, 1, 24, (_, hour) => 30 + hour + (random.NextDouble() * 40));
            var shape = HourlyShapes.Of(history, Pjm, kind).Value!;
            var months = Enumerable.Range(0, 30).Select(i => new YearMonth(2025, 9).PlusMonths(i)).ToList();
            var on = months.Select(m => (Month: m, Price: 40 + (random.NextDouble() * 60))).ToList();
            var off = months.Select(m => (Month: m, Price: (random.NextDouble() * 60) - 20)).ToList();
            var hours = HourlyExpansion.Apply(shape, Forwards(Block.OnPeak, on), Forwards(Block.OffPeak, off)).Value!;

            Assert.Equal(Pjm.CountHours(Block.AllHours, months[0].OnDayOfMonth(1), months[^1].ToDateInterval().End), hours.Length);
            Assert.All(hours.Zip(hours.Skip(1)), p => Assert.Equal(3600, p.Second.StartUnixSeconds - p.First.StartUnixSeconds));
            foreach (var (block, forwards) in new[] { (Block.OnPeak, on), (Block.OffPeak, off) })
            {
                var means = hours.Where(h => Pjm.Contains(block, Instant.FromUnixTimeSeconds(h.StartUnixSeconds)))
                    .GroupBy(h => Instant.FromUnixTimeSeconds(h.StartUnixSeconds).InZone(Pjm.Zone).Date.ToYearMonth())
                    .ToDictionary(g => g.Key, g => g.Average(h => h.Price));
                Assert.All(forwards, f => Assert.Equal(f.Price, means[f.Month], 1e-9));
            }
        }
    }

    [Fact]
    public void Days_of_23_and_25_hours_keep_their_clock()
    {
        var shape = HourlyShapes.Of(HourlyShapesTests.History(2025, 1, 12, (_, hour) => hour), Pjm, ShapeKind.Difference).Value!;
        var spring = Day(shape, new LocalDate(2026, 3, 8));
        Assert.Equal(23, spring.Length);
        Assert.Equal([1, 2, 1], Steps(spring, 0, 3).Select(s => Math.Round(s, 9)));
        var autumn = Day(shape, new LocalDate(2026, 11, 1));
        Assert.Equal(25, autumn.Length);
        Assert.Equal([1, 0, 1], Steps(autumn, 0, 3).Select(s => Math.Round(s, 9)));
        Assert.All([spring, autumn], day => Assert.Equal(50, day.Average(h => h.Price), 1e-9));
    }

    [Fact]
    public void A_shape_by_hand()
    {
        // Twelve cheap and twelve dear hours: half and one and a half of a mean of 40.
        var shape = HourlyShapes.Of(
            HourlyShapesTests.History(2025, 6, 1, (_, hour) => hour < 12 ? 20 : 60), Pjm, ShapeKind.Ratio).Value!;
        var day = HourlyExpansion.Apply(shape, One(Block.AllHours, new LocalDate(2026, 6, 2), 100)).Value!;
        Assert.Equal([50, 150], day.Select(h => Math.Round(h.Price, 9)).Distinct());

        // HE 8 to 12 are five cheap peak hours, HE 13 to 23 eleven dear ones: a peak of 100 has the mean of 5 × 0.5 and 11 × 1.5.
        var peak = HourlyExpansion.Apply(shape, One(Block.OnPeak, new LocalDate(2026, 6, 2), 100)).Value!;
        Assert.Equal(16, peak.Length);
        Assert.Equal(50 / 1.1875, peak[0].Price, 1e-9);
        Assert.Equal(150 / 1.1875, peak[^1].Price, 1e-9);
    }

    [Fact]
    public void Blocks_that_share_an_hour_are_refused()
    {
        var shape = HourlyShapes.Of(HourlyShapesTests.History(2025, 6, 1, (_, hour) => hour), Pjm, ShapeKind.Difference).Value!;
        var error = Assert.Throws<ArgumentException>(() => HourlyExpansion.Apply(
            shape, One(Block.AllHours, new LocalDate(2026, 6, 2), 1), One(Block.OnPeak, new LocalDate(2026, 6, 2), 1)));
        Assert.StartsWith("expected blocks without overlap, found AllHours and OnPeak", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ratio_to_nothing_is_refused()
    {
        // The mean of the month is above zero, that of its nights is not.
        var shape = HourlyShapes.Of(
            HourlyShapesTests.History(2025, 6, 1, (_, hour) => hour is >= 7 and < 23 ? 60 : -20), Pjm, ShapeKind.Ratio).Value!;
        var refusal = HourlyExpansion.Apply(shape, One(Block.SevenByEight, new LocalDate(2026, 6, 2), 10)).Refusal;
        Assert.Equal(
            new BuildRefusal(RefusalReason.NoRatio, "expected a shape with a mean above zero from 2026-06-02, found -0.6"), refusal);
    }

    private static BlockForwards Forwards(Block block, IEnumerable<(YearMonth Month, double Price)> months) => new(
        block, [.. months.Select(m => new PeriodPrice(m.Month.OnDayOfMonth(1), m.Month.ToDateInterval().End, m.Price))]);

    private static BlockForwards One(Block block, LocalDate date, double price) => new(block, [new PeriodPrice(date, date, price)]);

    private static HourPrice[] Day(HourlyShape shape, LocalDate date) =>
        HourlyExpansion.Apply(shape, One(Block.AllHours, date, 50)).Value!;

    private static IEnumerable<double> Steps(HourPrice[] hours, int from, int count) =>
        Enumerable.Range(from, count).Select(i => hours[i + 1].Price - hours[i].Price);
}
