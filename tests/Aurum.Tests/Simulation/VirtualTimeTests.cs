using Aurum.App.Simulation;
using NodaTime;

namespace Aurum.Tests.Simulation;

public sealed class VirtualTimeTests
{
    private static readonly Instant Start = Instant.FromUtc(2025, 6, 10, 0, 0);

    [Fact]
    public async Task A_delay_takes_no_time_and_moves_the_clock()
    {
        var time = new VirtualTime(Start);
        await Task.Delay(TimeSpan.FromHours(7), time);

        Assert.Equal(Start + Duration.FromHours(7), time.Now);
        Assert.Equal(TimeSpan.FromHours(7), time.GetElapsedTime(Start.ToUnixTimeTicks()));
    }

    [Fact]
    public void The_clock_never_goes_back()
    {
        var time = new VirtualTime(Start);
        time.AdvanceTo(Start - Duration.FromHours(1));

        Assert.Equal(Start, time.Now);
    }

    [Fact]
    public async Task A_limit_moves_nothing_and_strikes_when_the_clock_passes_it()
    {
        var time = new VirtualTime(Start);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), time);

        await Task.Delay(TimeSpan.FromSeconds(59), time);
        Assert.False(limit.IsCancellationRequested);
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        Assert.True(limit.IsCancellationRequested);
        Assert.Equal(Start + Duration.FromMinutes(1), time.Now);
    }

    [Fact]
    public async Task A_limit_that_is_over_strikes_nobody()
    {
        var time = new VirtualTime(Start);
        var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), time);
        var token = limit.Token;
        limit.Dispose();
        await Task.Delay(TimeSpan.FromHours(1), time);

        Assert.False(token.IsCancellationRequested);
    }

    [Fact]
    public async Task Limits_can_be_turned_off()
    {
        var time = new VirtualTime(Start, keepsLimits: false);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), time);
        await Task.Delay(TimeSpan.FromHours(1), time);

        Assert.False(limit.IsCancellationRequested);
    }

    [Fact]
    public void A_mortal_clock_dies_at_the_chosen_look()
    {
        var kill = new KillSwitch();
        var time = new MortalTime(new VirtualTime(Start), kill);
        kill.Arm(2);
        time.GetUtcNow();
        time.GetUtcNow();

        Assert.Throws<SimulatedKill>(() => time.GetUtcNow());
        kill.Disarm();
        Assert.Equal(Start.ToDateTimeOffset(), time.GetUtcNow());
    }
}
