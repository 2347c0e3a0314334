using Aurum.App.Configuration;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Lanes;
using Aurum.App.Ticks.Served;
using Aurum.Cluster.Lineage;

namespace Aurum.App.Lineage;

/// <summary>Work on real-time prices, as lineage tells it: a run is a process, as an event a batch would be thousands a minute.</summary>
internal static class TickLineage
{
    /// <summary>Tables that the last stage writes.</summary>
    private static readonly string[] Tables = ["tick_rows", "bar_rows", "latest_price_rows", "curve_point_rows", "tick_letter_rows"];

    /// <summary>A worker that reads a topic.</summary>
    public static StreamWork OfWorker(AurumOptions options, TickWorkerOptions worker, Func<string, string> topicOf, WorkerFigures figures)
    {
        var servers = options.Kafka!.BootstrapServers;
        var input = LineageNames.Kafka(servers, topicOf(LaneStages.TopicOf(worker.Stage)));
        var output = LaneStages.OutputOf(worker.Stage);
        return new StreamWork(
            new LineageJob($"ticks.{worker.Stage}", "Takes real-time prices from Kafka.", "src/Aurum.App/Ticks/Lanes/TickWorker.cs")
            {
                IsStream = true,
            },
            [input],
            output is null ? Stored(options) : [LineageNames.Kafka(servers, topicOf(output))],
            () => new Dictionary<string, object>
            {
                ["messages"] = figures.Messages, ["ticks"] = figures.Ticks, ["bars"] = figures.Bars, ["letters"] = figures.Letters,
                ["frames"] = figures.Frames, ["restarts"] = figures.Restarts,
            });
    }

    /// <summary>Begins to tell of a server's work; null where nobody is told, and where it takes none in: workers tell of theirs.</summary>
    public static StreamLineage? Begin(JobLineage? lineage, Platform platform) => platform.TicksIfOpen is StoredTicks ? null
        : lineage?.Begin(platform.Holder, OfService(platform.Options, () => (platform.TicksIfOpen as TickService)?.Status));

    /// <summary>A server that takes them over HTTP.</summary>
    public static StreamWork OfService(AurumOptions options, Func<TickStatus?> status) => new(
        new LineageJob("ticks.http", "Takes real-time prices over HTTP.", "src/Aurum.App/Ticks/TickService.cs") { IsStream = true },
        [],
        Stored(options),
        () => status() is not { Counters: var counters } ? new Dictionary<string, object>() : new Dictionary<string, object>
        {
            ["messages"] = counters.Received, ["ticks"] = counters.Accepted + counters.LateAmended, ["duplicates"] = counters.Duplicate,
            ["letters"] = counters.DeadLettered,
        });

    private static List<LineageDataset> Stored(AurumOptions options) => [.. Tables.Select(LineagePlaces.Of(options).TableOf)];
}
