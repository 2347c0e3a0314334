using Aurum.Market.Ticks;
using Aurum.Ticks.Aggregate;
using static Aurum.Tests.Ticks.Aggregate.BarRig;

namespace Aurum.Tests.Ticks.Aggregate;

public sealed class AggregateStageTests
{
    [Fact]
    public void A_bar_is_open_high_low_close_volume_and_means()
    {
        var rig = new BarRig().Take(
            TickOf("2026-03-02T15:05:10Z", 30, 10),
            TickOf("2026-03-02T15:05:40Z", 60, 30),
            TickOf("2026-03-02T15:05:20Z", 15, 60)).Complete();
        var bar = rig.Of(BarInterval.OneMinute).Single();
        Assert.Equal((30.0, 60.0, 15.0, 60.0, 100.0, 3L), (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.Count));
        Assert.Equal(((30 * 10) + (60 * 30) + (15 * 60)) / 100.0, bar.Vwap);
        Assert.Equal(((30 * 10) + (15 * 20) + (60 * 20)) / 50.0, bar.Twap);
        Assert.Equal(
            ["1m", "5m", "15m", "1h", "1d"], rig.Bars.OrderBy(b => b.Interval).Select(b => b.Interval.Name()));
    }

    [Fact]
    public void A_tick_at_a_windows_end_belongs_to_the_next()
    {
        var rig = new BarRig().Take(TickOf("2026-03-02T15:04:59.999999Z", 1), TickOf("2026-03-02T15:05:00Z", 2)).Complete();
        Assert.Equal(
            [TickMessages.Micros("2026-03-02T15:04:00Z"), TickMessages.Micros("2026-03-02T15:05:00Z")],
            rig.Of(BarInterval.OneMinute).Select(b => b.StartMicros));
        Assert.Equal(2, rig.Of(BarInterval.FiveMinutes).Length);
        Assert.Single(rig.Of(BarInterval.FifteenMinutes));
    }

    [Fact]
    public void A_bar_without_volume_has_no_VWAP_but_a_TWAP()
    {
        var bar = new BarRig().Take(TickOf("2026-03-02T15:05:00Z", -4.5, double.NaN)).Complete().Of(BarInterval.OneMinute).Single();
        Assert.Equal((0.0, double.NaN, -4.5), (bar.Volume, bar.Vwap, bar.Twap));
    }

    [Fact]
    public void Ties_go_by_sequence_whatever_came_in_first()
    {
        var first = TickOf("2026-03-02T15:05:00Z", 10, sequence: 1);
        var second = TickOf("2026-03-02T15:05:00Z", 20, sequence: 2);
        foreach (var rig in new[] { new BarRig().Take(first, second), new BarRig().Take(second, first) })
        {
            var bar = rig.Complete().Of(BarInterval.OneMinute).Single();
            Assert.Equal((10.0, 20.0), (bar.Open, bar.Close));
        }
    }

    [Theory]
    [InlineData("2026-03-08", 23, "2026-03-08T08:00:00Z")]
    [InlineData("2025-11-02", 25, "2025-11-02T07:00:00Z")]
    [InlineData("2026-06-15", 24, "2026-06-15T07:00:00Z")]
    public void A_day_is_the_markets_own(string date, int hours, string start)
    {
        var noon = TickOf($"{date}T20:00:00Z", 1, instrument: 0);
        var bar = new BarRig(null, "CAISO").Take(noon).Complete().Of(BarInterval.OneDay).Single();
        Assert.Equal(TickMessages.Micros(start), bar.StartMicros);
        Assert.Equal(hours * BarIntervals.MicrosPerHour, bar.EndMicros - bar.StartMicros);
    }

    [Fact]
    public void MISO_days_never_change_their_clock()
    {
        var bar = new BarRig(null, "MISO").Take(TickOf("2026-07-02T04:59:00Z", 1)).Complete().Of(BarInterval.OneDay).Single();
        Assert.Equal(TickMessages.Micros("2026-07-01T05:00:00Z"), bar.StartMicros);
    }

    [Fact]
    public void A_bar_closes_when_the_watermark_reaches_its_end_and_not_before()
    {
        var rig = new BarRig(new AggregateOptions(DelaySeconds: 30)).Take(TickOf("2026-03-02T15:05:10Z", 1));
        Assert.Empty(rig.Take(TickOf("2026-03-02T15:06:29.999999Z", 2)).Bars);
        var closed = Assert.Single(rig.Take(TickOf("2026-03-02T15:06:30Z", 3)).Bars);
        Assert.Equal((1L, 0, BarInterval.OneMinute), (closed.Count, closed.Revision, closed.Interval));
    }

    [Fact]
    public void A_late_tick_amends_its_bars_as_new_revisions()
    {
        var rig = new BarRig(new AggregateOptions(DelaySeconds: 0, LatenessSeconds: 600)).Take(
            TickOf("2026-03-02T15:04:10Z", 10, 5), TickOf("2026-03-02T15:05:30Z", 11, 5), TickOf("2026-03-02T15:06:00Z", 12, 5));
        rig.Take(TickOf("2026-03-02T15:04:30Z", 30, 5), TickOf("2026-03-02T15:04:05Z", 3, 5));
        var minute = rig.Of(BarInterval.OneMinute).Where(b => b.StartMicros == TickMessages.Micros("2026-03-02T15:04:00Z")).ToArray();
        Assert.Equal([(0, 10.0, 10.0), (1, 10.0, 30.0), (2, 3.0, 30.0)], minute.Select(b => (b.Revision, b.Open, b.Close)));
        Assert.Equal([0, 1, 2], rig.Of(BarInterval.FiveMinutes).Select(b => b.Revision));
        Assert.Equal(15.0, rig.Of(BarInterval.FiveMinutes)[^1].Volume);
        Assert.Empty(rig.Of(BarInterval.FifteenMinutes));
        Assert.Equal((3L, 2L), (rig.Stage.Accepted, rig.Stage.LateAmended));
        Assert.Equal(25.0, rig.Complete().Of(BarInterval.OneDay).Single().Volume);
    }

