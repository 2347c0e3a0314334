using System.Collections.Concurrent;
using Aurum.App.Running;
using Aurum.Sandbox.Faults;
using Aurum.Store.Jobs;
using NodaTime;

namespace Aurum.Tests.Running;

public sealed class BackfillDeskTests : IDisposable
{
    private const string Prices = "caiso/day-ahead-lmp";
    private const string Zones = "nyiso/day-ahead-lmp-zone";

    private static readonly Instant Now = Instant.FromUtc(2025, 12, 20, 12, 0);
    private static readonly LocalDate From = new(2025, 11, 25);

    private readonly SandboxPlatform _sandbox = new(Now, [Prices, Zones]);

    private JobBook Book => _sandbox.Platform.Store.Jobs;

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task The_same_order_twice_is_the_same_job_and_asks_for_nothing_again()
    {
        var first = Place(NewDesk(), Order(days: 4));
        Assert.Equal((JobState.Queued, 5), (first.State, first.Priority));
        Assert.Equal(4, first.Cost.Requests);
        var told = new List<BackfillEvent>();
        var again = NewDesk().Place(Order(days: 4) with { Priority = 2 }, runs: false, told.Add);

        Assert.Equal((first.Id, first.CreatedAt, 2), (again.Id, again.CreatedAt, again.Priority));
        Assert.Single(Book.All());
        Assert.Equal($"job {first.Id} is known: the same order was queued, priority 2", told[0].Text);
        Assert.True(await NewDesk().Run(Order(days: 4), static _ => { }, CancellationToken.None));
        Assert.Equal(JobState.Completed, Book.Find(first.Id)!.State);
        var asked = Requests;
        Assert.Equal(JobState.Completed, Place(NewDesk(), Order(days: 4)).State);
        Assert.Equal(asked, Requests);
        Assert.Equal(new JobProgress(4, 4, 0, _sandbox.Platform.Store.Read.RowCounts().Values.Sum(), null), Book.Progress(first.Id));
    }

