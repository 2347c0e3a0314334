using Aurum.App.Running;
using Aurum.Store;

namespace Aurum.App.Ticks;

/// <summary>The tick plane of a data directory: submissions go through the pipeline into the journal, and are acknowledged when they are
/// on disk; then come latest prices and events, and within a second the tables.</summary>
/// <remarks>Safe from several threads. Threads of its own: one runs the pipeline, one writes the journal, one writes the tables.</remarks>
internal sealed class TickService : IAsyncDisposable, IDisposable
{
    private readonly AurumStore _store;

    private TickService(AurumStore store, TickServiceOptions options, TimeProvider time, AurumMetrics metrics)
    {
        _store = store;
        Options = options;
        Time = time;
        Metrics = metrics;
    }

    public TickServiceOptions Options { get; }

    private TimeProvider Time { get; }

    private AurumMetrics Metrics { get; }

    /// <summary>How it is now.</summary>
    public TickStatus Status => throw new NotSupportedException(_store.Options.DataDirectory);

    /// <summary>Opens the tick plane of a store: loads its last state, reads the journal behind it, and brings the tables up to
    /// date.</summary>
    public static TickService Open(AurumStore store, TickServiceOptions options, TimeProvider time, AurumMetrics metrics) =>
        new(store, options, time, metrics);

    /// <summary>Takes messages in. Waits while the queue is full; completes when they are on disk.</summary>
    /// <param name="submission">The messages.</param>
    /// <param name="cancel">Ends the waiting; what is in the queue by then is taken in all the same.</param>
    /// <exception cref="TickServiceException">They were not taken in; nothing of them is acknowledged.</exception>
    public ValueTask<TickReceipt> SubmitAsync(TickSubmission submission, CancellationToken cancel) =>
        throw new NotSupportedException(submission.Stream);

    /// <summary>Waits until all that is acknowledged is in the tables.</summary>
    /// <exception cref="TickServiceException">It cannot be written.</exception>
    public Task SettleAsync(CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>The input of all streams has ended: bars of open windows come out as partial.</summary>
    public Task CompleteAsync(CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Bytes of a named stream that are taken in; 0 where it is not known. It goes on there.</summary>
    public long CheckpointOf(string stream) => throw new NotSupportedException(stream);

    /// <summary>The latest price of an instrument by its name.</summary>
    /// <returns>False where it has none.</returns>
    public bool TryLatest(string tenant, string instrument, out LatestPriceView price) => throw new NotSupportedException(tenant + instrument);

    /// <summary>The latest prices of a tenant's instruments, by name.</summary>
    public IReadOnlyList<LatestPriceView> LatestOf(string tenant) => throw new NotSupportedException(tenant);

    /// <summary>Follows what is committed.</summary>
    /// <param name="filter">What to follow.</param>
    /// <param name="after">The last event that was seen; null: from now on.</param>
    /// <exception cref="TickServiceException">Too many follow already.</exception>
    public TickSubscription Subscribe(TickFilter filter, TickToken? after) => throw new NotSupportedException($"{filter}{after}");

    /// <summary>Takes nothing more in, writes all that was taken in to the tables, and the state for the next opening.</summary>
    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => new(Task.Run(Dispose));
}
