using Aurum.App.Ticks;
using Aurum.Market.Ticks;
using NodaTime;

namespace Aurum.Tests.Ticks.Service;

/// <summary>The clock closes the bars of a stream that has gone quiet, and leaves history alone.</summary>
public sealed class QuietClockTests
{
    private static readonly TickServiceOptions Options = new() { QuietSeconds = 120, SettleSeconds = 0.05 };

    [Fact]
    public async Task Bars_close_when_a_stream_has_gone_quiet()
    {
        var time = new RungTime(TickHome.Start + Duration.FromSeconds(105));
        using var home = new TickHome(Options, time: time);
        await home.SubmitAsync(TickHome.Messages(1_000));
        using var bars = home.Service.Subscribe(new TickFilter(null, [], TickEventKind.Bar, [BarInterval.OneMinute]), null);
        time.Ring();
        time.Advance(Duration.FromSeconds(60));
        time.Ring();
        Assert.True(home.Service.Status.WatermarkMicros < Micros(TickHome.Start + Duration.FromSeconds(105)));

        time.Advance(Duration.FromSeconds(240));
        time.Ring();
        await foreach (var found in bars)
        {
            Assert.Equal(Micros(TickHome.Start + Duration.FromSeconds(60)), found.Bar.StartMicros);
            break;
        }

        Assert.True(home.Service.Status.WatermarkMicros >= Micros(TickHome.Start + Duration.FromSeconds(120)));
    }

    [Fact]
    public async Task History_is_left_alone()
    {
        var time = new RungTime(TickHome.Start + Duration.FromHours(2));
        using var home = new TickHome(Options, time: time);
        await home.SubmitAsync(TickHome.Messages(1_000));
        var before = home.Service.Status;
        time.Ring();
        time.Advance(Duration.FromMinutes(10));
        time.Ring();
        await home.SubmitAsync("\n"u8.ToArray());
        Assert.Equal(before.WatermarkMicros, home.Service.Status.WatermarkMicros);
        Assert.Equal(before.Counters, home.Service.Status.Counters);
    }

    private static long Micros(Instant instant) => instant.ToUnixTimeTicks() / 10;

    /// <summary>A clock that stands until it is moved on, and whose timers ring when they are told to.</summary>
    private sealed class RungTime(Instant now) : TimeProvider
    {
        private readonly List<(TimerCallback Callback, object? State)> _timers = [];
        private Instant _now = now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now.ToDateTimeOffset();

        public override long GetTimestamp() => _now.ToUnixTimeTicks();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add((callback, state));
            return new Rung();
        }

        public void Advance(Duration duration) => _now += duration;

        public void Ring() => _timers.ForEach(t => t.Callback(t.State));

        private sealed class Rung : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
