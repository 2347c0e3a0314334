using Aurum.Market.Ticks;
using Aurum.Ticks.Aggregate;

namespace Aurum.Tests.Ticks.Aggregate;

/// <summary>Random ticks against <see cref="BruteForceBars"/>, over days that are not like others.</summary>
public sealed class BarDifferenceTests
{
    private const int DelaySeconds = 30;
    private const long MicrosPerSecond = 1_000_000;

    private static readonly string[] Markets = ["CAISO", "NYISO", "MISO", "ICE", "AESO"];

    private static readonly string[] Starts =
    [
        "2026-03-08T07:30:00Z",
        "2025-11-02T04:30:00Z",
        "2025-12-31T22:30:00Z",
        "2024-02-28T23:00:00Z",
        "2026-06-15T03:59:58Z",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Bars_are_those_of_brute_force_with_disorder_and_late_ticks(int seed)
    {
        var random = new Random(seed);
        var ticks = Ticks(random, Starts[seed % Starts.Length], hours: seed % 2 == 0 ? 3 : 30);
        var sent = Sent(random, ticks, lateShare: 0.1);
        var rig = new BarRig(new AggregateOptions(DelaySeconds, 300), Markets).TakeInBatches(sent, 1 + random.Next(300)).Complete();
        Assert.Equal(0, rig.Stage.Refused.Count);
        Assert.Equal(ticks.Length, rig.Stage.Accepted + rig.Stage.LateAmended);
        Assert.True(rig.Stage.LateAmended > 0);
        AssertSame(BruteForceBars.Of(ticks, rig.Instruments), rig.Latest());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bars_are_those_of_brute_force_where_ticks_may_come_a_day_late(int seed)
    {
        var random = new Random(seed);
        var ticks = Ticks(random, Starts[seed % Starts.Length], hours: 30);
        var sent = Sent(random, ticks, lateShare: 0.4, lateSeconds: 80_000);
        var rig = new BarRig(new AggregateOptions(DelaySeconds, 86_400), Markets).TakeInBatches(sent.AsSpan(0, sent.Length / 2), 50);
        rig.Complete();
        rig.TakeInBatches(sent.AsSpan(sent.Length / 2), 50).Complete();
        Assert.True(rig.Stage.LateAmended > ticks.Length / 5);
        AssertSame(BruteForceBars.Of(ticks, rig.Instruments), rig.Latest());
        var revisions = rig.Bars.GroupBy(b => (b.Instrument, b.Interval, b.StartMicros)).ToList();
        Assert.All(revisions, r => Assert.Equal(Enumerable.Range(0, r.Count()), r.Select(b => b.Revision)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_batch_size_gives_the_same_bars_in_the_same_order(int seed)
    {
        var random = new Random(seed);
        var sent = Sent(random, Ticks(random, Starts[seed % Starts.Length], hours: 3), lateShare: 0.05);
        var one = new BarRig(null, Markets).TakeInBatches(sent, 1).Complete().Bars;
        Assert.Equal(one, new BarRig(null, Markets).TakeInBatches(sent, 7).Complete().Bars);
        Assert.Equal(one, new BarRig(null, Markets).Take(sent).Complete().Bars);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_order_within_the_delay_gives_the_same_bars_and_revisions(int seed)
    {
        var random = new Random(seed);
        var ticks = Ticks(random, Starts[seed % Starts.Length], hours: 3);
        var first = new BarRig(new AggregateOptions(DelaySeconds), Markets).Take(Sent(random, ticks, lateShare: 0)).Complete();
        var second = new BarRig(new AggregateOptions(DelaySeconds), Markets).Take(Sent(random, ticks, lateShare: 0)).Complete();
        Assert.Equal(0, first.Stage.LateAmended);
        Assert.Equal(Sorted(first.Bars), Sorted(second.Bars));
    }

    /// <summary>Ticks to the cent, some at the same microsecond, some without volume, with quiet hours between.</summary>
    private static Tick[] Ticks(Random random, string start, int hours)
    {
        var from = TickMessages.Micros(start);
        var ticks = new List<Tick>();
        var at = from;
        while (at < from + (hours * BarIntervals.MicrosPerHour))
        {
            at += random.Next(4) switch
            {
                0 => 0,
                1 => random.NextInt64(MicrosPerSecond),
                2 => random.NextInt64(20 * MicrosPerSecond),
                _ => random.NextInt64((random.Next(20) == 0 ? 3000 : 60) * MicrosPerSecond),
            };
            ticks.Add(BarRig.TickAt(
                at,
                Math.Round((random.NextDouble() * 200) - 40, 2),
                random.Next(10) == 0 ? double.NaN : Math.Round(random.NextDouble() * 100, 3),
                random.Next(Markets.Length),
                random.Next(3) == 0 ? -1 : ticks.Count));
        }

        return [.. ticks.DistinctBy(t => (t.Instrument, t.EventMicros, t.Sequence, t.Key))];
    }

    /// <summary>The order in which they come in: each up to the delay behind the event time that others have reached, the late ones
    /// by minutes more, within the lateness that is allowed.</summary>
    private static Tick[] Sent(Random random, Tick[] ticks, double lateShare, long lateSeconds = 240)
    {
        var keyed = ticks.Select((t, i) => (Tick: t, Key: t.EventMicros
            + random.NextInt64(DelaySeconds * MicrosPerSecond)
            + (i > 0 && random.NextDouble() < lateShare ? random.NextInt64(lateSeconds * MicrosPerSecond) : 0)));
        return [.. keyed.OrderBy(k => k.Key).Select(k => k.Tick)];
    }

    private static List<Bar> Sorted(IEnumerable<Bar> bars) =>
        [.. bars.OrderBy(b => b.Instrument).ThenBy(b => b.Interval).ThenBy(b => b.StartMicros).ThenBy(b => b.Revision)];

    private static void AssertSame(
        Dictionary<(int, BarInterval, long), Bar> expected, Dictionary<(int, BarInterval, long), Bar> found)
    {
        Assert.Equal(expected.Keys.Order(), found.Keys.Order());
        foreach (var (key, bar) in expected)
        {
            var other = found[key];
            Assert.Equal(
                (bar.EndMicros, bar.Open, bar.High, bar.Low, bar.Close, bar.Count),
                (other.EndMicros, other.Open, other.High, other.Low, other.Close, other.Count));
            Assert.Equal(bar.Volume, other.Volume, 9);
            Assert.Equal(bar.Vwap, other.Vwap, 9);
            Assert.Equal(bar.Twap, other.Twap, 9);
        }
    }
}
