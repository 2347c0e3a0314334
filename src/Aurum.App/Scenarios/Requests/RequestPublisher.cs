using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Aurum.Cluster;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Registry;
using Aurum.Store;
using Aurum.Store.Engines;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Scenarios.Requests;

/// <summary>Tells what the store has written down to be told of runs: requests, further attempts, outputs, ends. At least once: what it
/// sent and could not take off the list comes again, with the same headers. What another process wrote down and did not tell in time is
/// told by whoever looks first.</summary>
/// <param name="store">Store.</param>
/// <param name="kafka">Checked options.</param>
/// <param name="registry">Numbers the schemas.</param>
/// <param name="holder">Who this is.</param>
/// <param name="time">Clock of waits.</param>
/// <param name="told">Is told of what could not be sent.</param>
internal sealed class RequestPublisher(
    AurumStore store, KafkaOptions kafka, RegistryOptions registry, string holder, TimeProvider time, Action<string> told) : IDisposable
{
    /// <summary>How long others have to tell what they wrote down.</summary>
    public static readonly Duration Patience = Duration.FromSeconds(5);

    private const int Most = 200;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly RequestEvents _events = new(registry, Chance.New(), time);
    private readonly KafkaProducer _producer = new(kafka, time, told);
    private readonly SemaphoreSlim _wake = new(0);

    public KafkaProducer Producer => _producer;

    /// <summary>There is something to tell.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    /// <summary>Tells until it is asked to stop; then what is left, once.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var wait = BetweenLooks;
        while (!cancel.IsCancellationRequested)
        {
            wait = WaitAfter(await TryTell(cancel), wait);
            await Pause(wait, cancel);
        }

        using var last = new CancellationTokenSource(TimeSpan.FromSeconds(kafka.RequestSeconds), time);
        await TryTell(last.Token);
    }

    public void Dispose()
    {
        _events.Dispose();
        _producer.Dispose();
        _wake.Dispose();
    }

    /// <summary>How long to wait for the next look.</summary>
    /// <param name="told">How much was told; null where it could not be.</param>
    /// <param name="before">The wait before.</param>
    internal static TimeSpan WaitAfter(int? told, TimeSpan before) => told switch
    {
        null => TimeSpan.FromTicks(Math.Clamp(before.Ticks * 2, BetweenLooks.Ticks, LongestWait.Ticks)),
        Most => TimeSpan.Zero,
        _ => BetweenLooks,
    };

    /// <returns>How much was told; null where it could not be.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "a runner goes on, whatever is to be told")]
    private async Task<int?> TryTell(CancellationToken cancel)
    {
        try
        {
            var notices = store.Requests.News(holder, Instant.FromDateTimeOffset(time.GetUtcNow()) - Patience, Most);
            if (notices.Count > 0)
            {
                await _events.Prepare(cancel);
                await Tell(notices, cancel);
            }

            return notices.Count;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            told($"scenarios: what became of runs is not told yet, and is tried again: {e.Message}");
            return null;
        }
    }

    /// <summary>Each is waited for by itself: one that brokers refuse, or that is no event of its contract, does not keep the
    /// others.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "it is thrown when the others are told")]
    private async Task Tell(IReadOnlyList<RunNotice> notices, CancellationToken cancel)
    {
        var sent = new List<(RunNotice Notice, SendBatch Sends)>(notices.Count);
        Exception? failure = null;
        foreach (var notice in notices)
        {
            try
            {
                var sends = _producer.Begin();
                _events.Send(sends, notice, store, kafka, cancel);
                sent.Add((notice, sends));
            }
            catch (Exception e) when (e is not (OperationCanceledException or EngineException))
            {
                failure = e is BrokerException ? e : new InvalidOperationException($"{notice.News} of run {notice.RunId}: {e.Message}", e);
            }
        }

        var done = new List<RunNotice>(sent.Count);
        foreach (var (notice, sends) in sent)
        {
            try
            {
                await sends.Complete(TimeSpan.FromSeconds(kafka.DeliverySeconds + kafka.RequestSeconds), cancel);
                done.Add(notice);
            }
            catch (BrokerException e)
            {
                failure = e;
            }
        }

        store.Requests.Told(done);
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private async Task Pause(TimeSpan wait, CancellationToken cancel)
    {
        try
        {
            using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            using var timer = new CancellationTokenSource(wait, time);
            using var registration = timer.Token.Register(wake.Cancel);
            await _wake.WaitAsync(wake.Token);
        }
        catch (OperationCanceledException)
        {
            // It is time to look, or to stop: the caller sees which.
        }
    }
}
