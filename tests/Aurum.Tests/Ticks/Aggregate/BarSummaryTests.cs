using Aurum.Market.Ticks;
using Aurum.Ticks.Aggregate;

namespace Aurum.Tests.Ticks.Aggregate;

/// <summary>The bar of a union is the merge of the bars.</summary>
public sealed class BarSummaryTests
{
    private const long Start = TickMessages.Occurred;

    [Fact]
    public void The_bar_of_a_union_is_the_merge_of_the_bars()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var ticks = Enumerable.Range(0, 2 + random.Next(50))
                .Select(i => BarRig.TickAt(
                    Start + random.NextInt64(BarIntervals.MicrosPerHour), Math.Round(random.NextDouble() * 100, 4), random.Next(50), 0, i))
                .ToArray();
            var cut = Start + (random.Next(3600) * 1_000_000L);
            var merged = Summary(ticks.Where(t => t.EventMicros < cut));
            merged.Append(Summary(ticks.Where(t => t.EventMicros >= cut)));
            Assert.Equal(BarOf(Summary(ticks)), BarOf(merged));
        }
    }

    [Fact]
    public void Merging_is_associative_and_nothing_is_its_neutral_element()
    {
        var parts = Enumerable.Range(0, 3).Select(p => Start + (p * BarIntervals.MicrosPerMinute)).Select((at, p) => Summary(
            [BarRig.TickAt(at, p + 0.1, 2), BarRig.TickAt(at + 5_500_000, p + 0.7, 3)])).ToArray();
        var left = parts[0];
        left.Append(parts[1]);
        left.Append(parts[2]);
        var right = parts[1];
        right.Append(parts[2]);
        var all = parts[0];
        all.Append(right);
        Assert.Equal(BarOf(left), BarOf(all));
        var empty = default(BarSummary);
        empty.Append(left);
        left.Append(default);
        Assert.Equal(BarOf(left), BarOf(empty));
    }

    /// <summary>The summary of ticks that come in any order, minute by minute as the stage makes it.</summary>
    private static BarSummary Summary(IEnumerable<Tick> ticks)
    {
        var whole = default(BarSummary);
        foreach (var minute in ticks.GroupBy(t => t.EventMicros / BarIntervals.MicrosPerMinute).OrderBy(g => g.Key))
        {
            var rig = default(BarSummary);
            var seconds = new SecondPrices();
            foreach (var tick in minute)
            {
                rig.Add(in tick, TickOrder.Of(in tick));
                seconds.Put(TickOrder.Of(in tick), tick.Price);
            }

            rig.PriceSeconds = seconds.SumTo(rig.Last.Second);
            whole.Append(in rig);
        }

        return whole;
    }

    private static Bar BarOf(BarSummary summary) =>
        summary.ToBar(0, BarInterval.OneHour, Start, Start + (2 * BarIntervals.MicrosPerHour), 0, BarMarks.None);
}
