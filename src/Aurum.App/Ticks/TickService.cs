using Aurum.App.Configuration;
using Aurum.Market.Ticks;
using Aurum.Store;

namespace Aurum.App.Ticks;

/// <summary>The tick plane of a data directory: submissions go through the pipeline into the journal, and are acknowledged when
/// they are on disk; then come latest prices and events, and within a second the tables.</summary>
/// <remarks>Safe from several threads. Threads of its own: one runs the pipeline, one writes the journal, one writes the tables.
/// A journal that cannot be written is opened again every few seconds; a defect stops the service for good.</remarks>
internal sealed class TickService : ITickPlane, IAsyncDisposable
{
    private static readonly TickServiceException Closed = new("the tick service is closed");

    private readonly AurumStore _store;
    private readonly TimeProvider _time;
    private readonly TickQueue _queue;
    private readonly TickKeys _keys;
    private readonly LatestBoard _board = new();
    private readonly TickStanding _standing = new();
    private readonly TickFeed _feed;
    private readonly TickMetrics _metrics;
    private readonly StoredEvents _stored;
    private readonly QuietClock _quiet;
    private readonly InstrumentWatch _book;
    private readonly CancellationTokenSource _closing = new();
    private readonly Thread _thread;
    private volatile TickRecovered _state;
    private volatile TickSettler _settler;
    private volatile TickServiceException? _failure;
    private volatile bool _isStopped;

    private TickService(AurumStore store, TickServiceOptions options, TimeProvider time, TickRecovered state, InstrumentWatch book)
    {
        (_store, Options, _time, _state, _book) = (store, options, time, state, book);
        _queue = new TickQueue((long)options.QueueMiB << 20);
        _keys = new TickKeys(options.IdempotencyKeys);
        _feed = new TickFeed(options.SubscriberEvents, options.MaxSubscribers);
        _metrics = new TickMetrics(this);
        _stored = new StoredEvents(store.Ticks, _board, SettleAsync);
        _settler = NewSettler();
        Show();
        _thread = new Thread(Run) { IsBackground = true, Name = "aurum ticks pipeline" };
        _thread.Start();
        _quiet = new QuietClock(this, time);
        _book.Start(time, known => _state.Pipeline.Enrich.Book = known);
    }

    public TickServiceOptions Options { get; }

    /// <summary>Frames on disk that the tables lack.</summary>
    public long UnsettledFrames => _feed.Last - _settler.Settled;

    /// <summary>How it is now.</summary>
    public TickStatus Status
    {
        get
        {
            var newest = _standing.Newest;
            var now = _time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;
            var hasTicks = newest.EventMicros != long.MinValue;
            return new TickStatus
            {
                State = _isStopped ? (_failure is null ? TickServiceState.Closed : TickServiceState.Failed)
                    : _failure is null ? TickServiceState.Running : TickServiceState.Waiting,
                Reason = (_failure ?? _settler.Failure)?.Message ?? "",
                Counters = _standing.Counters,
                Letters = _standing.Letters,
                MessagesPerSecond = _standing.MessagesPerSecond,
                QueueBytes = _queue.Bytes,
                QueueLimitBytes = _queue.LimitBytes,
                Frame = _feed.Last,
                SettledFrame = _settler.Settled,
                JournalBytes = _state.Journal.Bytes,
                WatermarkMicros = _standing.WatermarkMicros == long.MinValue ? null : _standing.WatermarkMicros,
                NewestEventMicros = hasTicks ? newest.EventMicros : null,
                EventLagSeconds = hasTicks ? (now - newest.EventMicros) / 1e6 : null,
                IngestLagSeconds = hasTicks ? (_standing.MadeMicros - newest.IngestedMicros) / 1e6 : null,
                Instruments = _state.Pipeline.Instruments.Count,
                KnownInstruments = _book.Book.Count,
                InstrumentsFault = _book.Fault,
                Subscribers = _feed.Subscribers,
            };
        }
    }

    /// <summary>Opens the tick plane of a store: loads its last state, reads the journal behind it, and brings the tables up to
    /// date.</summary>
    /// <exception cref="StoreException">The journal is damaged, or does not fit the tables.</exception>
    /// <exception cref="OptionsException">The instrument book cannot be read.</exception>
    public static TickService Open(AurumStore store, TickServiceOptions options, TimeProvider time)
    {
        options.Check();
        var book = InstrumentWatch.Open(Path.Combine(store.Options.DataDirectory, options.InstrumentsFile));
        return new TickService(store, options, time, TickRecovered.Open(store, options), book);
    }

