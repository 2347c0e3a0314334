using Aurum.App.Running;
using Aurum.Market.Feeds;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.App.Scenarios.Running;

/// <summary>Who computes a run: one at a time, of this process and of all others that have the database. The lease of a process that dies
/// ends by itself; until then nobody takes its run over, and after it nothing of what it still wants to store is stored.</summary>
/// <param name="shared">Leases of the database; null: this process is alone.</param>
/// <param name="holder">Who this is.</param>
/// <param name="length">How long the others wait for a process that has died.</param>
/// <param name="time">Clock of renewals.</param>
internal sealed class RunLeases(SharedWork? shared, string holder, Duration length, TimeProvider time)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string Holder => holder;

    /// <summary>Takes a run; null where somebody has it.</summary>
    public async Task<RunLease?> TryTake(string run)
    {
        lock (_taken)
        {
            if (!_taken.Add(run))
            {
                return null;
            }
        }

        try
        {
            if (shared is null)
            {
                return new RunLease(null, null, () => Forget(run));
            }

            var keeper = LeaseKeeper.Take(shared, holder, [(new FeedId($"scenario-run/{run}"), SharedWork.NoDay)], 1, length, time);
            if (keeper.All is [var lease])
            {
                return new RunLease(lease, keeper, () => Forget(run));
            }

            await keeper.DisposeAsync();
        }
        catch
        {
            Forget(run);
            throw;
        }

        Forget(run);
        return null;
    }

    private void Forget(string run)
    {
        lock (_taken)
        {
            _taken.Remove(run);
        }
    }
}

/// <summary>The right to compute a run, until it is disposed of.</summary>
/// <param name="lease">Lease of the database; null: there are no other processes.</param>
/// <param name="keeper">Renews it.</param>
/// <param name="forget">Is called in the end.</param>
internal sealed class RunLease(WorkLease? lease, LeaseKeeper? keeper, Action forget) : IAsyncDisposable
{
    /// <summary>What commits are fenced with; null: they need no fence.</summary>
    public WorkLease? Lease => lease;

    /// <summary>Is cancelled when another process has the run, or may have it.</summary>
    public CancellationToken Lost => lease is null || keeper is null ? CancellationToken.None : keeper.Lost(lease);

    public async ValueTask DisposeAsync()
    {
        await (keeper?.DisposeAsync() ?? ValueTask.CompletedTask);
        forget();
    }
}
