using System.Diagnostics.Metrics;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Tests.Store;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>What metrics tell of a worker that begins again and again.</summary>
public sealed class WorkerMetricsTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_worker_that_begins_again_is_told_of_once_and_its_counters_do_not_fall()
    {
        using var brokers = WorkerBrokers.InProcess();
        using var store = DuckDbStores.Open(_folder.Path);
        using var metrics = new KafkaMetrics();
        await brokers.Send(TickTopics.Normalized, 0, ("x"u8.ToArray(), new KafkaHeaders()));

        await using var member = new WorkerMember(
            store, brokers.Options, "only", told: Fail, stage: LaneStages.Enrich, metrics: metrics);

        await KafkaWait.Until(() => member.Worker.Figures.Restarts >= 3);
        var group = brokers.Options.GroupOf("aurum-ticks-enrich");
        Assert.True(Assert.Single(Measured("aurum.kafka.consumed", group)) >= 3);
        Assert.True(Assert.Single(Measured("aurum.kafka.rebalances", group)) >= 3);
        Assert.InRange(Measured("aurum.kafka.partitions", group).Count, 0, 1);

        static void Fail(string line)
        {
            if (line.EndsWith("left", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("made up");
            }
        }
    }

    private static List<long> Measured(string name, string group)
    {
        var found = new List<long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag is { Key: "group", Value: string text } && text == group)
                {
                    found.Add(value);
                }
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }
}
