using System.Diagnostics.CodeAnalysis;
using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>Leases that this process works under: renews them while it works, and gives them back in the end. A process that dies gives
/// them up by not renewing them. A lease that could not be renewed in its time is lost: no process counts on what it can't
/// prove.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    /// <summary>How long the others wait for a process that has died, where nothing else is set.</summary>
    public static readonly Duration UsualLength = Duration.FromSeconds(60);

    /// <summary>Renewals within the length of a lease.</summary>
    private const int Renewals = 3;

    /// <summary>How long giving back may take; after that, leases end by themselves.</summary>
    private static readonly TimeSpan LongestRelease = TimeSpan.FromSeconds(5);

    private readonly SharedWork _shared;
    private readonly TimeProvider _time;
    private readonly Duration _length;
    private readonly Lock _lock = new();
    private readonly Dictionary<WorkLease, Proof> _held;
    private readonly ITimer _renewal;
    private int _renewing;

    private LeaseKeeper(SharedWork shared, IReadOnlyList<WorkLease> leases, long askedAt, Duration length, TimeProvider time)
    {
        (_shared, _time, _length, All) = (shared, time, length, leases);
        _held = leases.ToDictionary(static l => l, _ => new Proof(askedAt));
        var every = length.ToTimeSpan() / Renewals;
        _renewal = time.CreateTimer(_ => Keep(), null, every, every);
    }

    /// <summary>The leases that were there to be had.</summary>
    public IReadOnlyList<WorkLease> All { get; }

    /// <summary>Takes what nobody else works on. Blocks while the database is asked.</summary>
    /// <param name="shared">Leases.</param>
    /// <param name="holder">Name of this process.</param>
    /// <param name="wanted">Work, the most urgent first.</param>
    /// <param name="most">Leases at most.</param>
    /// <param name="length">How long each lasts without being renewed.</param>
    /// <param name="time">Clock of renewals.</param>
    public static LeaseKeeper Take(
        SharedWork shared, string holder, IReadOnlyList<(FeedId Feed, LocalDate Day)> wanted, int most, Duration length, TimeProvider time)
    {
        // The lease lasts from some moment after this one on.
        var askedAt = time.GetTimestamp();
        return new(shared, shared.Take(holder, wanted, most, length), askedAt, length, time);
    }

    /// <summary>Is cancelled when a lease is lost: another process has it, or may have it.</summary>
    public CancellationToken Lost(WorkLease lease)
    {
        lock (_lock)
        {
            return _held.TryGetValue(lease, out var proof) ? proof.Lost.Token : new CancellationToken(canceled: true);
        }
    }

    /// <summary>The work is done.</summary>
    public Task Release(WorkLease lease)
    {
        lock (_lock)
        {
            return _held.Remove(lease) ? Release([lease]) : Task.CompletedTask;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _renewal.DisposeAsync();
        List<WorkLease> held;
        lock (_lock)
        {
            held = [.. _held.Keys];
            _held.Clear();
        }

        if (held.Count > 0)
        {
            await Release(held);
        }
    }

    private async Task Release(IReadOnlyCollection<WorkLease> leases)
    {
        try
        {
            await Task.Run(() => _shared.Release(leases)).WaitAsync(LongestRelease, _time);
        }
        catch (Exception error) when (error is EngineException or TimeoutException)
        {
            // The database is away: the leases end by themselves.
        }
    }

    /// <summary>Gives up what was not proven in time, then renews the rest; where a renewal is under way still, only the first.</summary>
    private void Keep()
    {
        foreach (var lease in Held().Where(l => _time.GetElapsedTime(l.Value.At) >= _length.ToTimeSpan()))
        {
            Lose(lease.Key);
        }

        if (Interlocked.Exchange(ref _renewing, 1) == 1)
        {
            return;
        }

        try
        {
            foreach (var (lease, proof) in Held())
            {
                Renew(lease, proof);
            }
        }
        finally
        {
            Volatile.Write(ref _renewing, 0);
        }
    }

    private void Renew(WorkLease lease, Proof proof)
    {
        var askedAt = _time.GetTimestamp();
        try
        {
            if (_shared.Renew(lease, _length))
            {
                proof.At = askedAt;
            }
            else
            {
                Lose(lease);
            }
        }
        catch (Exception error) when (error is EngineException or ObjectDisposedException)
        {
            // The next renewal comes before the lease ends; if none gets through, it is lost.
        }
    }

    private List<KeyValuePair<WorkLease, Proof>> Held()
    {
        lock (_lock)
        {
            return [.. _held];
        }
    }

    private void Lose(WorkLease lease)
    {
        Proof? proof;
        lock (_lock)
        {
            _ = _held.Remove(lease, out proof);
        }

        _ = proof?.Lost.CancelAsync();
    }

    /// <summary>When a lease was last known to be held, and who hears when it is not.</summary>
    [SuppressMessage("Design", "CA1001", Justification = "its token source has no timer and no parent: nothing is left to free")]
    private sealed class Proof(long at)
    {
        private long _at = at;

        public long At
        {
            get => Volatile.Read(ref _at);
            set => Volatile.Write(ref _at, value);
        }

        public CancellationTokenSource Lost { get; } = new();
    }
}
