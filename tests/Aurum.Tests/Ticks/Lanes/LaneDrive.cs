using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Store;
using Aurum.Store.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Normalize;
using Confluent.Kafka;

namespace Aurum.Tests.Ticks.Lanes;

/// <summary>Topics in memory and a stage that reads them lane by lane as a worker does, with holders that die at any point and others that
/// do not know that they have lost their lane.</summary>
internal sealed class LaneDrive(AurumStore store, string stage, int seed)
{
    private const int LaneCount = 3;
    private readonly Random _chance = new(seed);

    public const int Lanes = LaneCount;

    /// <summary>What the stage gave for the stage behind.</summary>
    public List<(byte[] Value, Headers Headers)>[] Output { get; } = New();

    /// <summary>Holders that were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Messages in blocks of 1 to 60, to lanes by their instruments.</summary>
    public static List<(byte[] Value, Headers Headers)>[] Blocks(byte[] messages, int seed, TickFormat format = TickFormat.JsonLines)
    {
        var chance = new Random(seed);
        var topic = New();
        var form = new TickStreamOptions(format);
        var router = new TickRouter(form, Lanes, new NormalizeOptions());
        for (var used = 0; used < messages.Length;)
        {
            used += router.Take(messages.AsSpan(used), isEnd: true, out var lane);
            if (lane >= 0 && router.CountOf(lane) >= chance.Next(1, 60))
            {
                Flush(lane);
            }
        }

        for (var lane = 0; lane < Lanes; lane++)
        {
            Flush(lane);
        }

        return topic;

        void Flush(int lane)
        {
            if (router.CountOf(lane) > 0)
            {
                topic[lane].Add((
                    router.BytesOf(lane).ToArray(), new KafkaHeaders().With(KafkaHeaders.ContentType, TickTopics.TypeOf(format)).Inner));
                router.Clear(lane);
            }
        }
    }

    /// <summary>Takes all messages of all lanes.</summary>
    /// <param name="input">By lane.</param>
    /// <param name="deaths">Share of batches behind which the holder dies or is taken for dead.</param>
    public void Run(List<(byte[] Value, Headers Headers)>[] input, double deaths)
    {
        for (var number = 0; number < Lanes; number++)
        {
            TickLane? zombie = null;
            var lane = Open(number);
            var at = (int)(lane.Position ?? 0);
            while (at < input[number].Count)
            {
                var end = Math.Min(input[number].Count, at + _chance.Next(1, 12));
                for (; at < end; at++)
                {
                    Feed(lane, number, at, input[number][at]);
                }

                Send(lane, number);
                if (_chance.NextDouble() >= deaths)
                {
                    lane.Commit();
                    Trouble(ref zombie);
                    continue;
                }

                zombie?.Dispose();
                zombie = lane;
                lane = Open(number);
                at = (int)(lane.Position ?? 0);
            }

            Trouble(ref zombie);
            lane.Leave();
            lane.Dispose();
        }
    }

    private static List<(byte[] Value, Headers Headers)>[] New() =>
        [.. Enumerable.Range(0, LaneCount).Select(static _ => new List<(byte[] Value, Headers Headers)>())];

    /// <summary>A holder that has lost its lane sends and commits what it has.</summary>
    private void Trouble(ref TickLane? zombie)
    {
        if (zombie is null)
        {
            return;
        }

        Send(zombie, zombie.Id.Number);
        if (Record.Exception(zombie.Commit) is { } refusal)
        {
            // One that had only read again what is stored has nothing to commit.
            Assert.IsType<LaneLostException>(refusal);
            Refused++;
        }

        zombie.Dispose();
        zombie = null;
    }

    private TickLane Open(int number)
    {
        var world = new LaneWorld(
            new TickWorkerOptions(stage)
            {
                StateSeconds = _chance.Next(2) * 3_600,
                Pipeline = new TickPipelineOptions { Normalize = new NormalizeOptions { DuplicateMessages = 4_096 } },
            },
            new KafkaOptions(),
            store.TickLanes,
            InstrumentBook.Empty,
            TimeProvider.System,
            static _ => { });
        return TickLane.Open(world, new LaneId(world.Group, LaneStages.TopicOf(stage), number));
    }

    private static void Feed(TickLane lane, int number, int offset, (byte[] Value, Headers Headers) message) => lane.OnMessage(
        new IncomingMessage(
            new KafkaPartition("topic", number), offset, 0, default, message.Value, hasKey: false, isTombstone: false, message.Headers));

    private void Send(TickLane lane, int number)
    {
        foreach (var frame in lane.Output.Frames)
        {
            Output[number].Add((
                frame.Value,
                new KafkaHeaders().With(TickTopics.SourceOffset, frame.Source).With(TickTopics.SourceBefore, frame.SourceBefore).Inner));
        }
    }
}
