using Aurum.App.Configuration;
using Aurum.App.Lake;
using Aurum.Store;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Models;
using Aurum.Tests.Api;
using NodaTime;

namespace Aurum.Tests.Store.Models;

public abstract class RunBookTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 20, 20, 0);
    private static readonly Instant Later = Now + Duration.FromMinutes(1);

    private readonly TestFolder _folder = new();

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test; again after it was closed.</summary>
    protected virtual AurumStore Open() => DuckDbStores.Open(_folder.Path);

    [Fact]
    public void The_same_order_is_one_run_and_a_key_of_something_else_is_told()
    {
        using var store = Open();
        var book = store.Runs;
        var (order, run) = book.Submit(Draft("a") with { IdempotencyKey = "k1" }, 10, Now);
        Assert.Equal((RunOrder.Queued, RunState.Queued, Now), (order, run.State, run.CreatedAt));
        Assert.Equivalent(run, book.Find("acme", run.Id), strict: true);
        Assert.Equal((RunOrder.Known, run.Id), Id(book.Submit(Draft("a"), 10, Later)));
        Assert.Equal((RunOrder.Known, run.Id), Id(book.Submit(Draft("a") with { IdempotencyKey = "k1" }, 10, Later)));
        Assert.Equal((RunOrder.KeyOfAnother, run.Id), Id(book.Submit(Draft("b") with { IdempotencyKey = "k1" }, 10, Later)));
        Assert.Equal(RunOrder.Queued, book.Submit(Draft("b") with { Tenant = "umbra", IdempotencyKey = "k1" }, 10, Later).Order);
        Assert.Equal(RunOrder.QueueFull, book.Submit(Draft("c"), 2, Later).Order);
        Assert.Null(book.Find("umbra", run.Id));
    }

    [Fact]
    public void A_run_that_ended_without_outputs_may_be_ordered_again()
    {
        using var store = Open();
        var book = store.Runs;
        var first = book.Submit(Draft("a"), 10, Now).Run;
        Assert.True(book.End(first.Id, RunState.Cancelled, "no more", Later));
        var second = book.Submit(Draft("a"), 10, Later);
        Assert.Equal(RunOrder.Queued, second.Order);
        Assert.NotEqual(first.Id, second.Run.Id);
        Assert.True(book.Start(second.Run.Id, Later));
        Assert.True(book.Succeed(second.Run, Outputs(3), Later));
        Assert.Equal((RunOrder.Known, second.Run.Id), Id(book.Submit(Draft("a"), 10, Later)));
        Assert.Equal([second.Run.Id, first.Id], book.List(new RunQuery("acme", 10)).Select(r => r.Id));
        Assert.Equal([first.Id], book.List(new RunQuery("acme", 10) { State = RunState.Cancelled }).Select(r => r.Id));
    }

    [Fact]
    public void A_run_ends_once_and_its_outputs_are_whole_or_absent()
    {
        using var store = Open();
        var book = store.Runs;
        var won = book.Submit(Draft("a"), 10, Now).Run;
        Assert.False(book.Succeed(won, Outputs(3), Later));
        Assert.True(book.Start(won.Id, Later));
        Assert.False(book.Start(won.Id, Later));
        Assert.True(book.Succeed(won, Outputs(3), Later));
        Assert.False(book.End(won.Id, RunState.Cancelled, null, Later));
        Assert.False(book.Requeue(won.Id, "again", null, Later));
        Assert.Equal([0, 1, 2], book.Outputs(new OutputQuery(won.Id, 10)).Select(o => o.Ordinal));
        Assert.Equal([1], book.Outputs(new OutputQuery(won.Id, 1) { After = 0 }).Select(o => o.Ordinal));
        Assert.Equal(won.Id, book.Latest("acme", "s1", Later)!.Id);
        Assert.Null(book.Latest("acme", "s1", Now));
        Assert.Equal((RunState.Succeeded, "hash", 3), Of(book.Find("acme", won.Id)!));

        var lost = book.Submit(Draft("b"), 10, Now).Run;
        Assert.True(book.Start(lost.Id, Later));
        Assert.True(book.End(lost.Id, RunState.Timeout, "too long", Later));
        Assert.False(book.Succeed(lost, Outputs(3), Later));
        Assert.Empty(book.Outputs(new OutputQuery(lost.Id, 10)));
        Assert.Throws<ArgumentException>(() => book.End(lost.Id, RunState.Succeeded, null, Later));
    }

    [Fact]
    public void What_ran_when_the_process_ended_is_queued_again_as_often_as_it_may_be()
    {
        string often, once;
        using (var store = Open())
        {
            often = store.Runs.Submit(Draft("a") with { MaxRetries = 1 }, 10, Now).Run.Id;
            once = store.Runs.Submit(Draft("b") with { MaxRetries = 0 }, 10, Now).Run.Id;
            Assert.True(store.Runs.Start(often, Now) && store.Runs.Start(once, Now));
        }

        using (var store = Open())
        {
            var waiting = Assert.Single(store.Runs.Waiting());
            Assert.Equal((often, 1, "the process that ran it ended"), (waiting.Id, waiting.RetryCount, waiting.Error));
            var given = store.Runs.Find("acme", once)!;
            Assert.Equal(RunState.Failed, given.State);
            Assert.NotNull(given.CompletedAt);
            Assert.True(store.Runs.Start(often, Later));
        }

        using (var store = Open())
        {
            Assert.Equal(RunState.Failed, store.Runs.Find("acme", often)!.State);
        }
    }

    [Fact]
    public void A_step_is_stored_with_the_position_of_its_request_and_with_what_is_to_be_told_of_it()
    {
        using var store = Open();
        var first = store.Requests.Claim("g", "t", 3, "one", Now);
        Assert.Equal((1L, null), (first.Epoch, first.Next));
        var run = store.Runs.Submit(
            Draft("a"), 10, Now, new RunStep { News = [RunNews.Request], Holder = "one", Trace = "00-1" }).Run;
        store.Runs.Submit(Draft("a"), 10, Later, new RunStep { News = [RunNews.Request], Holder = "one" });
        var notice = Assert.Single(store.Requests.News("one", Now - Duration.FromSeconds(1), 10));
        Assert.Equal(new RunNotice(run.Id, "acme", RunNews.Request, "one", "00-1", Now), notice);
        Assert.Empty(store.Requests.News("two", Now - Duration.FromSeconds(1), 10));
        Assert.Equal([notice], store.Requests.News("two", Now, 10));
        store.Requests.Told([notice]);
        Assert.Equal(0, store.Requests.CountNews());
        Assert.Equal(1, store.Requests.TellWaiting("one", Later));
        Assert.Equal(0, store.Requests.TellWaiting("one", Later));
        store.Requests.Told(store.Requests.News("one", Now, 10));

        var step = new RunStep { Position = new RequestPosition(first, 8), News = [RunNews.Outputs, RunNews.Status], Holder = "one" };
        Assert.False(store.Runs.Requeue(run.Id, "not running", null, Later, step));
        Assert.Equal((8L, 0L), (Assert.Single(store.Requests.Lanes()).Next, store.Requests.CountNews()));
        Assert.True(store.Runs.Start(run.Id, Later) && store.Runs.Succeed(run, Outputs(2), Later, step));
        Assert.Equal(["Outputs", "Status"], store.Requests.News("one", Now, 10).Select(static n => $"{n.News}"));
    }

    [Fact]
    public void A_position_moves_on_for_its_holder_alone_and_never_back()
    {
        using var store = Open();
        var one = store.Requests.Claim("g", "t", 3, "one", Now);
        store.Requests.Pass(new RequestPosition(one, 8), Now);
        store.Requests.Pass(new RequestPosition(one, 5), Now);
        var two = store.Requests.Claim("g", "t", 3, "two", Later);
        Assert.Equal((2L, "two", 8L), (two.Epoch, two.Holder, two.Next));
        var run = store.Runs.Submit(Draft("a"), 10, Now).Run;
        Assert.True(store.Runs.Start(run.Id, Now));
        Assert.True(store.Runs.Succeed(run, Outputs(1), Later, new RunStep { Position = new RequestPosition(one, 20) }));
        Assert.Equal(8, Assert.Single(store.Requests.Lanes()).Next);
    }

    [Fact]
    public void Attempts_follow_retries_and_priority()
    {
        int Attempts(RunPriority priority, int retries) => (Draft("a") with { Priority = priority, MaxRetries = retries }).MaxAttempts;
        Assert.Equal([4, 3, 4, 11, 1], [Attempts(RunPriority.Normal, 3), Attempts(RunPriority.Low, 3), Attempts(RunPriority.Critical, 0),
            Attempts(RunPriority.Critical, 10), Attempts(RunPriority.Low, 0)]);
    }

    [Fact]
    public void Outputs_are_in_the_lake_in_the_order_of_successes()
    {
        var time = new ManualTime(Now);
        using var store = Open();
        using var lake = LakeFolder.Open(new AurumOptions { DataDirectory = _folder.Path }, time);
        var follower = LakeFolder.Follow(store, lake, new LakeSettings());
        Succeed(store, "a", 3);
        follower.Sync();
        var late = store.Runs.Submit(Draft("b"), 10, Now).Run;
        store.Runs.Start(late.Id, Now);
        Succeed(store, "c", 2);
        store.Runs.Succeed(late, Outputs(4), Later);
        Assert.Equal(2, follower.Lags().Single(l => l.Table == Table).Lag.Deliveries);
        follower.Sync();

        Assert.Equal(new LakeCheck(Table, 9, 9, 0, 0), follower.Verify().Single(c => c.Table == Table));
        Assert.Equal(9, lake.Count(lake.Table(Table).ReadSql(new LakeRead())));
        Assert.Equal(0, follower.Sync().Commits);
    }

    private static LakeName Table { get; } = new("market", "scenario_output");

    private static (RunState State, string? Hash, int Rows) Of(RunRecord run) => (run.State, run.OutputHash, run.OutputRows);

    private static (RunOrder Order, string Id) Id((RunOrder Order, RunRecord Run) submitted) => (submitted.Order, submitted.Run.Id);

    private static void Succeed(AurumStore store, string input, int rows)
    {
        var run = store.Runs.Submit(Draft(input), 10, Now).Run;
        Assert.True(store.Runs.Start(run.Id, Now));
        Assert.True(store.Runs.Succeed(run, Outputs(rows), Later));
    }

    private static RunRecord Draft(string input) => new()
    {
        Tenant = "acme",
        ScenarioId = "s1",
        ScenarioVersion = 1,
        Priority = RunPriority.Normal,
        InputHash = input,
        Inputs = "{}",
        Options = "{}",
        TimeoutMinutes = 60,
        MaxMemoryMiB = 1_024,
        MaxRetries = 3,
    };

    private static RunOutputs Outputs(int rows) => new(
        [
            .. Enumerable.Range(0, rows).Select(i => new OutputRecord(
                "key", "EU German power", new LocalDate(2026, 6, 19), "MONTHLY", new LocalDate(2027, 1 + i, 1), $"2027-{1 + i:00}", "mid",
                "EUR/MWh", 50, 51.5, 40, 60, """[{"component":"gas","delta":1.5}]""", "0123456789abcdef")),
        ],
        "hash", "{}", ["one", "two"]);
}
