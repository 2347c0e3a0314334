using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.App.Ticks;

/// <summary>The right to take real-time prices into a journal of one's own, on a store that several processes have open: one of them has
/// it at a time, and tick workers store nothing meanwhile. Renewed until it is disposed of.</summary>
/// <remarks>A lease and the rows of lanes see to it together: whoever takes the right looks for lanes afterwards, and a worker looks for
/// the right after it has claimed its lanes. So one of both sees the other.</remarks>
internal sealed class IntakeTurn : IDisposable
{
    private static readonly FeedId Name = new("ticks/intake");

    /// <summary>How long workers wait for a process that has died.</summary>
    private static readonly Duration Length = Duration.FromSeconds(60);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(15);

    /// <summary>Less than its length: what was taken in before it ended is acknowledged before it ends.</summary>
    private static readonly TimeSpan ProvenFor = TimeSpan.FromSeconds(50);

    private readonly SharedWork _shared;
    private readonly WorkLease _lease;
    private readonly TimeProvider _time;
    private readonly ITimer _renewal;
    private long _provenAt;
    private volatile bool _isLost;

    private IntakeTurn(SharedWork shared, WorkLease lease, long askedAt, TimeProvider time)
    {
        (_shared, _lease, _provenAt, _time) = (shared, lease, askedAt, time);
        _renewal = time.CreateTimer(_ => Renew(), null, RenewEvery, RenewEvery);
    }

    /// <summary>Whether it is certain that no other process has it.</summary>
    public bool IsProven => !_isLost && _time.GetElapsedTime(Volatile.Read(ref _provenAt)) < ProvenFor;

    /// <summary>Who has it; null: nobody.</summary>
    /// <exception cref="EngineException">The database does not say.</exception>
    public static string? HolderIn(SharedWork shared) => shared.Held().FirstOrDefault(static l => l.Feed == Name.Text)?.Holder;

    /// <summary>Takes it. That of a process which had the same data directory before, and is dead, is taken over.</summary>
    /// <returns>Null where another process has it.</returns>
    /// <exception cref="EngineException">The database does not say.</exception>
    public static IntakeTurn? Take(SharedWork shared, string dataDirectory, TimeProvider time)
    {
        var holder = $"{Environment.MachineName}:{Path.GetFullPath(dataDirectory)}";
        shared.Release([.. shared.Held().Where(l => l.Feed == Name.Text && l.Holder == holder)]);
        var askedAt = time.GetTimestamp();
        return shared.Take(holder, [(Name, SharedWork.NoDay)], 1, Length) is [var lease]
            ? new IntakeTurn(shared, lease, askedAt, time)
            : null;
    }

    public void Dispose()
    {
        _renewal.Dispose();
        _isLost = true;
        try
        {
            _shared.Release([_lease]);
        }
        catch (EngineException)
        {
            // The database is away: it ends by itself.
        }
    }

    private void Renew()
    {
        var askedAt = _time.GetTimestamp();
        try
        {
            if (_isLost || !_shared.Renew(_lease, Length))
            {
                _isLost = true;
                return;
            }

            Volatile.Write(ref _provenAt, askedAt);
        }
        catch (Exception error) when (error is EngineException or ObjectDisposedException)
        {
            // The next renewal comes before it ends; if none gets through, it is not proven any more.
        }
    }
}
