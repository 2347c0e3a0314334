using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Archive;
using Aurum.Store.Curves;
using Aurum.Store.Engines;
using Aurum.Store.Jobs;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Ledger;
using Aurum.Store.Locations;
using Aurum.Store.Models;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using Aurum.Store.Sinks;
using Aurum.Store.Sql;
using Aurum.Store.Ticks;
using Aurum.Store.Watch;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.Store;

/// <summary>The embedded store of one data directory: rows with their revisions, gap ledger, places, raw archive. One process at
/// a time; safe from several threads.</summary>
public sealed class AurumStore : IDisposable
{
    private readonly StoreLock _lock;
    private readonly StoreState _state;

    private AurumStore(StoreOptions options, StoreLock storeLock, StoreState state, IClock clock)
    {
        Options = options;
        _lock = storeLock;
        _state = state;
        Archive = new RawArchive(
            Path.Combine(options.DataDirectory, "archive"), clock, options.MaxArchivedBytes, options.ArchiveObjects,
            options.MaxLocalArchiveBytes);
        Ledger = new GapLedger(state);
        Locations = new LocationRegistry(state.Engine);
        Jobs = new JobBook(state.Engine);
        Branches = new BranchBook(state.Engine);
        Contracts = new ContractBook(state.Engine);
        Valuations = new ValuationBook(state.Engine);
        Scenarios = new ScenarioBook(state.Engine);
        Runs = new RunBook(state.Engine);
        Requests = new RequestBook(state.Engine);
        Watch = new WatchBook(state.Engine);
        History = new HistoryBook(state.Engine, state.NextDrift);
        Read = new StoreReader(state.Engine);
        LakeSource = new LakeSource(state.Engine);
        Sinks = new SinkBook(state.Engine);
        Ticks = new TickTables(state.Engine, options);
        TickLanes = new TickLanes(state.Engine, Ticks);
        Parquet = new ParquetExport(state.Engine, options.DataDirectory);
    }

    public StoreOptions Options { get; }

    public RawArchive Archive { get; }

    public GapLedger Ledger { get; }

    public LocationRegistry Locations { get; }

    public JobBook Jobs { get; }

    /// <summary>Branches of curves, and what was loaded to them.</summary>
    public BranchBook Branches { get; }

    /// <summary>Power purchase agreements.</summary>
    public ContractBook Contracts { get; }

    /// <summary>What they were worth.</summary>
    public ValuationBook Valuations { get; }

    /// <summary>What-ifs.</summary>
    public ScenarioBook Scenarios { get; }

    /// <summary>Their runs, and what came of them.</summary>
    public RunBook Runs { get; }

    /// <summary>Requests of runs that come as messages, and what is to be told of runs.</summary>
    public RequestBook Requests { get; }

    public WatchBook Watch { get; }

    public HistoryBook History { get; }

    public StoreReader Read { get; }

    /// <summary>What is shared with other processes that have the database open; null where this one is alone.</summary>
    public SharedWork? Work => _state.Engine.Sharing?.Work;

    /// <summary>Rings when deliveries were committed by this process; by others too while <see cref="HearOthers"/> runs.</summary>
    public OutboxBell Bell => _state.Engine.Bell;

    /// <summary>How far places outside have followed the outbox.</summary>
    public SinkBook Sinks { get; }

    /// <summary>Real-time prices: ticks, bars, latest prices, curve points, dead letters.</summary>
    public TickTables Ticks { get; }

    /// <summary>Partitions of topics whose ticks this store takes.</summary>
    public TickLanes TickLanes { get; }

    internal LakeSource LakeSource { get; }

    public ParquetExport Parquet { get; }

    /// <summary>Opens the data directory, makes it where it is not there, and brings its tables to the present form.</summary>
    /// <param name="options">Folder and limits.</param>
    /// <param name="feeds">The feeds of the catalog; their facts are written to the table <c>feeds</c>.</param>
    /// <param name="clock">Stamps what the archive receives.</param>
    /// <exception cref="StoreLockedException">Somebody else has it open.</exception>
    /// <exception cref="StoreException">It was written by a newer version.</exception>
    public static AurumStore Open(StoreOptions options, IReadOnlyList<Feed> feeds, IClock clock)
    {
        return Open(
            options,
            feeds,
            clock,
            () => StoreEngine.Open(options),
            static (engine, now) =>
            {
                Migration.Run(engine, now);
                Migration.Requeue(engine, now);
            });
    }

    /// <summary>The version that the tables of a data directory's file have, which is not changed, and the one that this program
    /// makes.</summary>
    /// <exception cref="StoreLockedException">Somebody else has it open.</exception>
    public static (int Found, int Known) FormOf(StoreOptions options)
    {
        options.Check();
        using var storeLock = StoreLock.Take(options.DataDirectory, options.Holder);
        using var engine = StoreEngine.Open(options);
        return (Migration.VersionOf(engine), SchemaSql.Version);
    }

