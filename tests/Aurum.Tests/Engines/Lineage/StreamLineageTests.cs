using Aurum.App.Configuration;
using Aurum.App.Lineage;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Lineage;
using Aurum.Tests.Ingest;
using NodaTime;

namespace Aurum.Tests.Engines.Lineage;

public sealed class StreamLineageTests
{
    private static readonly AurumOptions Options = new()
    {
        Lineage = new LineageOptions { File = "lineage.ndjson" },
        Kafka = new KafkaOptions { BootstrapServers = "broker:9092", Environment = "test" },
    };

    private readonly HandClock _time = new(Instant.FromUtc(2025, 11, 2, 12, 0));
    private readonly List<LineageEvent> _events = [];

    [Fact]
    public async Task A_worker_is_one_run_that_tells_every_hour_what_it_has_done()
    {
        var figures = new WorkerFigures();
        var work = TickLineage.OfWorker(Options, new TickWorkerOptions(LaneStages.Aggregate), Options.Kafka!.TopicOf, figures);
        await using (var told = new StreamLineage("aurum", "host:1", work, _time, Add))
        {
            figures.Took(7);
            await Passed(TimeSpan.FromHours(1), 2);
            await Passed(TimeSpan.FromMinutes(59), 2);
        }

        Assert.Equal([LineageState.Start, LineageState.Running, LineageState.Complete], _events.Select(static e => e.State));
        Assert.Single(_events.Select(static e => e.RunId).Distinct());
        Assert.True(_events[0].Job.IsStream);
        Assert.Equal(7L, _events[1].Metadata["messages"]);
        Assert.Equal("kafka://broker:9092", Assert.Single(_events[0].Inputs).Namespace);
        Assert.EndsWith("-test", Assert.Single(_events[0].Outputs).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_ended_by_an_error_fails_with_it_and_its_tables_are_those_of_the_store()
    {
        var work = TickLineage.OfService(Options, static () => null);
        await using (var told = new StreamLineage("aurum", "host:1", work, _time, Add))
        {
            told.Failed("no room on the disk");
        }

        Assert.Equal((LineageState.Fail, "no room on the disk"), (_events[^1].State, _events[^1].Error));
        Assert.Contains(_events[^1].Outputs, static o => o is { Namespace: "aurum", Name: "store.bar_rows" });
    }

    private void Add(LineageEvent lineage)
    {
        lock (_events)
        {
            _events.Add(lineage);
        }
    }

    private int Count()
    {
        lock (_events)
        {
            return _events.Count;
        }
    }

    /// <summary>Lets time pass, and waits until so many events are told.</summary>
    private async Task Passed(TimeSpan time, int count)
    {
        _time.AdvanceTo(_time.Now + Duration.FromTimeSpan(time));
        while (Count() < count)
        {
            await Task.Yield();
        }
    }
}
