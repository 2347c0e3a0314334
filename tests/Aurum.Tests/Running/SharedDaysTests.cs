using Aurum.App.Configuration;
using Aurum.App.Running;
using Aurum.Store.Work;
using Aurum.Tests.Ingest;
using Aurum.Tests.Proofs;
using NodaTime;

namespace Aurum.Tests.Running;

public sealed class SharedDaysTests : IDisposable
{
    private static readonly IReadOnlyList<WorkItem> Days =
        ProofWorld.Items(ProofWorld.FeedsOf("nyiso/day-ahead-lmp-zone"), new LocalDate(2025, 3, 4), 2);

    private readonly FakeSharedWork _shared = new();
    private readonly HandClock _time = new(Instant.FromUtc(2025, 3, 4, 0, 0));
    private readonly AurumMetrics _metrics = new();
    private readonly List<string> _told = [];
    private readonly List<WorkItem> _done = [];
    private int _asked;

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task A_day_whose_lease_is_lost_is_given_up_and_the_others_go_on()
    {
        var days = NewDays();
        _shared.OnRenew = static lease => lease.Number != 1;

        Assert.True(await Run(days, async (item, lease, token) =>
        {
            if (lease.Number == 1)
            {
                _time.AdvanceTo(_time.Now + Duration.FromSeconds(30));
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }

            _done.Add(item);
        }));

        Assert.Equal(Days[1], Assert.Single(_done));
        Assert.Contains("its lease was lost, nothing of it is stored", Assert.Single(_told), StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(_shared.Released).Number);
    }

    [Fact]
    public async Task A_day_that_can_t_be_stored_lets_the_others_go_first_and_comes_again_later()
    {
        var days = NewDays();
        Task Fail(WorkItem item, WorkLease lease, CancellationToken token) => throw new InvalidOperationException("counts do not add up");

        Assert.True(await Run(days, Fail));
        Assert.Equal(2, _told.Count);
        Assert.EndsWith(
            "given up: counts do not add up; its turn comes again in 2 seconds at the earliest", _told[0], StringComparison.Ordinal);
        Assert.False(await Run(days, Fail));

        _time.AdvanceTo(_time.Now + Duration.FromSeconds(2));
        Assert.True(await Run(days, Done));
        Assert.Equal(2, _done.Count);
        Assert.True(await Run(days, Done));
    }

    [Fact]
    public async Task A_database_that_is_away_is_waited_for_and_one_that_refuses_ends_the_work()
    {
        var days = NewDays();
        Assert.True(await Run(days, static (_, _, _) => throw new DatabaseGone("PostgreSQL: it broke")));
        Assert.InRange(_asked, 1, 2);
        _time.AdvanceTo(_time.Now + Duration.FromSeconds(2));

        await Assert.ThrowsAsync<DatabaseGone>(
            () => Run(days, static (_, _, _) => throw new DatabaseGone("permission denied", isTransient: false)));
    }

    private static Task<bool> Run(SharedDays days, Func<WorkItem, WorkLease, CancellationToken, Task> work) =>
        days.Run(Days, static leased => leased, (2, 2), work, CancellationToken.None);

    private Task Done(WorkItem item, WorkLease lease, CancellationToken token)
    {
        lock (_done)
        {
            _done.Add(item);
        }

        return Task.CompletedTask;
    }

    private SharedDays NewDays() => new(
        _shared,
        "test",
        Duration.FromSeconds(60),
        new DatabaseWatch(() => Interlocked.Increment(ref _asked), new WorkerSettings(), _time, new Random(1), Tell),
        _time,
        _metrics,
        Tell);

    private void Tell(string text)
    {
        lock (_told)
        {
            _told.Add(text);
        }
    }
}
