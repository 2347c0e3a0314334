using Aurum.Market.Ticks;
using Aurum.Store;
using Aurum.Store.Engines;
using Aurum.Store.Work;

namespace Aurum.App.Ticks.Served;

/// <summary>Real-time prices of a store that other processes have open too, where this one knows of no Kafka: taken in by this process
/// while it alone does that, and read from the tables as soon as workers fill them. That is looked at once a second.</summary>
internal sealed class SharedTicks : ITickPlane
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly AurumStore _store;
    private readonly SharedWork _shared;
    private readonly TickServiceOptions _options;
    private readonly TimeProvider _time;
    private readonly StoredTicks _stored;
    private readonly ITimer _timer;

    /// <summary>Held while what takes ticks in changes. Nobody waits for the database in it while ticks are taken in.</summary>
    private readonly Lock _gate = new();
    private volatile ITickPlane _now;
    private volatile string? _refusal;
    private volatile IntakeTurn? _turn;
    private long _unsettled;
    private int _isLooking;
    private bool _isOver;

    /// <param name="store">Store; others may have its database open.</param>
    /// <param name="shared">What they share.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="StoreException">The journal is damaged, or does not fit the tables.</exception>
    public SharedTicks(AurumStore store, SharedWork shared, TickServiceOptions options, TimeProvider time)
    {
        (_store, _shared, _options, _time) = (store, shared, options, time);
        _now = _stored = new StoredTicks(store, options, time);
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            Decide(store.TickLanes.HasAny);
        }
        catch
        {
            Dispose();
            throw;
        }

        if (!_isOver)
        {
            _timer.Change(LookEvery, LookEvery);
        }
    }

    public ITickPlane Now => _now;

    /// <summary>Why nothing is taken in now, although no worker fills the store; null where that is not so.</summary>
    public string? Refusal => _refusal;

    public TickStatus Status => _refusal is { } why
        ? _now.Status with { State = TickServiceState.Waiting, Reason = why }
        : _now.Status;

    public IReadOnlyCollection<string> Tenants => _now.Tenants;

    public Task SettleAsync(CancellationToken cancel) => _now.SettleAsync(cancel);

    public ValueTask<IReadOnlyList<LatestPriceView>> LatestAsync(
        string tenant, IReadOnlyCollection<string> instruments, CancellationToken cancel) => _now.LatestAsync(tenant, instruments, cancel);

    public TickSubscription Subscribe(TickFilter filter, TickToken? after) => _now.Subscribe(filter, after);

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _timer.Dispose();
            (_now as TickService)?.Dispose();
            _turn?.Dispose();
            _stored.Dispose();
        }
    }

    /// <summary>The timer's. Looks come while an earlier one waits for the database, and see to it that no right is used that is not
    /// proven.</summary>
    private void Look()
    {
        Change(GiveUp);
        if (Interlocked.Exchange(ref _isLooking, 1) != 0)
        {
            return;
        }

        try
        {
            var hasLanes = _store.TickLanes.HasAny;
            Change(() => Decide(hasLanes));
        }
        catch (Exception e) when (e is EngineException or StoreException or IOException or ObjectDisposedException)
        {
            // The next look is in a second.
            _refusal = _now is TickService ? null : _refusal ?? $"real-time prices cannot be taken in: {e.Message}";
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    /// <summary>Does something, where nobody else changes anything now.</summary>
    private void Change(Action change)
    {
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            if (!_isOver)
            {
                change();
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void GiveUp()
    {
        if (_turn is { IsProven: false } turn && _now is TickService)
        {
            _refusal = "the database has not said for too long that nobody else takes real-time prices into this store";
            Stop();
            turn.Dispose();
            _turn = null;
        }
    }

    private void Decide(bool hasLanes)
    {
        if (hasLanes)
        {
            GiveWay();
        }
        else if (_turn is null)
        {
            TakeIn();
        }
        else if (_now == _stored)
        {
            Open();
        }
    }

    /// <summary>Workers fill the store: what was taken in is written to the tables, then they may begin.</summary>
    private void GiveWay()
    {
        Stop();
        if (_turn is { } turn)
        {
            TickService.Recover(_store, _options);
            turn.Dispose();
            (_turn, _unsettled) = (null, 0);
        }

        _refusal = _unsettled == 0 ? null
            : $"the last {_unsettled} frames of the journal are not in the tables: tick workers began while the database was not reached";
        _isOver = true;
        _timer.Dispose();
    }

    private void TakeIn()
    {
        _turn = IntakeTurn.Take(_shared, _store.Options.DataDirectory, _time);
        if (_turn is null)
        {
            _refusal = $"real-time prices of this store are taken in by {IntakeTurn.HolderIn(_shared) ?? "another process"}";
        }
        else if (!_store.TickLanes.HasAny)
        {
            Open();
        }
    }

    private void Open()
    {
        _now = TickService.Open(_store, _options, _time);
        (_refusal, _unsettled) = (null, 0);
    }

    /// <summary>Takes nothing more in. Who asks meanwhile reads the tables.</summary>
    private void Stop()
    {
        if (_now is TickService own)
        {
            _now = _stored;
            own.Dispose();
            _unsettled = own.UnsettledFrames;
        }
    }
}
