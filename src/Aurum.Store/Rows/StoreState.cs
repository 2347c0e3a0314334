using System.Collections.Concurrent;
using Aurum.Market.Feeds;
using Aurum.Store.Locations;
using Aurum.Store.Sql;

namespace Aurum.Store.Rows;

/// <summary>What writers share: the engine, the last ids, and what is remembered of feeds and places.</summary>
internal sealed class StoreState : IDisposable
{
    /// <summary>Numbers of files that a process takes at a time from a database that it shares.</summary>
    private const int FilesAtATime = 64;

    private readonly ConcurrentDictionary<FeedId, FeedState> _feeds = [];
    private readonly ConcurrentBag<KeySet> _keySets = [];
    private readonly FeedGates _gates;
    private readonly ReservedNumbers _files;

    public StoreState(StoreEngine engine, StoreOptions options)
    {
        Engine = engine;
        Options = options;
        _files = new ReservedNumbers(engine, CounterSql.Files, CounterSql.LastFile, FilesAtATime);
        _gates = new FeedGates(engine, options.IntakeWaitSeconds);
        if (IsShared)
        {
            // What is remembered is read when it is needed, and again when others have changed it.
            engine.Entered = connection => Locations.Refresh(connection, engine.Ids);
            return;
        }

        using var lease = engine.Rent();
        Locations.Load(lease.Connection);
        Feeds.Load(lease.Connection);
        engine.Ids = StoreIds.Counted(engine);
        FeedMemory.Read(engine, null, Feed);
    }

    public StoreEngine Engine { get; }

    public LocationBook Locations { get; } = new();

    public FeedTable Feeds { get; } = new();

    public StoreOptions Options { get; }

    /// <summary>Whether other processes may have the database open.</summary>
    public bool IsShared => Engine.Sharing is not null;

    /// <summary>Writes the facts of feeds.</summary>
    public void WriteFeeds(IReadOnlyList<Feed> feeds)
    {
        using var lease = Engine.Rent();
        IReadOnlyDictionary<string, int> added = new Dictionary<string, int>();
        Engine.Commit(
            lease.Connection,
            () =>
            {
                if (IsShared)
                {
                    Feeds.Load(lease.Connection);
                }

                return added = Feeds.Write(lease.Connection, feeds);
            },
            () => Feeds.Committed(added));
    }

    public FeedState Feed(FeedId feed) => _feeds.GetOrAdd(feed, static id => new FeedState(id.Text));

    /// <summary>What is remembered of a feed; null where nothing is, or where others may have changed it.</summary>
    public FeedState? TryFind(FeedId feed) => IsShared ? null : _feeds.GetValueOrDefault(feed);

    public long NextFile() => _files.Next();

    /// <summary>Only under the commit lock, so that a higher id is always a later commit.</summary>
    public long NextDelivery() => Engine.Ids.Next(StoreId.Delivery);

    public long NextDeadLetter() => Engine.Ids.Next(StoreId.DeadLetter);

    public long NextDrift() => Engine.Ids.Next(StoreId.Drift);

    /// <summary>Reserves ids. Returns the one before the first.</summary>
    public long ReserveQuarantined(long count) => Engine.Ids.Reserve(StoreId.Quarantined, count);

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

    /// <summary>Makes the delivery of a feed the only one. <see cref="Leave"/> in the end.</summary>
    /// <exception cref="TimeoutException">Another delivery did not end in time.</exception>
    public FeedState Enter(Feed feed, CancellationToken cancel)
    {
        var state = Feed(feed.Id);
        _gates.Enter(state, cancel);
        return state;
    }

    public void Leave(FeedState feed) => _gates.Leave(feed);
}
