using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>Leases that this process works under: renews them while it works, and gives them back in the end. A process that dies gives
/// them up by not renewing them.</summary>
internal sealed class LeaseKeeper : IDisposable
{
    /// <summary>How long the others wait for a process that has died.</summary>
    public static readonly Duration Length = Duration.FromSeconds(60);

    private readonly SharedWork _shared;
    private readonly Lock _lock = new();
    private readonly HashSet<WorkLease> _held;
    private readonly ITimer _renewal;

    private LeaseKeeper(SharedWork shared, IReadOnlyList<WorkLease> leases, TimeProvider time)
    {
        (_shared, All, _held) = (shared, leases, [.. leases]);
        var third = Length.ToTimeSpan() / 3;
        _renewal = time.CreateTimer(_ => Renew(), null, third, third);
    }

    /// <summary>The leases that were there to be had.</summary>
    public IReadOnlyList<WorkLease> All { get; }

    /// <summary>Takes what nobody else works on.</summary>
    public static LeaseKeeper Take(
        SharedWork shared, string holder, IReadOnlyList<(FeedId Feed, LocalDate Day)> wanted, int most, TimeProvider time) =>
        new(shared, shared.Take(holder, wanted, most, Length), time);

    /// <summary>The work is done.</summary>
    public void Release(WorkLease lease)
    {
        lock (_lock)
        {
            if (!_held.Remove(lease))
            {
                return;
            }
        }

        try
        {
            _shared.Release(lease);
        }
        catch (EngineException)
        {
            // The database is away: the lease ends by itself.
        }
    }

    public void Dispose()
    {
        _renewal.Dispose();
        foreach (var lease in _held.ToList())
        {
            Release(lease);
        }
    }

    private void Renew()
    {
        List<WorkLease> held;
        lock (_lock)
        {
            held = [.. _held];
        }

        foreach (var lease in held)
        {
            try
            {
                _shared.Renew(lease, Length);
            }
            catch (EngineException)
            {
                // The next renewal comes before the lease ends; if none gets through, the commit refuses.
            }
        }
    }
}