    [Fact]
    public void A_late_tick_of_a_minute_without_ticks_makes_its_bar()
    {
        var rig = new BarRig(new AggregateOptions(DelaySeconds: 0)).Take(
            TickOf("2026-03-02T15:00:00Z", 1), TickOf("2026-03-02T15:04:00Z", 2), TickOf("2026-03-02T15:02:30Z", 3));
        var bar = Assert.Single(rig.Of(BarInterval.OneMinute), b => b.StartMicros == TickMessages.Micros("2026-03-02T15:02:00Z"));
        Assert.Equal((0, 1L, 1L), (bar.Revision, bar.Count, rig.Stage.LateAmended));
    }

    [Fact]
    public void A_tick_beyond_the_allowed_lateness_is_refused_and_changes_nothing()
    {
        var rig = new BarRig(new AggregateOptions(DelaySeconds: 0, LatenessSeconds: 60)).Take(
            TickOf("2026-03-02T15:00:30Z", 1), TickOf("2026-03-02T15:02:00Z", 2));
        var before = rig.Bars.Count;
        rig.Take(TickOf("2026-03-02T15:00:40Z", 9), TickOf("2026-03-02T15:01:00Z", 3));
        Assert.Equal((0, DeadLetterReason.TooLate), rig.Stage.Refused.Items.ToArray().Select(r => (r.Index, r.Reason)).Single());
        Assert.DoesNotContain(rig.Bars.Skip(before), b => b.High == 9);
        Assert.Equal((2L, 1L), (rig.Stage.Accepted, rig.Stage.LateAmended));
    }

    [Fact]
    public void The_slowest_source_holds_the_watermark_until_it_is_idle()
    {
        var rig = new BarRig(new AggregateOptions(DelaySeconds: 0, IdleSeconds: 120)).Take(
            TickOf("2026-03-02T15:00:00Z", 1, source: 0),
            TickOf("2026-03-02T15:00:00Z", 1, source: 1),
            TickOf("2026-03-02T15:01:30Z", 2, source: 0));
        Assert.Empty(rig.Bars);
        rig.Take(TickOf("2026-03-02T15:02:01Z", 3, source: 0));
        Assert.Equal(2, rig.Of(BarInterval.OneMinute).Length);
        Assert.Equal(TickMessages.Micros("2026-03-02T15:02:01Z"), rig.Stage.WatermarkMicros);
    }

    [Fact]
    public void Somebody_who_knows_can_lift_the_watermark_of_a_quiet_stream()
    {
        var rig = new BarRig().Take(TickOf("2026-03-02T15:00:00Z", 1));
        Assert.Empty(rig.Watermark("2026-03-02T15:00:59.999999Z").Bars);
        Assert.Single(rig.Watermark("2026-03-02T15:01:00Z").Bars);
        Assert.Equal(5, rig.Watermark("2026-03-03T15:01:00Z").Bars.Count);
    }

    [Fact]
    public void The_first_and_the_last_bars_are_marked_as_partial()
    {
        var rig = new BarRig(new AggregateOptions(DelaySeconds: 0)).Take(
            TickOf("2026-03-02T15:00:30Z", 1),
            TickOf("2026-03-02T15:01:00Z", 2),
            TickOf("2026-03-02T15:02:10Z", 3)).Complete();
        Assert.Equal(
            [BarMarks.PartialStart, BarMarks.None, BarMarks.PartialEnd], rig.Of(BarInterval.OneMinute).Select(b => b.Marks));
        Assert.Equal(BarMarks.PartialStart | BarMarks.PartialEnd, rig.Of(BarInterval.OneHour).Single().Marks);
    }

    [Fact]
    public void A_partial_bar_is_revised_when_the_input_goes_on()
    {
        var rig = new BarRig(new AggregateOptions(DelaySeconds: 0)).Take(TickOf("2026-03-02T15:00:00Z", 1)).Complete();
        rig.Take(TickOf("2026-03-02T15:00:30Z", 2), TickOf("2026-03-02T15:01:00Z", 3));
        Assert.Equal(
            [(0, 1L, BarMarks.PartialEnd), (1, 2L, BarMarks.None)],
            rig.Of(BarInterval.OneMinute).Select(b => (b.Revision, b.Count, b.Marks)));
    }

    [Fact]
    public void Memory_does_not_grow_with_time_but_with_instruments()
    {
        var rig = new BarRig(null, "CAISO", "ICE");
        var most = 0;
        for (var minute = 0; minute < 5_000; minute++)
        {
            var at = TickMessages.Occurred + (minute * BarIntervals.MicrosPerMinute);
            rig.Take(TickAt(at, minute, instrument: minute % 2), TickAt(at + 5_000_000, minute, instrument: minute % 2));
            most = Math.Max(most, rig.Stage.Windows);
        }

        Assert.InRange(most, 5, 40);
    }

    [Fact]
    public void More_windows_than_allowed_are_refused()
    {
        var rig = new BarRig(new AggregateOptions(MaxWindows: 7), "ICE", "CAISO").Take(
            TickOf("2026-03-02T15:00:00Z", 1), TickOf("2026-03-02T15:00:00Z", 1, instrument: 1), TickOf("2026-03-02T15:00:01Z", 2));
        Assert.Equal((1, DeadLetterReason.TooManyWindows), rig.Stage.Refused.Items.ToArray().Select(r => (r.Index, r.Reason)).Single());
        Assert.Equal(2, rig.Stage.Accepted);
    }
}
