using Aurum.Curves.Building;
using Aurum.Curves.Building.Blocks;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Building.Blocks;

public sealed class BlockBalanceTests
{
    private static readonly PeakCalendar Pjm = PeakCalendars.Shipped["pjm"];

    [Fact]
    public void The_night_follows_from_the_day_and_all_hours()
    {
        // March 2026: 22 peak days of 16 hours are 352 of 743 hours; 391 are left.
        var march = Of(50, 60, null);
        Assert.Equal((352, 391, Block.OffPeak), (march.OnPeakHours, march.OffPeakHours, march.Derived));
        Assert.Equal(((50 * 743) - (60 * 352)) / 391.0, march.OffPeak, 1e-12);
        Assert.Equal([1, 352 / 743.0], march.Used.Select(u => u.Weight));
    }

    [Fact]
    public void Any_two_give_the_third_back()
    {
        var random = new Random(20250917);
        for (var run = 0; run < 200; run++)
        {
            var (on, off) = ((random.NextDouble() * 200) - 50, (random.NextDouble() * 200) - 50);
            var all = Of(null, on, off).AllHours;
            Assert.InRange(all, Math.Min(on, off) - 1e-9, Math.Max(on, off) + 1e-9);
            Assert.Equal(off, Of(all, on, null).OffPeak, 1e-9);
            Assert.Equal(on, Of(all, null, off).OnPeak, 1e-9);
            Assert.Equal(0, Of(all, on, off).Residual, 1e-9);
            Assert.Equal(0, Of(all, null, off).Residual, 1e-9);
        }
    }

    [Fact]
    public void Three_that_do_not_fit_are_told_by_how_much()
    {
        var march = Of(50, 60, 40);
        Assert.Null(march.Derived);
        Assert.Equal(50 - (((60 * 352) + (40 * 391)) / 743.0), march.Residual, 1e-12);
        Assert.Equal((50, 60, 40), (march.Of(Block.AllHours), march.Of(Block.OnPeak), march.Of(Block.OffPeak)));
    }

    [Fact]
    public void One_block_says_nothing_of_the_others()
    {
        Assert.Equal(
            new BuildRefusal(RefusalReason.NoQuotes, "expected quotes of two blocks or three, found 1"),
            BlockBalance.Of(Pjm, null, Quotes.Of("2026-03", 50), null).Refusal);
        Assert.Equal(RefusalReason.NoQuotes, BlockBalance.Of(
            PeakCalendars.Shipped["days"], Quotes.Of("2026-03", 50), Quotes.Of("2026-03", 50), null).Refusal!.Reason);
        Assert.Equal(
            "expected quotes for 2026-03, found 2026-03, 2026-04",
            Assert.Throws<ArgumentException>(() =>
                BlockBalance.Of(Pjm, Quotes.Of("2026-03", 50), Quotes.Of("2026-04", 50), null)).Message);
    }

    [Fact]
    public void Recorded_base_and_peak_make_a_night_below_them_or_above()
    {
        var curves = RealBooks.Curves("EOD_EUGP_20250917_1430.xlsx").Where(c => c.Identity is { Location: "German", Product: "power" })
            .ToDictionary(c => c.Identity.Block!);
        var months = BlockBalance.OfMonths(PeakCalendars.Shipped["eu"], curves["BASE"].Quotes, curves["PEAK"].Quotes, []);
        Assert.Equal(121, months.Count);
        Assert.All(months, m => Assert.Equal(Math.Sign(m.OnPeak - m.AllHours), Math.Sign(m.AllHours - m.OffPeak)));
        Assert.All(months, m => Assert.Equal(0, m.Residual, 1e-9));
        Assert.Equal(new YearMonth(2025, 9), months[0].Period.First);
    }

    private static BlockPrices Of(double? all, double? on, double? off) =>
        BlockBalance.Of(Pjm, Quote(all), Quote(on), Quote(off)).Value!;

    private static BuildQuote? Quote(double? price) => price is { } known ? Quotes.Of("2026-03", known) : null;
}
