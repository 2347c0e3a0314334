using Aurum.Curves.Building;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Strips;
using Aurum.Market.Curves;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Building.Strips;

public sealed class StripPricingTests
{
    private static readonly DeliveryCalendar Peak = new(PeakCalendars.Shipped["pjm"], Block.OnPeak);

    public static TheoryData<string> Files => new(RealBooks.Files);

    [Fact]
    public void A_quarter_by_hand()
    {
        // On-peak hours of PJM in 2026: January 21 days, February 20, March 22, of 16 hours.
        var quotes = Quotes.Of(("2026-01", 60), ("2026-02", 50), ("2026-03", 40), ("Q1 2026", 50.25));
        var strip = StripPricing.Of(quotes, Quotes.Tenor("Q1 2026"), Peak).Value!;
        Assert.Equal(63 * 16, strip.Hours);
        Assert.Equal(((60 * 21) + (50 * 20) + (40 * 22)) / 63.0, strip.HourWeighted, 1e-12);
        Assert.Equal(50, strip.SimpleMean, 1e-12);
        Assert.Equal((0.25, true), (strip.QuotedLessSimpleMean, strip.IsWhole));
        Assert.Equal(50.25 - (3140 / 63.0), strip.QuotedLessHourWeighted, 1e-12);
        Assert.Equal(["2026-01", "2026-02", "2026-03"], strip.Used.Select(u => u.Quote.Tenor));
        Assert.Equal([21 / 63.0, 20 / 63.0, 22 / 63.0], strip.Used.Select(u => u.Weight));
    }

    [Fact]
    public void Months_that_are_over_and_months_that_nobody_quotes_are_told_apart()
    {
        var strip = StripPricing.Of(Quotes.Of(("2025-10", 10), ("2025-12", 20)), Quotes.Tenor("Calendar 2025"), Peak).Value!;
        Assert.Equal(9, strip.Delivered.Count);
        Assert.Equal([new YearMonth(2025, 11)], strip.Missing);
        Assert.False(strip.IsWhole);
        Assert.True(double.IsNaN(strip.QuotedLessSimpleMean));
    }

    [Fact]
    public void A_strip_without_a_quoted_month_is_refused()
    {
        var refusal = StripPricing.Of(Quotes.Of(("2025-10", 10)), Quotes.Tenor("Summer 2027"), Peak).Refusal;
        Assert.Equal(new BuildRefusal(RefusalReason.NoQuotes, "expected quotes of months in Summer 2027, found none"), refusal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Strips_of_the_recorded_workbooks_are_the_simple_means_of_their_months(string file)
    {
        foreach (var curve in RealBooks.Curves(file))
        {
            var strips = StripPricing.OfQuoted(curve.Quotes, DeliveryCalendar.For(curve.Identity).Value!);
            Assert.Equal(curve.Strips.Count, strips.Count);
            Assert.All(strips, s => Assert.InRange(s.QuotedLessSimpleMean, -0.00051, 0.00051));
            Assert.All(strips, s => Assert.Equal(1, s.Used.Sum(u => u.Weight), 1e-12));
            Assert.All(strips, s => Assert.Empty(s.Missing));
        }
    }

    [Fact]
    public void By_hours_the_vendors_strips_of_peak_power_are_off()
    {
        var curve = Assert.Single(RealBooks.Curves("EOD_EUGP_20250917_1430.xlsx"), c => c.Identity is
            { Location: "German", Block: "PEAK", Product: "power" });
        var strips = StripPricing.OfQuoted(curve.Quotes, DeliveryCalendar.For(curve.Identity).Value!);
        Assert.Equal(30, strips.Count);
        Assert.InRange(strips.Max(s => Math.Abs(s.QuotedLessHourWeighted)), 0.01, 5);
    }

    [Fact]
    public void A_strip_lies_between_its_cheapest_and_its_dearest_month_and_moves_with_them()
    {
        var random = new Random(20250917);
        for (var run = 0; run < 200; run++)
        {
            var first = new YearMonth(2024, 1).PlusMonths(random.Next(200));
            var prices = Enumerable.Range(0, random.Next(1, 25)).Select(_ => random.NextDouble() * 200 - 50).ToList();
            var range = StripTenors.Range(first, first.PlusMonths(prices.Count - 1));
            var strip = StripPricing.Of(Quotes.Months(first, prices), range, Peak).Value!;
            Assert.InRange(strip.HourWeighted, prices.Min() - 1e-9, prices.Max() + 1e-9);
            Assert.Equal(prices.Average(), strip.SimpleMean, 1e-9);
            Assert.Equal(strip.HourWeighted, strip.Used.Sum(u => u.Price * u.Weight), 1e-9);
            var raised = StripPricing.Of(Quotes.Months(first, prices.Select(p => p + 7)), range, Peak).Value!;
            Assert.Equal(strip.HourWeighted + 7, raised.HourWeighted, 1e-9);
        }
    }

    [Fact]
    public void Winter_has_the_months_that_the_vendor_means()
    {
        var strips = StripTenors.Overlapping(new YearMonth(2025, 9), new YearMonth(2026, 6), WinterYear.Last);
        Assert.Equal(
            ["Calendar 2025", "Calendar 2026", "Q3 2025", "Q4 2025", "Q1 2026", "Q2 2026", "Summer 2025", "Winter 2026", "Summer 2026"],
            strips.Select(s => s.Label));
        Assert.Equal((new YearMonth(2025, 11), new YearMonth(2026, 3)), (strips[7].First, strips[7].Last));
    }

    [Fact]
    public void Any_run_of_months_is_a_strip()
    {
        Assert.True(StripTenors.TryParse("2026-02 .. 2026-05", Quotes.Rules, out var range));
        Assert.Equal((TenorType.Strip, "2026-02..2026-05", 4), (range!.Type, range.Label, range.Months));
        Assert.False(StripTenors.TryParse("2026-05..2026-02", Quotes.Rules, out _));
        Assert.False(StripTenors.TryParse("soon", Quotes.Rules, out _));
        Assert.Throws<ArgumentException>(() => StripTenors.Range(new YearMonth(2026, 5), new YearMonth(2026, 2)));
    }
}