    [Fact]
    public async Task A_job_that_is_paused_asks_for_nothing_until_it_is_resumed()
    {
        var desk = NewDesk();
        JobRecord? paused = null;
        var events = new ConcurrentQueue<BackfillEvent>();
        var isWhole = await desk.Run(Order(days: 20), Tell, CancellationToken.None);
        void Tell(BackfillEvent happened)
        {
            events.Enqueue(happened);
            if (happened.Kind == BackfillEventKind.Day && paused is null)
            {
                paused = desk.Pause(events.First().Job![..6]);
            }
        }

        Assert.False(isWhole);
        Assert.Equal(JobState.Paused, paused!.State);
        Assert.Contains($"job {paused.Id} was paused; ", events.Last().Text, StringComparison.Ordinal);
        Assert.InRange(Book.Progress(paused.Id).DaysThere, 1, 10);
        Assert.Equal(JobState.Paused, desk.Pause(paused.Id).State);
        var asked = Requests;
        desk.StartUnfinished();
        Assert.Equal((JobState.Paused, asked), (Book.Find(paused.Id)!.State, Requests));

        desk.Resume(paused.Id);
        Assert.True(await desk.Run(Order(days: 20), static _ => { }, CancellationToken.None));
        Assert.Equal((JobState.Completed, 20L), (Book.Find(paused.Id)!.State, Book.Progress(paused.Id).DaysThere));
        Assert.All(_sandbox.Days(From, 20).Where(i => i.Feed.Id.Text == Prices), i => Assert.Empty(_sandbox.Wrong(i, _sandbox.Time.Now)));
        Assert.Equal(
            "job " + paused.Id + " is completed: nothing of it is left to do",
            Assert.Throws<BackfillRefusedException>(() => desk.Resume(paused.Id)).Message);
        Assert.Contains(
            "is completed: only", Assert.Throws<BackfillRefusedException>(() => desk.Pause(paused.Id)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_is_cancelled_ends_and_keeps_what_it_has()
    {
        var desk = NewDesk();
        var id = "";
        Assert.False(await desk.Run(Order(days: 20), Tell, CancellationToken.None));
        void Tell(BackfillEvent happened)
        {
            id = happened.Job ?? id;
            if (happened.Kind == BackfillEventKind.Day)
            {
                desk.Cancel(id);
            }
        }

        var job = Book.Find(id)!;
        Assert.Equal((JobState.Cancelled, true), (job.State, job.EndedAt is not null));
        Assert.InRange(Book.Progress(id).DaysThere, 1, 10);
        var asked = Requests;
        var next = NewDesk();
        next.StartUnfinished();
        await next.Stop();
        Assert.Equal(asked, Requests);
        Assert.Contains(
            "is cancelled: only", Assert.Throws<BackfillRefusedException>(() => next.Pause(id)).Message, StringComparison.Ordinal);
        Assert.Equal(JobState.Queued, NewDesk().Place(Order(days: 20), runs: false, static _ => { }).State);
    }

    [Fact]
    public async Task Who_goes_away_leaves_a_paused_job_that_the_same_order_goes_on_with()
    {
        var desk = NewDesk();
        using var stop = new CancellationTokenSource();
        var events = new ConcurrentQueue<BackfillEvent>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.Run(Order(days: 20), Tell, stop.Token));
        void Tell(BackfillEvent happened)
        {
            events.Enqueue(happened);
            if (happened.Kind == BackfillEventKind.Day)
            {
                stop.Cancel();
            }
        }

        var id = events.First().Job!;
        Assert.Equal(BackfillEventKind.Stopped, events.Last().Kind);
        Assert.Contains($"'aurum jobs resume {id}'", events.Last().Text, StringComparison.Ordinal);
        Assert.Equal(JobState.Paused, Book.Find(id)!.State);
        var there = Book.Progress(id).DaysThere;
        Assert.InRange(there, 1, 10);
        _sandbox.Restart();

        Assert.True(await NewDesk().Run(Order(days: 20), static _ => { }, CancellationToken.None));
        Assert.Equal(JobState.Completed, Book.Find(id)!.State);

        // Requests that were under way at the stop are asked again: at most one for each place of work.
        Assert.InRange(Requests, 20, 22);
    }

    [Fact]
    public async Task Who_only_follows_a_job_may_go_without_stopping_it()
    {
        var desk = NewDesk();
        var job = desk.Place(Order(days: 20), runs: true, static _ => { });
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.Run(Order(days: 20), static _ => { }, gone.Token));

        Assert.True(await desk.Run(Order(days: 20), static _ => { }, CancellationToken.None));
        Assert.Equal(JobState.Completed, Book.Find(job.Id)!.State);
    }

    [Fact]
    public async Task A_process_that_ends_leaves_its_jobs_to_the_next_one()
    {
        var desk = NewDesk();
        var stopping = Task.CompletedTask;
        Assert.False(await desk.Run(Order(days: 20), Tell, CancellationToken.None));
        void Tell(BackfillEvent happened) => stopping = happened.Kind == BackfillEventKind.Day ? desk.Stop() : stopping;
        await stopping;
        Assert.Equal(JobState.Queued, Assert.Single(Book.All()).State);
        _sandbox.Restart();

        var next = NewDesk();
        next.StartUnfinished();
        Assert.True(await next.Run(Order(days: 20), static _ => { }, CancellationToken.None));
        Assert.Equal((JobState.Completed, 20L), (Assert.Single(Book.All()).State, Book.Progress(Book.All()[0].Id).DaysThere));
    }

    [Fact]
    public async Task A_job_of_higher_priority_overtakes_one_that_runs()
    {
        var desk = NewDesk();
        var done = new ConcurrentQueue<string>();
        Task<bool>? urgent = null;
        var sync = new Lock();
        var slow = desk.Run(Order(days: 20) with { Priority = 9 }, Tell, CancellationToken.None);
        void Tell(BackfillEvent happened)
        {
            if (happened.Kind != BackfillEventKind.Day)
            {
                return;
            }

            done.Enqueue("slow");
            lock (sync)
            {
                // Days end side by side; the urgent job comes once.
                urgent ??= desk.Run(
                    Order(days: 4) with { From = From.PlusDays(-10), To = From.PlusDays(-7), Priority = 1 },
                    e =>
                    {
                        if (e.Kind == BackfillEventKind.Day)
                        {
                            done.Enqueue("urgent");
                        }
                    },
                    CancellationToken.None);
            }
        }

        await slow;
        Assert.True(await urgent!);
        // Two of the slow job may be at work when the urgent one comes, and one more take its turn before it stands in line.
        Assert.InRange(done.ToList().LastIndexOf("urgent"), 4, 12);
        Assert.Equal(24, done.Count);
    }

    [Fact]
    public async Task Days_that_stay_missing_leave_the_job_incomplete_and_days_that_are_gone_are_never_asked_for()
    {
        using var sandbox = new SandboxPlatform(
            Now, [Prices, "ercot/fuel-mix"], FaultPlan.FromScript("caiso: path startdatetime=20251217T attempts 999 -> html-page"));
        var events = new ConcurrentQueue<BackfillEvent>();
        var order = new BackfillOrder([Prices, "ercot/fuel-mix"], new(2025, 12, 16), new(2025, 12, 18), IsDryRun: false, IsForced: false);

        Assert.False(await new BackfillDesk(sandbox.Platform, static _ => { }).Run(order, events.Enqueue, CancellationToken.None));

        Assert.StartsWith(
            "warning: ercot/fuel-mix: 3 days (2025-12-16 to 2025-12-18) are no longer shown",
            Assert.Single(events, e => e.Kind == BackfillEventKind.Warning).Text,
            StringComparison.Ordinal);
        Assert.Equal(0, sandbox.Network.RequestsTo("ercot"));
        var gaps = events.Where(e => e.Kind == BackfillEventKind.Gap).Select(e => e.Text).ToList();
        Assert.Equal(4, gaps.Count);
        Assert.Contains("gap: ercot/fuel-mix 2025-12-17 never tried: the publisher no longer shows it", gaps);
        Assert.Contains(gaps, g => g.StartsWith($"gap: {Prices} 2025-12-17 Unavailable ", StringComparison.Ordinal));
        var job = Assert.Single(sandbox.Platform.Store.Jobs.All());
        Assert.Equal(JobState.Incomplete, job.State);
        Assert.StartsWith("4 of 6 days are still missing", job.Why, StringComparison.Ordinal);
        Assert.Single(job.Warnings);
    }

    [Fact]
    public async Task A_job_whose_feed_is_gone_fails_with_the_reason()
    {
        var job = Place(NewDesk(), Order(days: 2));
        Book.Write(job with { Feeds = [new("caiso/of-old")] }, [new("cccccccccccc", new("caiso/of-old"), From, From, null)]);
        var said = new ConcurrentQueue<string>();
        var desk = new BackfillDesk(_sandbox.Platform, said.Enqueue);
        desk.StartUnfinished();
        await desk.Stop();

        Assert.Equal(JobState.Failed, Book.Find(job.Id)!.State);
        Assert.Contains("caiso/of-old", Book.Find(job.Id)!.Why, StringComparison.Ordinal);
        Assert.Contains(said, s => s.StartsWith($"backfill job {job.Id} failed: ", StringComparison.Ordinal));
    }

    private int Requests => _sandbox.Network.RequestsTo("caiso");

    private BackfillDesk NewDesk() => new(_sandbox.Platform, static _ => { });

    private static JobRecord Place(BackfillDesk desk, BackfillOrder order) => desk.Place(order, runs: false, static _ => { });

    private static BackfillOrder Order(int days) => new([Prices], From, From.PlusDays(days - 1), IsDryRun: false, IsForced: false);
}
