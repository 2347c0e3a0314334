using Aurum.Cluster.Kafka;
using Aurum.Store.Ticks;
using Aurum.Store.Work;
using Aurum.Ticks.Enrich;
using NodaTime;

namespace Aurum.App.Ticks.Lanes;

/// <summary>What the lanes of a worker have of the world.</summary>
/// <param name="Options">Checked options.</param>
/// <param name="Kafka">Names of topics and groups.</param>
/// <param name="Store">Where rows and positions go.</param>
/// <param name="Book">What is known of instruments.</param>
/// <param name="Time">Clock.</param>
/// <param name="Told">Is told what people should know.</param>
internal sealed record LaneWorld(
    TickWorkerOptions Options, KafkaOptions Kafka, TickLanes Store, InstrumentBook Book, TimeProvider Time, Action<string> Told)
{
    /// <summary>What the processes share that have the store open; null: there are no others.</summary>
    public SharedWork? Work { get; init; }

    public string Group => Kafka.GroupOf(Options.Group ?? $"aurum-ticks-{Options.Stage}");

    public Instant Now => Instant.FromDateTimeOffset(Time.GetUtcNow());

    public long NowMicros => Now.ToUnixTimeTicks() / 10;
}
