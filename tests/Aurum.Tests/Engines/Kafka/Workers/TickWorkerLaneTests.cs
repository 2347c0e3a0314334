using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Store;
using Aurum.Tests.Store;
using Aurum.Tests.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;
using Confluent.Kafka;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>Messages that no source and no stage should have sent: they stop no lane, and least of all others.</summary>
public sealed class TickWorkerLaneTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.InMemory();
    private readonly List<string> _told = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_message_whose_stamp_is_no_time_does_not_stop_its_lane()
    {
        using var brokers = WorkerBrokers.InProcess();
        using var store = DuckDbStores.Open(_folder.Path);
        var config = new ProducerConfig { BootstrapServers = brokers.Options.BootstrapServers };
        using (var foreign = new ProducerBuilder<Null, byte[]>(config).Build())
        {
            var message = new Message<Null, byte[]>
            {
                Value = TickMessages.Lines([TickMessages.B()]),
                Timestamp = new Timestamp(10_000_000_000_000_000, TimestampType.CreateTime),
            };
            await foreign.ProduceAsync(
                new TopicPartition(brokers.Options.TopicOf(TickTopics.Raw), 0), message, KafkaWorld.Limit());
        }

        await using var member = new WorkerMember(store, brokers.Options, "only", told: Tell);

        await KafkaWait.Until(() => store.Ticks.Progress.Counters.Received == 1);
        Assert.Equal(0, member.Worker.Figures.Restarts);
    }

    [Fact]
    public async Task A_message_among_frames_that_is_none_is_left_and_told_and_the_frames_are_taken()
    {
        using var brokers = WorkerBrokers.InProcess();
        using var store = DuckDbStores.Open(_folder.Path);
        var frames = Frames(3);
        await brokers.Send(TickTopics.Normalized, 0, frames[0], ("x"u8.ToArray(), frames[1].Headers));
        await brokers.Send(
            TickTopics.Normalized, 0,
            (frames[1].Value, new KafkaHeaders().With(TickTopics.SourceOffset, "one").With(TickTopics.SourceBefore, 0)),
            (frames[1].Value, new KafkaHeaders().With(TickTopics.SourceOffset, 1)),
            frames[1], frames[2]);
        await brokers.Send(TickTopics.Normalized, 1, frames);

        await using var member = new WorkerMember(store, brokers.Options, "only", told: Tell, stage: LaneStages.Enrich);

        await KafkaWait.Until(() => NextOf(store, 0) == 6 && NextOf(store, 1) == 3);
        Assert.Equal(
            Enumerable.Range(1, 3).Select(n => $"{brokers.Options.TopicOf(TickTopics.Normalized)}[0]@{n}: expected a frame of a stage, "
                + "found another message: left"),
            Told("left"));
        Assert.Equal((0, 6), (member.Worker.Figures.Restarts, member.Worker.Figures.Frames));
    }

    [Fact]
    public async Task A_frame_that_cannot_be_read_holds_its_lane_alone_until_one_that_can_takes_it_over()
    {
        using var brokers = WorkerBrokers.InProcess();
        using var store = DuckDbStores.Open(_folder.Path);
        var frames = Frames(3);
        byte[] damaged = [.. frames[1].Value];
        damaged[^1] ^= 1;
        await brokers.Send(TickTopics.Normalized, 0, frames[0], (damaged, frames[1].Headers), frames[2]);
        await brokers.Send(TickTopics.Normalized, 1, frames[0]);
        await using var member = new WorkerMember(store, brokers.Options, "only", told: Tell, stage: LaneStages.Enrich);
        await KafkaWait.Until(() => NextOf(store, 0) == 1 && NextOf(store, 1) == 1 && Told("this lane waits").Count > 0);

        await brokers.Send(TickTopics.Normalized, 0, frames[2]);
        await brokers.Send(TickTopics.Normalized, 1, frames[1], frames[2]);

        await KafkaWait.Until(() => NextOf(store, 1) == 3);
        Assert.Equal(1, NextOf(store, 0));
        Assert.Equal(
            $"{brokers.Options.TopicOf(TickTopics.Normalized)}[0]@1: frame: expected the bytes of its checksum, found others: this lane "
            + "waits, for what follows needs it; others go on",
            Assert.Single(Told("this lane waits")));
        Assert.Equal(0, Assert.Single(member.Worker.Lanes, static l => l.IsHeld).Id.Number);
        Assert.Contains("; lanes held: 1", new WorkerStatus(member.Worker, "enrich", TimeProvider.System).Line(), StringComparison.Ordinal);
        Assert.Equal(0, member.Worker.Figures.Restarts);
    }

    /// <summary>What the first stage makes of single messages, with the headers that name them.</summary>
    private static (byte[] Value, KafkaHeaders Headers)[] Frames(int count)
    {
        using var stage = new NormalizeLane(new TickPipelineOptions(), [], TimeProvider.System);
        using var output = new LaneOutput();
        for (var i = 0; i < count; i++)
        {
            var message = new LaneMessage
            {
                Name = $"raw[0]@{i}", Source = i, SourceBefore = -1, Form = new TickStreamOptions(TickFormat.JsonLines),
                Value = TickMessages.Lines([TickMessages.B($"event {i}", TickMessages.Occurred + i)]), Trace = "",
            };
            stage.OnMessage(in message, output);
        }

        return
        [
            .. output.Frames.Select(static f => (f.Value,
                new KafkaHeaders().With(TickTopics.SourceOffset, f.Source).With(TickTopics.SourceBefore, f.SourceBefore))),
        ];
    }

    private static long? NextOf(AurumStore store, int lane) => store.TickLanes.All().FirstOrDefault(l => l.Id.Number == lane)?.Next;

    private List<string> Told(string part)
    {
        lock (_told)
        {
            return [.. _told.Where(line => line.Contains(part, StringComparison.Ordinal))];
        }
    }

    private void Tell(string line)
    {
        lock (_told)
        {
            _told.Add(line);
        }
    }
}
