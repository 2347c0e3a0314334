using System.Collections.Concurrent;
using Aurum.App.Running;
using Aurum.App.Scenarios.Requests;
using Aurum.App.Scenarios.Running;
using Aurum.Store;
using Aurum.Store.Models;

namespace Aurum.Tests.Scenarios.Requests;

/// <summary>A worker that runs until it is disposed of.</summary>
internal sealed class RequestRunner : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly AurumMetrics _metrics = new();
    private readonly RequestPublisher _publisher;
    private readonly RequestEvents _events;
    private readonly Task _running;

    public RequestRunner(RequestRig rig, AurumStore store, RunComputation compute, RequestWorkerOptions options)
    {
        _publisher = new RequestPublisher(store, rig.Kafka, rig.Registry, options.Holder, TimeProvider.System, Note);
        _events = new RequestEvents(rig.Registry, new Random(1), TimeProvider.System);
        Worker = new RequestWorker(
            new RequestWorld(options, rig.Kafka, store, _events, compute, _metrics, TimeProvider.System, Note)
            {
                Ended = (run, _, _) => Told.Enqueue(run),
            },
            _publisher);
        _running = Task.Run(() => Worker.Run(null, _stop.Token));
    }

    public RequestWorker Worker { get; }

    /// <summary>Runs whose end was told.</summary>
    public ConcurrentQueue<RunRecord> Told { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        Worker.Dispose();
        _events.Dispose();
        _publisher.Dispose();
        _metrics.Dispose();
        _stop.Dispose();
    }

    private static void Note(string text) => Console.Error.WriteLine(text);
}
