using Aurum.Curves.Building;
using Aurum.Curves.Scenarios.Grid;

namespace Aurum.Tests.Curves.Scenarios;

public sealed class SupplyStackTests
{
    [Fact]
    public void A_clean_stack_is_found_again()
    {
        var stack = ScenarioRig.Stack();
        Assert.InRange(stack.SlopeAt(30_000, 2_000), 0.00049, 0.00051);
        Assert.InRange(stack.SlopeAt(55_000, 2_000), 0.0044, 0.0046);
        Assert.InRange(stack.PriceAt(30_000), 24.9, 25.1);
        Assert.True(stack.Fitness > 0.99);
        Assert.Equal(2_000, stack.Hours);
    }

    [Fact]
    public void A_noisy_stack_never_falls()
    {
        var random = new Random(5);
        StackHour[] hours =
        [
            .. Enumerable.Range(0, 5_000).Select(_ => 30_000 * random.NextDouble())
                .Select(load => new StackHour(
                    random.Next(1, 13), random.Next(2) == 0, load, load, (load / 1_000) + (40 * random.NextDouble()) - 20)),
        ];
        var stack = SupplyStack.Fit(hours, "ERCOT", "noise").Value!;
        Assert.All(stack.Prices.Zip(stack.Prices.Skip(1)), static p => Assert.True(p.First <= p.Second));
        Assert.All(stack.LoadsMw.Zip(stack.LoadsMw.Skip(1)), static p => Assert.True(p.First < p.Second));
        for (var load = -10_000.0; load < 50_000; load += 137)
        {
            Assert.True(stack.PriceAt(load) <= stack.PriceAt(load + 137));
        }

        Assert.InRange(stack.SlopeAt(15_000, 20_000), 0.0009, 0.0011);
        // The mean of all prices stays what it was: pooling moves none of it.
        Assert.InRange(hours.Average(h => stack.PriceAt(h.ResidualLoadMw)) - hours.Average(static h => h.Price), -0.2, 0.2);
    }

    [Fact]
    public void More_load_moves_prices_by_the_slope_where_the_hours_lie()
    {
        var stack = ScenarioRig.Stack();
        var one = stack.ChangeOfMegawatts(1, 0.5, 100);
        // 62.5 % of hours lie below the bend at 0.0005 a MW, the others above it at 0.0045.
        Assert.InRange(one, 100 * 0.0017, 100 * 0.0023);
        Assert.True(stack.ChangeOfMegawatts(1, 0.5, -100) < 0);
        // Load is 50,000 MW on the mean, so that 1 % of it is about 500 MW.
        Assert.InRange(stack.ChangeOfShare(1, 0.5, 0.01), 4.8 * one, 5.2 * one);
    }

    [Fact]
    public void Too_little_history_is_refused()
    {
        var few = SupplyStack.Fit([.. Enumerable.Range(0, 671).Select(static i => new StackHour(1, true, i, i, i))], null, "few");
        Assert.Equal(RefusalReason.ShortHistory, few.Refusal!.Reason);
        var flat = SupplyStack.Fit([.. Enumerable.Repeat(new StackHour(1, true, 5, 5, 5), 700)], null, "one load");
        Assert.Contains("different load", flat.Refusal!.Message, StringComparison.Ordinal);
        var unknown = SupplyStack.Fit([.. Enumerable.Repeat(new StackHour(1, true, double.NaN, 5, 5), 700)], null, "nothing");
        Assert.Contains("found 0", unknown.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_month_without_hours_takes_those_of_all_months()
    {
        StackHour[] hours = [.. Enumerable.Range(0, 700).Select(static i => new StackHour(1, i % 2 == 0, i * 10, i * 10, i))];
        var stack = SupplyStack.Fit(hours, null, "a January").Value!;
        Assert.Equal(stack.ChangeOfMegawatts(1, 1, 50), stack.ChangeOfMegawatts(7, 1, 50));
        Assert.InRange(stack.ChangeOfMegawatts(7, 1, 50), 4.5, 5.5);
    }
}
