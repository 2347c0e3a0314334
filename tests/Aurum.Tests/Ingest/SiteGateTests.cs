using Aurum.App.Ingest;
using Aurum.App.Simulation;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Tests.Ingest;

public sealed class SiteGateTests
{
    private static readonly Instant Start = Instant.FromUtc(2025, 6, 10, 0, 0);

    [Theory]
    [InlineData(12, 1)]
    [InlineData(60, 10)]
    [InlineData(300, 5)]
    [InlineData(0.5, 3)]
    public async Task No_minute_has_more_than_rate_and_burst_and_work_uses_the_allowance(double perMinute, int burst)
    {
        var time = new VirtualTime(Start);
        var gate = Gate(time, new SiteLimits(RequestsPerMinute: perMinute, Burst: burst, Concurrency: 1));
        var asked = new List<Instant>();
        var requests = (int)(perMinute * 30) + burst;
        for (var i = 0; i < requests; i++)
        {
            using var permit = await gate.Enter(LineFeed.RealTime.Id, isLive: i % 2 == 0, CancellationToken.None);
            asked.Add(time.Now);
        }

        for (var i = 0; i < asked.Count; i++)
        {
            var minute = asked.Skip(i).TakeWhile(at => at - asked[i] < Duration.FromMinutes(1)).Count();
            Assert.True(minute <= Math.Max(perMinute, burst), $"{minute} requests in a minute");
        }

        var allowed = burst + (perMinute * (asked[^1] - Start).TotalMinutes);
        Assert.True(requests >= 0.95 * allowed, $"{requests} requests where {allowed} were allowed");
        Assert.Equal(requests, gate.Granted);
    }

    [Fact]
    public async Task Live_requests_go_before_backfill_that_waited_longer()
    {
        var clock = new HandClock(Start);
        var gate = Gate(clock, new SiteLimits(RequestsPerMinute: 6, Burst: 1, Concurrency: 2));
        (await gate.Enter(LineFeed.RealTime.Id, isLive: false, CancellationToken.None)).Dispose();
        var order = new List<string>();
        Task[] waiting =
        [
            Ask(gate, false, "backfill 1", order), Ask(gate, false, "backfill 2", order),
            Ask(gate, true, "live 1", order), Ask(gate, true, "live 2", order),
        ];
        while (waiting.Any(w => !w.IsCompleted))
        {
            // The clock stands still until the one that was let through has said so.
            if (gate.Granted > Count(order) + 1)
            {
                await Task.Yield();
            }
            else
            {
                await Step(clock);
            }
        }

        Assert.Equal(["live 1", "live 2", "backfill 1", "backfill 2"], order);
    }

    [Fact]
    public async Task Live_goes_first_also_where_backfill_fills_all_places_in_flight()
    {
        var clock = new HandClock(Start);
        var gate = Gate(clock, new SiteLimits(RequestsPerMinute: 6000, Burst: 100, Concurrency: 1));
        var held = await gate.Enter(LineFeed.RealTime.Id, isLive: false, CancellationToken.None);
        var order = new List<string>();
        Task[] waiting = [Ask(gate, false, "backfill", order), Ask(gate, true, "live", order)];

        Assert.Empty(order);
        held.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(["live", "backfill"], order);
    }

    [Fact]
    public async Task No_more_requests_are_in_flight_than_the_site_wants()
    {
        var time = new VirtualTime(Start);
        var gate = Gate(time, new SiteLimits(RequestsPerMinute: 60_000, Burst: 1000, Concurrency: 3));
        var (inFlight, most, sync) = (0, 0, new Lock());
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, cancel) =>
        {
            using var permit = await gate.Enter(LineFeed.RealTime.Id, isLive: true, cancel);
            lock (sync)
            {
                most = Math.Max(most, ++inFlight);
            }

            await Task.Yield();
            lock (sync)
            {
                inFlight--;
            }
        });

        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_request_that_is_given_up_leaves_the_queue_and_the_next_one_goes()
    {
        var clock = new HandClock(Start);
        var gate = Gate(clock, new SiteLimits(RequestsPerMinute: 6000, Burst: 100, Concurrency: 1));
        var held = await gate.Enter(LineFeed.RealTime.Id, isLive: true, CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var given = gate.Enter(LineFeed.RealTime.Id, isLive: true, cancel.Token);
        var next = gate.Enter(LineFeed.RealTime.Id, isLive: true, CancellationToken.None);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        held.Dispose();
        held.Dispose();
        (await next).Dispose();

        Assert.Equal(2, gate.Granted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_hour_takes_more_rows_or_bytes_than_allowed_but_for_one_answer(bool rows)
    {
        const long Allowed = 10_000;
        const long Answer = 700;
        var time = new VirtualTime(Start);
        var gate = Gate(time, new SiteLimits(
            RequestsPerMinute: 600, Burst: 10, RowsPerHour: rows ? Allowed : 0, BytesPerHour: rows ? 0 : Allowed));
        var taken = new List<Instant>();
        for (var i = 0; i < 200; i++)
        {
            using var permit = await gate.Enter(LineFeed.RealTime.Id, isLive: true, CancellationToken.None);
            taken.Add(time.Now);
            gate.Received(LineFeed.RealTime.Id, rows ? 0 : Answer);
            gate.Read(LineFeed.RealTime.Id, 1, rows ? Answer : 0);
        }

        for (var i = 0; i < taken.Count; i++)
        {
            var hour = taken.Skip(i).TakeWhile(at => at - taken[i] < Duration.FromHours(1)).Count() * Answer;
            Assert.True(hour < Allowed + Answer, $"{hour} in an hour");
        }

        var hours = (taken[^1] - Start).TotalHours;
        Assert.True(200 * Answer >= 0.95 * Allowed * hours, $"{200 * Answer} in {hours} hours");
    }

    [Fact]
    public async Task A_pause_that_the_site_asks_for_holds_everybody_back()
    {
        var time = new VirtualTime(Start);
        var gate = Gate(time, new SiteLimits(RequestsPerMinute: 600, Burst: 10));
        gate.Pause(TimeSpan.FromSeconds(90));
        gate.Pause(TimeSpan.FromSeconds(20));

        (await gate.Enter(LineFeed.RealTime.Id, isLive: true, CancellationToken.None)).Dispose();

        Assert.Equal(Start + Duration.FromSeconds(90), time.Now);
    }

    private static SiteGate Gate(TimeProvider time, SiteLimits limits) => new(new Site("site", new Uri("http://site.test"), limits), time);

    private static async Task Ask(SiteGate gate, bool isLive, string name, List<string> order)
    {
        using var permit = await gate.Enter(LineFeed.RealTime.Id, isLive, CancellationToken.None);
        lock (order)
        {
            order.Add(name);
        }
    }

    private static int Count(List<string> order)
    {
        lock (order)
        {
            return order.Count;
        }
    }

    /// <summary>Lets continuations run, then moves the clock to the next timer.</summary>
    private static async Task Step(HandClock clock)
    {
        for (var i = 0; i < 20; i++)
        {
            await Task.Yield();
        }

        if (clock.NextAlarm is { } next)
        {
            clock.AdvanceTo(next);
        }
    }
}