    /// <summary>Opens the data directory over a database of another kind.</summary>
    /// <param name="options">Folder and limits.</param>
    /// <param name="feeds">The feeds of the catalog.</param>
    /// <param name="clock">Stamps what the archive receives.</param>
    /// <param name="open">Opens the database.</param>
    /// <param name="prepare">Brings its tables to the present form.</param>
    internal static AurumStore Open(
        StoreOptions options, IReadOnlyList<Feed> feeds, IClock clock, Func<StoreEngine> open, Action<StoreEngine, Instant> prepare)
    {
        options.Check();
        Directory.CreateDirectory(options.DataDirectory);
        var storeLock = StoreLock.Take(options.DataDirectory, options.Holder);
        StoreEngine? engine = null;
        try
        {
            engine = open();
            prepare(engine, clock.GetCurrentInstant());
            var state = new StoreState(engine, options);
            state.WriteFeeds(feeds);
            return new AurumStore(options, storeLock, state, clock);
        }
        catch
        {
            engine?.Dispose();
            storeLock.Dispose();
            throw;
        }
    }

    /// <summary>Tells a second opener of the directory who holds it.</summary>
    /// <param name="holder">HTTP address or command.</param>
    public void Announce(string holder) => _lock.Announce(holder);

    /// <summary>Begins a delivery. Waits while another one of the same feed is open, so do not open two of one feed on one
    /// thread.</summary>
    /// <param name="feed">Feed.</param>
    /// <param name="day">Operating day that was asked for.</param>
    /// <param name="knownAt">When we knew, kept in whole microseconds: not before what is stored of keys that it changes.</param>
    /// <param name="lease">The right to work on the day, where several processes share the work; the commit is refused when it is no
    /// longer held.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="TimeoutException">The other delivery did not end within <see
    /// cref="StoreOptions.IntakeWaitSeconds"/>.</exception>
    public DayIntake<TRow> BeginDay<TRow>(
        Feed<TRow> feed, OperatingDay day, Instant knownAt, WorkLease? lease = null, CancellationToken cancel = default)
        where TRow : struct
    {
        var feedState = _state.Enter(feed, cancel);
        try
        {
            var delivery = new PendingDelivery(feed, day, EngineTimes.Truncate(knownAt)) { Lease = lease };
            return new DayIntake<TRow>(_state, feedState, feed, delivery);
        }
        catch
        {
            _state.Leave(feedState);
            throw;
        }
    }

    /// <summary>Writes deliveries of several feeds in one transaction: a reader sees all of them or none. Waits for other deliveries of
    /// these feeds first.</summary>
    /// <param name="feeds">The feeds.</param>
    /// <param name="write">Begins, fills and commits the deliveries, one after the other, on the calling thread. Other writers wait
    /// meanwhile. What it throws takes all of them back.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="TimeoutException">Another delivery did not end within <see cref="StoreOptions.IntakeWaitSeconds"/>.</exception>
    public void Together(IReadOnlyList<Feed> feeds, Action<DeliveryGroup> write, CancellationToken cancel = default)
    {
        var entered = new Dictionary<FeedId, FeedState>();
        try
        {
            // In one order, so that two groups never wait for each other.
            foreach (var feed in feeds.DistinctBy(static f => f.Id).OrderBy(static f => f.Id.Text, StringComparer.Ordinal))
            {
                entered.Add(feed.Id, _state.Enter(feed, cancel));
            }

            using var lease = _state.Engine.Rent();
            var group = new DeliveryGroup(_state, lease.Connection, entered);
            _state.Engine.Commit(
                lease.Connection,
                () =>
                {
                    write(group);
                    return true;
                },
                group.Committed);
        }
        finally
        {
            foreach (var feedState in entered.Values)
            {
                _state.Leave(feedState);
            }
        }
    }

    /// <summary>Writes what came of a try that brought no rows, with its files and dead letters, in one transaction.</summary>
    public CommitReceipt RecordOutcome(
        Feed feed,
        OperatingDay day,
        Instant triedAt,
        DayOutcome outcome,
        IReadOnlyList<FileRecord> files,
        IReadOnlyList<DeadLetter> deadLetters,
        GateRecord? gate = null,
        CurveChanges? changes = null,
        WorkLease? lease = null)
    {
        var delivery = new PendingDelivery(feed, day, EngineTimes.Truncate(triedAt)) { Lease = lease };
        delivery.Files.AddRange(files.Select(file => (_state.NextFile(), file)));
        delivery.DeadLetters.AddRange(deadLetters);
        delivery.Gate = gate;
        var feedState = _state.Enter(feed, CancellationToken.None);
        try
        {
            using var rented = _state.Engine.Rent();
            var writer = new DeliveryWriter(_state, rented.Connection);
            return _state.Engine.Commit(
                rented.Connection,
                () =>
                {
                    changes?.Write(rented.Connection);
                    return writer.Write(delivery, outcome, [], []);
                },
                () => writer.Committed(feed));
        }
        finally
        {
            _state.Leave(feedState);
        }
    }

    /// <summary>Lets <see cref="Bell"/> ring for commits of other processes too, until it is cancelled. Ends at once where there are
    /// none.</summary>
    /// <param name="jitter">Spread of the waits before a lost connection is made anew.</param>
    /// <param name="cancel">Stops it, which is no error.</param>
    public Task HearOthers(Random jitter, CancellationToken cancel) =>
        _state.Engine.Sharing?.Listen(Bell, jitter, cancel) ?? Task.CompletedTask;

    public void Dispose()
    {
        TickLanes.Dispose();
        _state.Dispose();
        _lock.Dispose();
    }
}
