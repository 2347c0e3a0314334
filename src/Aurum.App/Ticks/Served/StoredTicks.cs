using System.Diagnostics;
using Aurum.Cluster.Redis.Prices;
using Aurum.Market.Ticks;
using Aurum.Store;
using Aurum.Store.Engines;
using Aurum.Store.Ticks;
using NodaTime;

namespace Aurum.App.Ticks.Served;

/// <summary>Real-time prices that others write to the store's tables: workers that read Kafka. Nothing is taken in here. Who follows is
/// told of a commit when the tables are looked at, every <see cref="TickServiceOptions.FollowSeconds"/> while somebody follows.</summary>
internal sealed class StoredTicks : ITickPlane
{
    private static readonly TimeSpan CountLettersEvery = TimeSpan.FromMinutes(1);

    /// <summary>How old prices out of Redis may be where the store has newer frames.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(2);

    /// <summary>Prices that have gone from Redis up to which the others are still taken from there.</summary>
    private const int MostMissing = 500;

    private readonly AurumStore _store;
    private readonly TimeProvider _time;
    private readonly TickServiceOptions _options;
    private readonly StoredBoard _board;
    private readonly StoredEvents _events;
    private readonly TickFeed _feed;
    private readonly MessageRate _rate;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private IReadOnlyDictionary<DeadLetterReason, long> _letters = new Dictionary<DeadLetterReason, long>();
    private long? _lettersAt;
    private int _isLooking;

    public StoredTicks(AurumStore store, TickServiceOptions options, TimeProvider time)
    {
        options.Check();
        (_store, _options, _time) = (store, options, time);
        _board = new StoredBoard(store.Ticks);
        _events = new StoredEvents(store.Ticks, _board, static _ => Task.CompletedTask);
        _feed = new TickFeed(0, options.MaxSubscribers);
        _rate = new MessageRate(time);
        var every = TimeSpan.FromSeconds(options.FollowSeconds);
        _timer = time.CreateTimer(_ => Look(), null, every, every);
    }

    public TickStatus Status
    {
        get
        {
            var progress = _store.Ticks.Progress;
            var lanes = _store.TickLanes.All();
            var newest = _store.Ticks.NewestEvent;
            var now = Instant.FromDateTimeOffset(_time.GetUtcNow());
            return new TickStatus
            {
                State = TickServiceState.Running,
                Reason = "",
                Counters = progress.Counters,
                Letters = Letters(),
                MessagesPerSecond = _rate.Of(progress.Counters.Received),
                QueueBytes = 0,
                QueueLimitBytes = 0,
                Frame = progress.Frame,
                SettledFrame = progress.Frame,
                JournalBytes = 0,
                WatermarkMicros = WatermarkOf(lanes),
                NewestEventMicros = newest?.ToUnixTimeTicks() / 10,
                EventLagSeconds = newest is { } at ? (now - at).TotalSeconds : null,
                IngestLagSeconds = null,
                Instruments = _store.Ticks.InstrumentCount,
                KnownInstruments = 0,
                InstrumentsFault = "",
                Subscribers = _feed.Subscribers,
                Lanes = lanes,
            };
        }
    }

    public IReadOnlyCollection<string> Tenants => _board.Tenants;

    /// <summary>What is acknowledged is in the tables.</summary>
    public Task SettleAsync(CancellationToken cancel) => Task.CompletedTask;

    public ValueTask<IReadOnlyList<LatestPriceView>> LatestAsync(
        string tenant, IReadOnlyCollection<string> instruments, CancellationToken cancel) =>
        ValueTask.FromResult(_board.Read(tenant, instruments, 0, cancel));

    /// <summary>The same out of Redis, where it has them and is not behind; what has gone from there comes from the tables.</summary>
    public async ValueTask<IReadOnlyList<LatestPriceView>> LatestAsync(
        RedisLatest hot, string tenant, IReadOnlyCollection<string> instruments, CancellationToken cancel)
    {
        if (await hot.Find(tenant, Names, cancel) is not { Missing.Count: <= MostMissing } found || IsBehind(found))
        {
            return _board.Read(tenant, instruments, 0, cancel);
        }

        var views = new List<LatestPriceView>(found.Prices.Count);
        foreach (var (name, price, source) in found.Prices)
        {
            if (_board.Find(tenant, name) is { } instrument)
            {
                views.Add(new LatestPriceView(instrument, price with { Instrument = instrument.Number }, source));
            }
        }

        views.AddRange(found.Missing.Count > 0 ? _board.Read(tenant, found.Missing, 0, cancel) : []);
        views.Sort(static (a, b) => string.CompareOrdinal(a.Instrument.Name, b.Instrument.Name));
        return views;

        // Which instruments there are the store says: of those that are quiet Redis may know nothing any more.
        IReadOnlyCollection<string> Names(long frame) => instruments.Count > 0 ? instruments : _board.Names(tenant, frame);
    }

    public TickSubscription Subscribe(TickFilter filter, TickToken? after)
    {
        _feed.Start(_store.Ticks.SettledFrame);
        var reading = new TickEventFilter(filter, static () => throw new UnreachableException("no frame is kept in memory"));
        return new TickSubscription(_feed, reading, _events, after);
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>The least of all lanes that have stages of windows: before it, all bars are closed.</summary>
    private static long? WatermarkOf(IReadOnlyList<LaneRecord> lanes) =>
        lanes.Where(static l => l.Watermark is not null).Min(static l => l.Watermark)?.ToUnixTimeTicks() / 10;

    private bool IsBehind(LatestFound found) =>
        _time.GetUtcNow() - found.At > MostBehind && found.Frame < _store.Ticks.SettledFrame;

    /// <summary>Counting letters reads them all: that is done now and then.</summary>
    private IReadOnlyDictionary<DeadLetterReason, long> Letters()
    {
        lock (_gate)
        {
            if (_lettersAt is not { } at || _time.GetElapsedTime(at) > CountLettersEvery)
            {
                (_letters, _lettersAt) = (_store.Ticks.CountLetters(), _time.GetTimestamp());
            }

            return _letters;
        }
    }

    private void Look()
    {
        if (_feed.Subscribers == 0 || Interlocked.Exchange(ref _isLooking, 1) != 0)
        {
            return;
        }

        try
        {
            var last = _store.Ticks.SettledFrame;
            if (last > _feed.Last)
            {
                _feed.Start(last);
            }
        }
        catch (Exception error) when (error is EngineException or ObjectDisposedException)
        {
            // The database is away: the next look may find it again, and those who follow wait. Or the store was closed meanwhile.
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }
}
