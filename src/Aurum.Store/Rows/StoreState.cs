using System.Collections.Concurrent;
using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Ledger;
using Aurum.Store.Locations;
using Aurum.Store.Sql;
using Aurum.Store.Watch;

namespace Aurum.Store.Rows;

/// <summary>What writers share: the engine, the last ids, and what is remembered of feeds and places.</summary>
internal sealed class StoreState : IDisposable
{
    private readonly ConcurrentDictionary<FeedId, FeedState> _feeds = [];
    private readonly ConcurrentBag<KeySet> _keySets = [];
    private long _lastDelivery;
    private long _lastFile;
    private long _lastQuarantined;
    private long _lastDeadLetter;
    private long _lastDrift;

    public StoreState(StoreEngine engine, StoreOptions options)
    {
        Engine = engine;
        Options = options;
        using var lease = engine.Rent();
        Locations = LocationBook.Load(lease.Connection);
        Feeds = FeedTable.Load(lease.Connection);
        using var ids = lease.Connection.Prepare(DeliverySql.LastIds);
        using var row = ids.Query();
        row.NextChunk();
        (_lastDelivery, _lastFile) = (row.Int64(0, 0), row.Int64(1, 0));
        (_lastQuarantined, _lastDeadLetter, _lastDrift) = (row.Int64(2, 0), row.Int64(3, 0), row.Int64(4, 0));
        Remember();
    }

    public StoreEngine Engine { get; }

    public LocationBook Locations { get; }

    public FeedTable Feeds { get; }

    public StoreOptions Options { get; }

    /// <summary>Writes the facts of feeds.</summary>
    public void WriteFeeds(IReadOnlyList<Feed> feeds)
    {
        using var lease = Engine.Rent();
        IReadOnlyDictionary<string, int> added = new Dictionary<string, int>();
        Engine.Commit(lease.Connection, () => added = Feeds.Write(lease.Connection, feeds), () => Feeds.Committed(added));
    }

    public FeedState Feed(FeedId feed) => _feeds.GetOrAdd(feed, static id => new FeedState(id.Text));

    /// <summary>What is remembered of a feed; null where nothing is.</summary>
    public FeedState? TryFind(FeedId feed) => _feeds.GetValueOrDefault(feed);

    public long NextFile() => Interlocked.Increment(ref _lastFile);

    /// <summary>Only under the commit lock, so that a higher id is always a later commit.</summary>
    public long NextDelivery() => Interlocked.Increment(ref _lastDelivery);

    public long NextDeadLetter() => Interlocked.Increment(ref _lastDeadLetter);

    public long NextDrift() => Interlocked.Increment(ref _lastDrift);

    /// <summary>Reserves ids. Returns the one before the first.</summary>
    public long ReserveQuarantined(long count) => Interlocked.Add(ref _lastQuarantined, count) - count;

    /// <summary>An empty set of keys, to be given back.</summary>
    public KeySet RentKeys() => _keySets.TryTake(out var keys) ? keys : new KeySet();

    public void Return(KeySet keys)
    {
        keys.Clear();
        _keySets.Add(keys);
    }

    public void Dispose()
    {
        foreach (var feed in _feeds.Values)
        {
            feed.Dispose();
        }

        Engine.Dispose();
    }

    /// <summary>Reads what is remembered of all feeds: little of each.</summary>
    private void Remember()
    {
        static FeedId IdOf(EngineRows rows, int i) => new(rows.String(0, i));

        Engine.List(
                DeliverySql.AllHours,
                static _ => { },
                (rows, i) => (Feed: IdOf(rows, i), From: rows.Int64(1, i), Through: rows.Int64(2, i)))
            .ForEach(range => Feed(range.Feed).Hours.Append(range.From, range.Through));
        Engine.List(WatchSql.AllGateResults, static _ => { }, (rows, i) => (Feed: IdOf(rows, i), Delivery: rows.Int64(1, i)))
            .ForEach(result => Feed(result.Feed).Judged(result.Delivery));
        Engine.List(
                LedgerSql.Watermarks,
                static s => s.BindNull(),
                (rows, i) => (Feed: IdOf(rows, i), First: rows.Date(1, i), Through: rows.DateOrNull(2, i)))
            .ForEach(mark => Feed(mark.Feed).Watermark = (mark.First, mark.Through));
        foreach (var latest in Engine.List(LedgerSql.Latest, static _ => { }, GapLedger.Entry).GroupBy(static e => e.Feed))
        {
            Feed(latest.Key).Recall([.. latest]);
        }
    }

    /// <summary>Makes the delivery of a feed the only one. Release the gate in the end.</summary>
    /// <exception cref="TimeoutException">Another delivery did not end in time.</exception>
    public FeedState Enter(Feed feed, CancellationToken cancel)
    {
        var state = Feed(feed.Id);
        return state.Gate.Wait(TimeSpan.FromSeconds(Options.IntakeWaitSeconds), cancel)
            ? state
            : throw new TimeoutException(
                $"another delivery of {feed.Id} is open and did not end within {Options.IntakeWaitSeconds} seconds");
    }
}