    /// <summary>Brings into the tables what a process left in the journal that did not end well.</summary>
    /// <returns>Frames that were read.</returns>
    /// <exception cref="StoreException">The journal is damaged, or does not fit the tables.</exception>
    public static long Recover(AurumStore store, TickServiceOptions options)
    {
        using var recovered = TickRecovered.Open(store, options, keepsDelays: true);
        return recovered.Frames;
    }

    /// <summary>Takes messages in. Waits while the queue is full; completes when they are on disk.</summary>
    /// <param name="submission">The messages.</param>
    /// <param name="cancel">Ends the waiting for room; what is in the queue is taken in, and its bytes are needed until it is
    /// answered.</param>
    /// <exception cref="TickServiceException">They were not taken in; nothing of them is acknowledged.</exception>
    public async ValueTask<TickReceipt> SubmitAsync(TickSubmission submission, CancellationToken cancel) =>
        await await QueueAsync(submission, cancel);

    /// <summary>Puts messages in the queue. Waits while it is full.</summary>
    /// <returns>Completes when they are on disk.</returns>
    /// <exception cref="TickServiceException">They were not taken in; nothing of them is acknowledged.</exception>
    public ValueTask<Task<TickReceipt>> QueueAsync(TickSubmission submission, CancellationToken cancel) =>
        PutAsync(new TickWork { Submission = submission, Answered = _queue.Answered }, cancel);

    /// <summary>Waits until all that is acknowledged is in the tables.</summary>
    /// <exception cref="TickServiceException">It cannot be written.</exception>
    public Task SettleAsync(CancellationToken cancel) => _settler.SettleAsync(_settler.Added, cancel);

    /// <summary>The input of all streams has ended: bars of open windows come out as partial.</summary>
    public async Task CompleteAsync(CancellationToken cancel) =>
        await await PutAsync(new TickWork { Completes = true, Answered = _queue.Answered }, cancel);

    /// <summary>Bytes of a kept stream that are taken in; 0 where it is not known. It goes on there.</summary>
    public long CheckpointOf(string stream) => _state.Checkpoints.Of(stream);

    /// <summary>The latest price of an instrument by its name.</summary>
    /// <returns>False where it has none.</returns>
    public bool TryLatest(string tenant, string instrument, out LatestPriceView price) => _board.TryGet(tenant, instrument, out price);

    /// <summary>The latest prices of a tenant's instruments, by name.</summary>
    public IReadOnlyList<LatestPriceView> LatestOf(string tenant) => _board.Of(tenant);

    public IReadOnlyCollection<string> Tenants => _board.Tenants;

