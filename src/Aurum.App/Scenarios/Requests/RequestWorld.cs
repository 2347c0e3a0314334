using Aurum.App.Running;
using Aurum.App.Scenarios.Running;
using Aurum.Cluster.Kafka;
using Aurum.Store;
using Aurum.Store.Engines;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Scenarios.Requests;

/// <summary>What a worker has of the world.</summary>
/// <param name="Options">Checked options.</param>
/// <param name="Kafka">Names of topics and groups.</param>
/// <param name="Store">Where runs, outputs and positions go.</param>
/// <param name="Events">Reads requests.</param>
/// <param name="Compute">Computes a run.</param>
/// <param name="Metrics">Is told what becomes of runs.</param>
/// <param name="Time">Clock.</param>
/// <param name="Told">Is told what people should know.</param>
internal sealed record RequestWorld(
    RequestWorkerOptions Options, KafkaOptions Kafka, AurumStore Store, RequestEvents Events, RunComputation Compute,
    AurumMetrics Metrics, TimeProvider Time, Action<string> Told)
{
    /// <summary>What was done so far.</summary>
    public RequestFigures Figures { get; } = new();

    /// <summary>Is told of runs that have ended: how, and why they failed.</summary>
    public Action<RunRecord, RunState, string?> Ended { get; init; } = static (_, _, _) => { };

    public Instant Now => Instant.FromDateTimeOffset(Time.GetUtcNow());

    /// <summary>Stores something, as often as it takes where the database is away.</summary>
    public Task Stored(Action store, CancellationToken cancel) => EndlessWork.Until<EngineException>(
        () =>
        {
            store();
            return Task.CompletedTask;
        },
        away => Told($"scenarios: not stored, tried again: {away.Message}"),
        Time,
        cancel);
}
