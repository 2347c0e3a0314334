using System.Diagnostics.CodeAnalysis;
using Aurum.Cluster;
using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>Days that this process works on while others work on the same database: each under a lease, without which nothing of it is
/// stored. A day whose lease is lost, or that can't be stored, is given up and left to others or to later; a database that is away is
/// waited for.</summary>
/// <param name="shared">Leases.</param>
/// <param name="holder">Name of this process.</param>
/// <param name="length">How long a lease lasts without being renewed.</param>
/// <param name="watch">Waits for the database.</param>
/// <param name="time">The clock.</param>
/// <param name="metrics">Counts days that were given up.</param>
/// <param name="tell">Hears of them.</param>
internal sealed class SharedDays(
    SharedWork shared, string holder, Duration length, DatabaseWatch watch, TimeProvider time, AurumMetrics metrics, Action<string> tell)
{
    /// <summary>Days that are offered to the shared list of work at a time.</summary>
    private const int OfferedDays = 64;

    private readonly DaysSetBack _setBack = new(time);

    /// <summary>How often a process looks that has nothing to do although something is due: others have it, and one of them may
    /// die.</summary>
    public Duration Look { get; } = length / 4;

    /// <summary>How the days of a platform are shared with other processes; null: it has its database alone.</summary>
    /// <param name="platform">Store and settings.</param>
    /// <param name="tell">Hears of days that are given up.</param>
    /// <param name="watch">Waits for the database; null: one of its own.</param>
    public static SharedDays? Of(Platform platform, Action<string> tell, DatabaseWatch? watch = null) =>
        platform.Store.Work is not { } shared ? null : new SharedDays(
            shared,
            platform.Holder,
            Duration.FromSeconds(platform.Options.Worker.LeaseSeconds),
            watch ?? new DatabaseWatch(
                shared.Prove, platform.Options.Worker, platform.Time, Chance.New(), tell),
            platform.Time,
            platform.Metrics,
            tell);

    /// <summary>Takes the right to something that has no day; no lease where another process has it.</summary>
    /// <param name="what">Its name, in the form of a feed's id.</param>
    public LeaseKeeper Take(FeedId what) => LeaseKeeper.Take(shared, holder, [(what, SharedWork.NoDay)], 1, length, time);

    /// <summary>Waits for a database that is away.</summary>
    public Task Ride(EngineException error, CancellationToken cancel) => watch.Ride(error, cancel);

    /// <summary>Works on days that no other process works on. False: there was none.</summary>
    /// <param name="due">Days, in the order of the work.</param>
    /// <param name="dueNow">What of the days that were leased is still to be done.</param>
    /// <param name="width">Days that are leased, and how many are worked on at the same time.</param>
    /// <param name="work">Does one.</param>
    /// <param name="cancel">Stops it; the leases are given back.</param>
    public async Task<bool> Run(
        IReadOnlyList<WorkItem> due, Func<IReadOnlyList<WorkItem>, IReadOnlyList<WorkItem>> dueNow, (int Leased, int AtOnce) width,
        Func<WorkItem, WorkLease, CancellationToken, Task> work, CancellationToken cancel)
    {
        var offered = due.Where(_setBack.IsFree).Take(OfferedDays).ToDictionary(static i => (i.Feed.Id.Text, i.Day.Date));
        await using var leases = LeaseKeeper.Take(
            shared, holder, [.. offered.Values.Select(static i => (i.Feed.Id, i.Day.Date))], width.Leased, length, time);
        if (leases.All.Count == 0)
        {
            return false;
        }

        // What another process has done between the look and the lease is not done again.
        var still = dueNow([.. leases.All.Select(l => offered[(l.Feed, l.Day)])]).ToHashSet();
        await Parallel.ForEachAsync(
            leases.All,
            new ParallelOptions { MaxDegreeOfParallelism = width.AtOnce, CancellationToken = cancel },
            async (lease, token) =>
            {
                if (offered[(lease.Feed, lease.Day)] is var item && still.Contains(item))
                {
                    await Work(item, lease, work, leases.Lost(lease), token);
                }

                await leases.Release(lease);
            });
        return true;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever stops a day is told and waits")]
    private async Task Work(
        WorkItem item, WorkLease lease, Func<WorkItem, WorkLease, CancellationToken, Task> work, CancellationToken lost,
        CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lost);
        try
        {
            await work(item, lease, either.Token);
            _setBack.Done(item);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error) when (error is OperationCanceledException or LeaseLostException)
        {
            metrics.LeaseLost(item.Feed.Id);
            GiveUp(item, "its lease was lost, nothing of it is stored, and another worker may have it");
        }
        catch (EngineException error) when (!error.NeedsPerson)
        {
            GiveUp(item, error.Reason);
            await watch.Ride(error, cancel);
        }
        catch (Exception error) when (error is not EngineException)
        {
            GiveUp(item, error.Message);
        }
    }

    private void GiveUp(WorkItem item, string why)
    {
        var wait = _setBack.Failed(item);
        metrics.DayGivenUp(item.Feed.Id);
        tell($"{item}: given up: {why}; its turn comes again in {wait.TotalSeconds:0} seconds at the earliest");
    }
}