    public ValueTask<IReadOnlyList<LatestPriceView>> LatestAsync(
        string tenant, IReadOnlyCollection<string> instruments, CancellationToken cancel)
    {
        if (instruments.Count == 0)
        {
            return ValueTask.FromResult(_board.Of(tenant));
        }

        var found = new List<LatestPriceView>();
        foreach (var name in instruments.Distinct().Order(StringComparer.Ordinal))
        {
            if (_board.TryGet(tenant, name, out var price))
            {
                found.Add(price);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<LatestPriceView>>(found);
    }

    /// <summary>Follows what is committed.</summary>
    /// <param name="filter">What to follow.</param>
    /// <param name="after">The last event that was seen; null: from now on.</param>
    /// <exception cref="TickServiceException">Too many follow already.</exception>
    public TickSubscription Subscribe(TickFilter filter, TickToken? after) =>
        new(_feed, new TickEventFilter(filter, () => _state.Pipeline), _stored, after);

    /// <summary>The clock vouches that nothing that happened before an event time comes any more.</summary>
    internal async Task VouchAsync(long watermarkMicros) =>
        await await PutAsync(new TickWork { WatermarkMicros = watermarkMicros, Answered = _queue.Answered }, CancellationToken.None);

    /// <summary>Takes nothing more in, writes all that was taken in to the tables, and the state for the next opening.</summary>
    public void Dispose()
    {
        if (!_closing.IsCancellationRequested)
        {
            _closing.Cancel();
            _quiet.Dispose();
            _book.Dispose();
            _queue.Close(_failure ?? Closed);
            _settler.EndWaiting();
            _thread.Join();
            _settler.Dispose();
            _state.Dispose();
            _metrics.Dispose();
            _feed.End();
            _closing.Dispose();
        }
    }

    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    /// <summary>The pipeline's thread: lives until the closing, over failures of the journal.</summary>
    private void Run()
    {
        while (true)
        {
            try
            {
                using (var run = new TickRun(_queue, _state, _keys, _settler, Options, _time, OnCommitted))
                {
                    run.Run();
                }

                End();
                return;
            }
            catch (Exception e) when (e is IOException or StoreException)
            {
                if (!TryReopen(e))
                {
                    return;
                }
            }
#pragma warning disable CA1031 // A defect: nothing more is taken in, so that nothing is acknowledged that is not so. It is told.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Stop(new TickServiceException($"real-time prices were stopped by a defect: {e.Message}", e));
                return;
            }
        }
    }

    /// <summary>The regular end: all is in the tables, and the state is kept so that the next opening has nothing to do
    /// again.</summary>
    private void End()
    {
        _settler.Dispose();
        if (_settler.Failure is null && _state.Journal.Last > _state.SnapshotFrame)
        {
            _state.Save(Options);
            _state.Journal.Release(_settler.Settled);
        }

        _isStopped = true;
    }

    /// <summary>Tells all who wait, and opens the journal again, until that holds.</summary>
    /// <returns>False where the service is closed meanwhile.</returns>
    private bool TryReopen(Exception reason)
    {
        while (true)
        {
            _failure = new TickServiceException($"real-time prices cannot be written to the journal: {reason.Message}", reason);
            FailAll(_queue.Suspend(_failure), _failure);
            _settler.Dispose();
            _state.Dispose();
            if (_closing.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(Options.RetrySeconds)))
            {
                _isStopped = true;
                return false;
            }

            try
            {
                _state = TickRecovered.Open(_store, Options);
                _settler = NewSettler();
                Show();
                _failure = null;
                _queue.Suspend(null);
                return true;
            }
            catch (Exception e) when (e is IOException or StoreException)
            {
                reason = e;
            }
        }
    }

    private void Stop(TickServiceException reason)
    {
        _failure = reason;
        _isStopped = true;
        _queue.Close(reason);
        FailAll(_queue.Suspend(reason), reason);
    }

    private void FailAll(IReadOnlyList<TickWork> left, TickServiceException reason)
    {
        _keys.Fail(reason);
        foreach (var work in left)
        {
            work.Fail(reason);
        }
    }

    /// <summary>Shows what was there at the opening.</summary>
    private void Show()
    {
        foreach (var ((tenant, key, counts), frame, _) in _store.Ticks.Submissions())
        {
            _keys.Recall(new TickKey(tenant, key), TickWork.Receipt(frame, counts, [], isRepeat: false));
        }

        var pipeline = _state.Pipeline;
        pipeline.Enrich.Book = _book.Book;
        _standing.Start(pipeline.Counters, pipeline.Aggregate.WatermarkMicros);
        _feed.Start(_state.Journal.Last);
        for (var i = 0; i < pipeline.Instruments.Count; i++)
        {
            if (pipeline.Project.TryLatest(i, out var price))
            {
                _board.Put([price], pipeline);
            }
        }
    }

    private TickSettler NewSettler() => new(_store.Ticks, _state.Journal, Options) { Wrote = _metrics.Wrote };

    /// <summary>On the journal's thread: a frame is on disk. First it is shown, then acknowledged.</summary>
    private void OnCommitted(OpenFrame frame, double seconds)
    {
        _standing.Add(frame);
        _board.Put(frame.Output.Prices.Items, _state.Pipeline);
        _settler.Add(FrameContent.Of(frame));
        _feed.Publish(frame);
        _metrics.Committed(frame.Bytes.Length, seconds);
        foreach (var work in frame.Answers)
        {
            var receipt = work.ReceiptOf(frame.Number);
            if (work.Key is { } key)
            {
                _keys.Answered(key, receipt);
            }

            work.Succeed(receipt);
        }
    }

    private async ValueTask<Task<TickReceipt>> PutAsync(TickWork work, CancellationToken cancel)
    {
        await _queue.PutAsync(work, cancel);
        return work.Answer;
    }
}
