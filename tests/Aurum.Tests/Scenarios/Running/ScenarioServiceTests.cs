using System.Collections.Concurrent;
using Aurum.App.Configuration;
using Aurum.App.Running;
using Aurum.App.Scenarios.Running;
using Aurum.Curves.Documents;
using Aurum.Store;
using Aurum.Store.Models;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Scenarios.Running;

public sealed class ScenarioServiceTests : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    private static readonly Instant Start = Instant.FromUtc(2026, 6, 20, 20, 0);

    private readonly TestFolder _folder = TestFolder.InMemory();
    private readonly HastyTime _time = new(Start);
    private readonly AurumMetrics _metrics = new();
    private readonly AurumStore _store;

    public ScenarioServiceTests() => _store = DuckDbStores.Open(_folder.Path);

    public void Dispose()
    {
        _store.Dispose();
        _metrics.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_run_comes_to_its_outputs_and_the_same_order_is_the_same_run()
    {
        await using var service = Service((run, progress, _) =>
        {
            progress!.Report(0.5);
            return TestRuns.Outputs(run);
        });
        service.Start();
        var (order, run) = service.Submit(TestRuns.Draft(1));
        Assert.Equal(RunOrder.Queued, order);
        Assert.Equal(RunState.Succeeded, (await Ended(run.Id)).State);
        Assert.Equal((RunOrder.Known, run.Id), (service.Submit(TestRuns.Draft(1)).Order, service.Submit(TestRuns.Draft(1)).Run.Id));
        Assert.Equal(1, TestRuns.CheckEnded(_store, 1)[RunState.Succeeded]);
    }

    [Fact]
    public async Task What_may_pass_is_tried_again_as_often_as_it_may_be()
    {
        var attempts = 0;
        await using var service = Service((run, _, _) =>
            Interlocked.Increment(ref attempts) > 0 && run.InputHash == "0001" && attempts < 3
                ? throw new IOException("the disk is busy")
                : run.InputHash == "0001" ? TestRuns.Outputs(run) : throw new TimeoutException("no answer"));
        service.Start();
        var mended = await Ended(service.Submit(TestRuns.Draft(1)).Run.Id);
        Assert.Equal((RunState.Succeeded, 2, 3), (mended.State, mended.RetryCount, attempts));

        attempts = 0;
        var lost = await Ended(service.Submit(TestRuns.Draft(2) with { Priority = RunPriority.Normal, MaxRetries = 2 }).Run.Id);
        Assert.Equal((RunState.Failed, 2, "3 attempts: no answer", 3), (lost.State, lost.RetryCount, lost.Error, attempts));
    }

    [Fact]
    public async Task What_cannot_be_computed_is_not_tried_again_and_says_why()
    {
        var attempts = 0;
        await using var service = Service((run, _, _) => Interlocked.Increment(ref attempts) == 1
            ? throw new DocumentException([new DocumentError("$.parameters.curves[0]", "a curve", "none")])
            : throw new InvalidOperationException("a fault"));
        service.Start();
        var refused = await Ended(service.Submit(TestRuns.Draft(1)).Run.Id);
        Assert.Equal((RunState.Failed, 0, "$.parameters.curves[0]: expected a curve, found none"),
            (refused.State, refused.RetryCount, refused.Error));
        var faulty = await Ended(service.Submit(TestRuns.Draft(2)).Run.Id);
        Assert.Equal((RunState.Failed, "a fault of the program, which was logged: a fault"), (faulty.State, faulty.Error));
        Assert.Equal(2, attempts);
    }

    [Theory]
    [InlineData(210)]
    [InlineData(230)]
    public async Task A_run_that_falls_due_while_a_worker_looks_is_not_slept_through(int milliseconds)
    {
        var time = new SteppingTime(Start, TimeSpan.FromMilliseconds(20));
        var due = Start + Duration.FromMilliseconds(milliseconds);
        var run = _store.Runs.Submit(TestRuns.Draft(1), 10, Start).Run;
        Assert.True(_store.Runs.Start(run.Id, Start) && _store.Runs.Requeue(run.Id, "the disk is busy", due, Start));
        await using var service = new ScenarioService(
            _store.Runs, new ScenarioSettings { Workers = 1 }, time, _metrics, static (run, _, _) => TestRuns.Outputs(run));
        service.Start();
        Assert.Equal(RunState.Succeeded, (await Ended(run.Id)).State);
    }

    [Fact]
    public async Task Who_is_told_of_an_end_hears_when_the_run_began_and_what_it_was_made_of()
    {
        var told = new TaskCompletionSource<RunRecord>();
        await using var service = new ScenarioService(
            _store.Runs, new ScenarioSettings(), _time, _metrics, static (run, _, _) => TestRuns.Outputs(run))
        {
            Ended = (run, _, _) => told.TrySetResult(run),
        };
        service.Start();
        var stored = await Ended(service.Submit(TestRuns.Draft(1)).Run.Id);
        var run = await told.Task;
        Assert.Equal(stored.Manifest, run.Manifest);
        Assert.Equal(stored.StartedAt!.Value.ToUnixTimeMilliseconds(), run.StartedAt!.Value.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_run_that_takes_longer_than_it_may_is_timed_out()
    {
        await using var service = Service(static (_, _, cancel) =>
        {
            cancel.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancel);
        });
        service.Start();
        var run = await Ended(service.Submit(TestRuns.Draft(1) with { TimeoutMinutes = 1 }).Run.Id);
        Assert.Equal((RunState.Timeout, "it took longer than 1 minutes"), (run.State, run.Error));
        TestRuns.CheckEnded(_store, 1);
    }

    [Fact]
    public async Task A_run_can_be_cancelled_before_it_begins_while_it_is_computed_and_when_it_is_to_be_published()
    {
        using var begun = new SemaphoreSlim(0);
        ScenarioService service = null!;
        await using (service = Service((run, _, cancel) =>
        {
            begun.Release();
            if (run.InputHash == "0003")
            {
                service.End(run.Id, RunState.Cancelled, "at the last moment");
                return TestRuns.Outputs(run);
            }

            cancel.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancel);
        }, workers: 1))
        {
            service.Start();
            var during = service.Submit(TestRuns.Draft(1)).Run.Id;
            await begun.WaitAsync();
            var before = service.Submit(TestRuns.Draft(2)).Run.Id;
            Assert.True(service.End(before, RunState.Cancelled, "not any more"));
            Assert.True(service.End(during, RunState.Cancelled, "enough"));
            Assert.False(service.End(during, RunState.Failed, "again"));
            var last = service.Submit(TestRuns.Draft(3)).Run.Id;
            Assert.Equal("at the last moment", (await Ended(last)).Error);
        }

        Assert.Equal(3, TestRuns.CheckEnded(_store, 3)[RunState.Cancelled]);
    }

    [Fact]
    public async Task A_stop_puts_runs_back_and_counts_no_attempt()
    {
        using var begun = new SemaphoreSlim(0);
        string id;
        await using (var service = Service((_, _, cancel) =>
        {
            begun.Release();
            cancel.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancel);
        }))
        {
            service.Start();
            id = service.Submit(TestRuns.Draft(1)).Run.Id;
            await begun.WaitAsync();
        }

        var run = _store.Runs.Find("acme", id)!;
        Assert.Equal((RunState.Queued, 0), (run.State, run.RetryCount));
        await using var next = Service(static (run, _, _) => TestRuns.Outputs(run));
        next.Start();
        Assert.Equal(RunState.Succeeded, (await Ended(id)).State);
    }

    [Fact]
    public async Task Of_two_hundred_runs_with_failures_cancellations_and_restarts_each_ends_once()
    {
        const int Runs = 200;
        var successes = new ConcurrentDictionary<string, int>();
        var random = new Random(7);
        RunOutputs Compute(RunRecord run, IProgress<double>? progress, CancellationToken cancel)
        {
            var number = int.Parse(run.InputHash, System.Globalization.CultureInfo.InvariantCulture);
            Thread.SpinWait(20_000);
            cancel.ThrowIfCancellationRequested();
            if ((number + run.RetryCount) % 5 == 0)
            {
                throw new IOException("the disk is busy");
            }

            successes.AddOrUpdate(run.Id, 1, static (_, n) => n + 1);
            return TestRuns.Outputs(run);
        }

        string[] ids = [];
        for (var round = 0; round < 4; round++)
        {
            await using var service = Service(Compute, workers: 8);
            service.Start();
            var drafts = Enumerable.Range(0, Runs).Select(static n => TestRuns.Draft(n, $"tenant {n % 3}")).ToList();
            ids = [.. service.SubmitAll(drafts).Select(static s => s.Run.Id)];
            for (var i = 0; i < 10; i++)
            {
                service.End(ids[random.Next(ids.Length)], RunState.Cancelled, "not any more");
            }

            if (round == 3)
            {
                await Settled();
            }
        }

        var runs = _store.Runs.Counts().Values.Sum();
        var counts = TestRuns.CheckEnded(_store, (int)runs);
        Assert.Equal(Runs, ids.Distinct().Count());
        Assert.Equal(runs, counts[RunState.Succeeded] + counts[RunState.Cancelled]);
        Assert.InRange(counts[RunState.Succeeded], Runs - 40, Runs);
    }

    private ScenarioService Service(RunComputation compute, int workers = 2) => new(
        _store.Runs, new ScenarioSettings { Workers = workers, TenantConcurrency = workers, StopSeconds = 600 }, _time, _metrics, compute);

    private async Task<RunRecord> Ended(string id)
    {
        while (true)
        {
            if (_store.Runs.Find("acme", id) is { } run && run.State.IsFinal())
            {
                return run;
            }

            await Task.Delay(BetweenLooks);
        }
    }

    private async Task Settled()
    {
        while (_store.Runs.Counts().Any(static c => !c.Key.IsFinal()))
        {
            await Task.Delay(BetweenLooks);
        }
    }
}
