using Aurum.App.Configuration;
using Aurum.App.Running;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Reading;
using Aurum.Store.Sinks;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.App.Sinks;

/// <summary>Hands the store's deliveries over to one sink, in the order of their numbers, and notes in the store how far it is. A failure
/// is tried again, with growing waits; what was taken without being noted comes again.</summary>
internal sealed class SinkRunner(
    IDeliverySink sink, AurumStore store, SinkSettings settings, TimeProvider time, Random jitter, Action<string> tell,
    string holder = "aurum", Duration? leaseLength = null)
{
    /// <summary>Entries of the outbox that are read together.</summary>
    private const int Page = 1_000;

    private readonly Lock _standing = new();

    /// <summary>What was noted in the store when this runner last looked, or noted itself.</summary>
    private long _noted;

    /// <summary>How far it is, beyond the note too: deliveries that do not concern the sink are passed over without one.</summary>
    private long _passed;
    private long _deliveries;
    private int _failures;
    private bool _isRefused;
    private string? _lastError;

    public string Name => sink.Name;

    public IDeliverySink Sink => sink;

    /// <summary>Deliveries that the sink took from this runner.</summary>
    public long Deliveries => Interlocked.Read(ref _deliveries);

    /// <summary>Where it stands.</summary>
    public SinkStanding Standing() => Standing(store.Sinks.Cursor(sink.Name));

    /// <summary>Where it stands.</summary>
    /// <param name="cursor">The last delivery that it is noted to have taken.</param>
    public SinkStanding Standing(long cursor)
    {
        lock (_standing)
        {
            var lag = store.Sinks.Lag(After(cursor));
            var state = _isRefused ? SinkStanding.Refused : _failures > 0 ? SinkStanding.Retrying : SinkStanding.Following;
            return new SinkStanding(sink.Name, state, cursor, lag.Deliveries, lag.Since, _failures, _lastError);
        }
    }

    /// <summary>Follows until it is cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var news = store.Bell.Next;
                if (await Attempt(cancel) is { } wait)
                {
                    await Task.Delay(wait, time, cancel);
                }
                else
                {
                    await Wait(news, cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped as asked: what was not taken comes after the next start.
        }
        catch (Exception error) when (cancel.IsCancellationRequested)
        {
            // The same: whoever waits for the end has commits of others to wait for.
            tell($"sink {sink.Name}: {error.Message}; what is not noted comes after the next start");
        }
    }

    /// <summary>Hands over all that there is by now.</summary>
    /// <returns>Deliveries that the sink took.</returns>
    /// <exception cref="SinkException">The other side did not take it.</exception>
    public async Task<long> CatchUp(CancellationToken cancel)
    {
        var taken = 0L;
        while (await Step(cancel) is { } step)
        {
            taken += step;
        }

        return taken;
    }

    /// <summary>Waits for the next delivery to be told of, or for the next look.</summary>
    private async Task Wait(Task news, CancellationToken cancel)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(news, Task.Delay(TimeSpan.FromSeconds(settings.PollSeconds), time, done.Token));
        await done.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Hands over all that there is. Returns how long to wait after a failure; null where there was none.</summary>
    private async Task<TimeSpan?> Attempt(CancellationToken cancel)
    {
        try
        {
            await CatchUp(cancel);
            if (Succeeded() is var failed and > 0)
            {
                tell($"sink {sink.Name}: works again after {failed:N0} failed tries");
            }

            return null;
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            var (wait, isFirst) = Failed(error);
            if (isFirst)
            {
                tell($"sink {sink.Name}: {error.Message}; the next try is in {wait.TotalSeconds:0.#} seconds, nothing is lost meanwhile");
            }

            return wait;
        }
    }

    private int Succeeded()
    {
        lock (_standing)
        {
            var failed = _failures;
            (_failures, _isRefused, _lastError) = (0, false, null);
            return failed;
        }
    }

    private (TimeSpan Wait, bool IsFirst) Failed(Exception error)
    {
        lock (_standing)
        {
            _failures++;
            _isRefused = error is SinkException { MayRetry: false };
            var isFirst = _lastError != error.Message;
            _lastError = error.Message;
            var longest = settings.LongestRetrySeconds;
            var seconds = _isRefused ? longest : Math.Min(longest, settings.FirstRetrySeconds * Math.Pow(2, Math.Min(_failures - 1, 30)));

            // Between half of it and all of it, so that several processes do not come at once.
            return (TimeSpan.FromSeconds(seconds * (0.5 + (jitter.NextDouble() / 2))), isFirst);
        }
    }

    /// <summary>Hands over one batch. Returns its deliveries; null where there is nothing more, or where another process hands
    /// over.</summary>
    private async Task<long?> Step(CancellationToken cancel)
    {
        if (store.Work is not { } shared)
        {
            return await Next(cancel);
        }

        await using var turn = LeaseKeeper.Take(
            shared, holder, [(new FeedId($"sink/{sink.Name}"), SharedWork.NoDay)], 1, leaseLength ?? LeaseKeeper.UsualLength, time);
        if (turn.All is not [var lease])
        {
            return null;
        }

        var lost = turn.Lost(lease);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lost);
        try
        {
            return await Next(either.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new LeaseLostException($"the right to hand over to {sink.Name} was lost; whoever has it goes on from what is noted");
        }
    }

    private async Task<long?> Next(CancellationToken cancel)
    {
        var noted = store.Sinks.Cursor(sink.Name);
        var after = Begin(noted);
        var page = store.Read.Outbox(new RecordQuery { AfterId = after, Limit = Page });
        if (page.Count == 0)
        {
            return null;
        }

        var (batch, through) = BatchOf(page);
        if (batch.Count > 0)
        {
            await sink.Deliver(batch, cancel);
            Interlocked.Add(ref _deliveries, batch.Count);
        }

        // Another process may have gone on meanwhile: its note stands.
        cancel.ThrowIfCancellationRequested();

        // What does not concern the sink is noted from time to time only: each note is a commit.
        var isNoted = batch.Count > 0 || through - noted >= Page;
        if (isNoted && !store.Sinks.TryMove(sink.Name, noted, through, Instant.FromDateTimeOffset(time.GetUtcNow())))
        {
            // It was sent back meanwhile, or another process went on: the next look goes by the note.
            return batch.Count;
        }

        lock (_standing)
        {
            (_noted, _passed) = (isNoted ? through : noted, through);
        }

        return batch.Count;
    }

    /// <summary>Takes over what is noted in the store. Returns the delivery to go on after.</summary>
    private long Begin(long noted)
    {
        lock (_standing)
        {
            (_passed, _noted) = (After(noted), noted);
            return _passed;
        }
    }

    /// <summary>The delivery to go on after, by the note: one that is lower than before means that the sink was sent back.</summary>
    private long After(long noted) => noted < _noted ? noted : Math.Max(noted, _passed);

    private (List<SinkDelivery> Batch, long Through) BatchOf(IReadOnlyList<OutboxEntry> page)
    {
        var batch = new List<SinkDelivery>();
        var (rows, through) = (0L, page[^1].Id);
        foreach (var entry in page)
        {
            if (!sink.Follows(entry.Table))
            {
                continue;
            }

            rows += entry.New + entry.Changed;
            if (batch.Count > 0 && (batch.Count == settings.BatchDeliveries || rows > settings.BatchRows))
            {
                through = batch[^1].Entry.Id;
                break;
            }

            batch.Add(new SinkDelivery(entry, store.Read));
        }

        return (batch, through);
    }
}
