using System.Collections.Concurrent;
using Aurum.App.Running;
using Aurum.Cluster;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Registry;

namespace Aurum.App.Scenarios.Requests;

/// <summary>A member of the group of one topic of requests: takes messages in hand, gives up what cannot be read, and keeps the partitions
/// that it has. Goes on by itself whatever brokers, registry and store do.</summary>
internal sealed class RequestMember(RequestWorld world, RequestHall hall, RequestLetters letters, string topic, string group)
    : IPositionStore
{
    private const int BatchMessages = 20;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<KafkaPartition, LaneHold> _lanes = new();
    private readonly Random _chance = Chance.New();

    public IReadOnlyCollection<LaneHold> Lanes => [.. _lanes.Values];

    /// <summary>Takes messages until it is asked to stop.</summary>
    public Task Run(KafkaMetrics? metrics, CancellationToken cancel) => EndlessWork.Run(
        alive => Live(metrics, alive),
        error =>
        {
            // What was not taken in hand is read again.
            world.Figures.Restarted();
            world.Told($"scenarios: {topic}: {error.Message}; begins again");
        },
        world.Time,
        _chance,
        cancel);

    public IReadOnlyList<long?> Claim(IReadOnlyList<KafkaPartition> partitions)
    {
        var positions = new long?[partitions.Count];
        for (var i = 0; i < positions.Length; i++)
        {
            Drop(partitions[i]);
            var lane = world.Store.Requests.Claim(group, partitions[i].Topic, partitions[i].Number, world.Options.Holder, world.Now);
            _lanes[partitions[i]] = new LaneHold(lane);
            positions[i] = lane.Next;
        }

        return positions;
    }

    public void Release(IReadOnlyList<KafkaPartition> partitions, bool isLost)
    {
        foreach (var partition in partitions)
        {
            Drop(partition);
        }
    }

    /// <summary>What is computed now of a partition that goes is computed to its end: its new holder waits for that.</summary>
    private void Drop(KafkaPartition partition)
    {
        if (_lanes.TryRemove(partition, out var lane))
        {
            lane.End();
            hall.Drop(lane);
        }
    }

    private async Task Live(KafkaMetrics? metrics, CancellationToken cancel)
    {
        var subscription = new KafkaSubscription(group, [world.Kafka.TopicOf(topic)])
        {
            BatchMessages = BatchMessages,
            BatchMilliseconds = 20,
            WaitingBatches = 1,
            WithHeaders = true,
        };
        using var consumer = new KafkaConsumer(world.Kafka, subscription, this, world.Time, _chance, world.Told);
        using var watched = metrics?.Watch(consumer);
        while (true)
        {
            while (hall.WaitingOf(subscription.Topics[0]) >= world.Options.InHand)
            {
                await Task.Delay(BetweenLooks, world.Time, cancel);
            }

            using var batch = await consumer.Read(cancel);
            if (batch is null)
            {
                return;
            }

            var messages = new List<(LaneHold Lane, RequestMessage Message)>(batch.Count);
            for (var i = 0; i < batch.Count; i++)
            {
                if (_lanes.TryGetValue(batch[i].Partition, out var lane))
                {
                    messages.Add((lane, RequestMessage.Of(batch[i])));
                }
            }

            foreach (var (lane, message) in messages)
            {
                await Take(lane, message, cancel);
            }

            batch.Done();
        }
    }

    private async Task Take(LaneHold lane, RequestMessage message, CancellationToken cancel)
    {
        lock (lane.Gate)
        {
            if (lane.IsOver || !lane.Take(message.Offset))
            {
                return;
            }
        }

        world.Figures.Took();
        try
        {
            hall.Add(new HeldRequest(lane, message, await Read(message, cancel), world.Now), message.NotBefore);
        }
        catch (RequestRefusedException refused)
        {
            await GiveUp(lane, message, refused, cancel);
        }
    }

    /// <summary>A request that can never be worked on is in the topic of letters before its partition moves on.</summary>
    public async Task GiveUp(LaneHold lane, RequestMessage message, RequestRefusedException refused, CancellationToken cancel)
    {
        world.Told($"scenarios: {message.Name} is given up ({refused.Reason}): {refused.Message}");
        await letters.Send(message, refused.Reason, refused.Message, 0, cancel);
        world.Figures.GaveUp();
        await world.Stored(() => Pass(lane, message.Offset), cancel);
    }

    /// <summary>A message is done with that changes no run.</summary>
    public void Pass(LaneHold lane, long offset)
    {
        lock (lane.Gate)
        {
            if (lane.After(offset) is { } position)
            {
                world.Store.Requests.Pass(position, world.Now);
            }

            lane.Done(offset);
        }
    }

    /// <summary>Waits for a registry that is down, or that refuses us: the message is as good as before.</summary>
    private async Task<RunRequest> Read(RequestMessage message, CancellationToken cancel)
    {
        RunRequest? request = null;
        await EndlessWork.Until<RegistryException>(
            async () => request = await world.Events.Read(message, cancel),
            down => world.Told($"scenarios: {message.Name} waits for the registry: {down.Message}"),
            world.Time,
            cancel);
        return request!;
    }
}
