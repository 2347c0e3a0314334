using Aurum.App.Ticks;
using Aurum.Market.Ticks;

namespace Aurum.Tests.Ticks.Service;

/// <summary>Events come once each, to those who follow, those who come back and those who are slow.</summary>
public sealed class TickSubscriptionTests
{
    private static readonly TickFilter TicksAndBars = new(null, [], TickEventKind.Tick | TickEventKind.Bar, []);

    [Fact]
    public async Task Everything_comes_once_and_in_order_over_restarts()
    {
        using var home = new TickHome();
        var bytes = TickHome.Messages(6_000);
        var half = TickHome.EndOfLine(bytes, bytes.Length / 2);
        var seen = new List<TickEvent>();
        using (var live = home.Service.Subscribe(TicksAndBars, null))
        {
            await home.SubmitAsync(bytes[..half]);
            await Read(live, seen, 1_000);
        }

        home.Reopen();
        using (var again = home.Service.Subscribe(TicksAndBars, seen[^1].Token))
        {
            await Read(again, seen, 700);
            await home.SubmitAsync(bytes[half..]);
            await home.Finish();
            var all = home.Count("select (select count(*) from ticks) + (select count(*) from bars)");
            await Read(again, seen, (int)all - seen.Count);
        }

        Assert.Equal(seen.Select(e => e.Token).Distinct().Order(), seen.Select(e => e.Token));
        Assert.Equal(home.Count("select count(*) from ticks"), seen.Count(e => e.Kind == TickEventKind.Tick));
        Assert.Equal(home.Count("select count(*) from bars"), seen.Count(e => e.Kind == TickEventKind.Bar));
        Assert.Equal(
            home.Count("select sum(count)::bigint from bars where interval = '1h'"),
            seen.Where(e => e.Kind == TickEventKind.Bar && e.Bar.Interval == BarInterval.OneHour).Sum(e => e.Bar.Count));
    }

    [Fact]
    public async Task Who_reads_slowly_holds_nobody_up_and_misses_nothing()
    {
        using var home = new TickHome(new TickServiceOptions { SubscriberEvents = 1_024, SettleSeconds = 0.05, QuietSeconds = 0 });
        using var slow = home.Service.Subscribe(new TickFilter("default", [], TickEventKind.Tick, []), null);
        var seen = new List<TickEvent>();
        await home.SubmitAsync(TickHome.Messages(100));
        await Read(slow, seen, 10);
        await home.SubmitAsync(TickHome.Messages(20_000, seed: 6));
        await home.Service.SettleAsync(default);
        await Read(slow, seen, (int)home.Count("select count(*) from ticks") - seen.Count);
        Assert.Equal(seen.Select(e => e.Token).Distinct().Order(), seen.Select(e => e.Token));
        Assert.All(seen, e => Assert.Equal("default", e.Instrument.Tenant));
    }

    [Fact]
    public async Task Only_what_was_asked_for_comes()
    {
        using var home = new TickHome();
        await home.SubmitAsync(TickHome.Messages(400));
        var name = home.Service.LatestOf("default")[3].Instrument.Name;
        using var one = home.Service.Subscribe(
            new TickFilter("default", [name], TickEventKind.Bar | TickEventKind.Price, [BarInterval.FiveMinutes]), null);
        using var none = home.Service.Subscribe(new TickFilter("other", [], TickEventKind.All, []), null);
        await home.SubmitAsync(TickHome.Messages(8_000, seed: 7));
        await home.Finish();
        var seen = new List<TickEvent>();
        await Read(one, seen, 40);
        Assert.All(seen, e => Assert.Equal(name, e.Instrument.Name));
        Assert.Contains(seen, e => e.Kind == TickEventKind.Price);
        Assert.All(seen.Where(e => e.Kind == TickEventKind.Bar), e => Assert.Equal(BarInterval.FiveMinutes, e.Bar.Interval));
        Assert.DoesNotContain(seen, e => e.Kind is TickEventKind.Tick or TickEventKind.CurvePoint);
        Assert.Equal(2, home.Service.Status.Subscribers);
    }

    [Fact]
    public void More_than_may_follow_are_refused()
    {
        using var home = new TickHome(new TickServiceOptions { MaxSubscribers = 1, QuietSeconds = 0 });
        using var first = home.Service.Subscribe(TickFilter.All, null);
        var refused = Assert.Throws<TickServiceException>(() => home.Service.Subscribe(TickFilter.All, null));
        Assert.Equal("1 follow already (Ticks:MaxSubscribers)", refused.Message);
        first.Dispose();
        home.Service.Subscribe(TickFilter.All, null).Dispose();
    }

    private static async Task Read(TickSubscription from, List<TickEvent> to, int count)
    {
        if (count == 0)
        {
            return;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var left = count;
        await foreach (var found in from.WithCancellation(limit.Token))
        {
            to.Add(found);
            if (--left == 0)
            {
                break;
            }
        }
    }
}
