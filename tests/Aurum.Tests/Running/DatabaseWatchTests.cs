using Aurum.App.Configuration;
using Aurum.App.Running;
using Aurum.Store;
using Aurum.Tests.Ingest;
using NodaTime;

namespace Aurum.Tests.Running;

public sealed class DatabaseWatchTests
{
    private readonly List<string> _told = [];
    private readonly HandClock _time = new(Instant.FromUtc(2025, 3, 4, 0, 0));
    private int _asked;

    [Fact]
    public async Task An_outage_is_told_at_its_start_and_at_its_end_and_waits_grow_up_to_the_limit()
    {
        var watch = Watch(() => _asked < 8 ? throw new DatabaseGone("PostgreSQL: the server shuts down\nSELECT 1") : true);
        Assert.Equal("the database has not been reached yet", watch.WhyNotReady());

        var reaching = watch.Reach(CancellationToken.None);
        var waits = new List<double>();
        for (var tries = 1; tries <= 7; tries++)
        {
            await Until(() => _asked == tries && _time.NextAlarm is not null);
            Assert.Equal("PostgreSQL: the server shuts down", watch.WhyNotReady());
            var next = _time.NextAlarm!.Value;
            waits.Add((next - _time.Now).TotalSeconds);
            _time.AdvanceTo(next);
        }

        await reaching;
        Assert.Equal(8, _asked);
        Assert.Null(watch.WhyNotReady());
        Assert.Equal(1, watch.Outages);
        Assert.Equal(2, _told.Count);
        Assert.Equal(
            "the database is away: PostgreSQL: the server shuts down. Work goes on when it is back; "
            + "it is asked again every 4 seconds at most",
            _told[0]);
        Assert.EndsWith(" and 7 failed tries; work goes on", _told[1], StringComparison.Ordinal);
        Assert.InRange(waits[0], 0.25, 0.5);
        Assert.InRange(waits[^1], 2, 4);
    }

    [Fact]
    public async Task All_who_wait_for_it_wait_for_one_answer()
    {
        var answers = new ManualResetEventSlim();
        var watch = Watch(() => answers.Wait(TimeSpan.FromSeconds(30)));
        var gone = new DatabaseGone("PostgreSQL: it broke");

        var riders = Enumerable.Range(0, 5).Select(_ => watch.Ride(gone, CancellationToken.None)).ToList();
        Assert.Equal("PostgreSQL: it broke", watch.WhyNotReady());
        answers.Set();
        await Task.WhenAll(riders);

        Assert.Equal(1, _asked);
        Assert.Null(watch.WhyNotReady());
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_database_that_refuses_or_has_another_form_is_not_waited_for()
    {
        await Assert.ThrowsAsync<DatabaseGone>(
            () => Watch(static () => throw new DatabaseGone("password", isTransient: false)).Reach(CancellationToken.None));
        await Assert.ThrowsAsync<StoreException>(
            () => Watch(static () => throw new StoreException("a newer program")).Reach(CancellationToken.None));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_not_ready()
    {
        var answers = new ManualResetEventSlim();
        var watch = Watch(() => _asked == 1 || answers.Wait(TimeSpan.FromSeconds(30)));
        await watch.Reach(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var running = watch.Run(stop.Token);

        _time.AdvanceTo(_time.Now + Duration.FromSeconds(5));
        await Until(() => _asked == 2);
        Assert.Null(watch.WhyNotReady());
        _time.AdvanceTo(_time.Now + Duration.FromSeconds(7));
        Assert.Equal("the database has not answered for 7 seconds", watch.WhyNotReady());

        answers.Set();
        await Until(() => watch.WhyNotReady() is null);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private DatabaseWatch Watch(Func<bool> ask) => new(
        () =>
        {
            Interlocked.Increment(ref _asked);
            ask();
        },
        new WorkerSettings { FirstRetrySeconds = 0.5, LongestRetrySeconds = 4 },
        _time,
        new Random(1),
        _told.Add);

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
