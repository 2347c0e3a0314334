using System.Globalization;
using NodaTime;

namespace Aurum.Cluster.Kafka;

/// <summary>Reads what lies in a topic now, such as letters that are sent again: of each partition up to the first message that was written
/// since it began, for what is sent again may come back. It ends there, or when nothing older has come for five seconds.</summary>
/// <param name="consumer">Reads the topic, from where its group stands.</param>
/// <param name="time">Clock of the waits.</param>
public sealed class StandingMessages(KafkaConsumer consumer, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestJoin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly Instant _began = Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Hands batches over, each with the places of the messages that were there before. The group moves on behind those that were
    /// taken, and no further.</summary>
    /// <exception cref="BrokerException">The group has given no partition: nothing was read.</exception>
    public async Task Read(Func<KafkaBatch, IReadOnlyList<int>, CancellationToken, Task> take, CancellationToken cancel)
    {
        await Join(cancel);
        var over = new HashSet<KafkaPartition>();
        var since = time.GetTimestamp();
        while ((over.Count == 0 || over.Count < consumer.Standing.Partitions) && await Next(since, cancel) is { } batch)
        {
            using (batch)
            {
                var standing = Standing(batch, over);
                if (standing.Count > 0)
                {
                    await take(batch, standing, cancel);
                    since = time.GetTimestamp();
                }

                batch.DoneWith(standing);
            }
        }
    }

    private List<int> Standing(KafkaBatch batch, HashSet<KafkaPartition> over)
    {
        var standing = new List<int>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            var message = batch[i];
            if (message.At >= _began)
            {
                over.Add(message.Partition);
            }
            else if (!over.Contains(message.Partition))
            {
                standing.Add(i);
            }
        }

        return standing;
    }

    /// <summary>A member that was killed keeps its partitions until its session is over: there is something to wait for.</summary>
    private async Task Join(CancellationToken cancel)
    {
        for (var since = time.GetTimestamp(); consumer.Standing is { Partitions: 0 } standing;)
        {
            if (time.GetElapsedTime(since) > LongestJoin)
            {
                var (group, topics) = (consumer.Subscription.Group, string.Join(", ", consumer.Subscription.Topics));
                throw new BrokerException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"group {group} got no partition of {topics} within {LongestJoin.TotalSeconds:N0} s: ")
                    + (standing.Trouble ?? "another member has them; wait until it ends, or see that the topic is there"),
                    isRetryable: true);
            }

            await Task.Delay(BetweenLooks, time, cancel);
        }
    }

    private async Task<KafkaBatch?> Next(long since, CancellationToken cancel)
    {
        var left = Quiet - time.GetElapsedTime(since);
        using var quiet = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancel);
        try
        {
            return await consumer.Read(either.Token);
        }
        catch (OperationCanceledException) when (quiet.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
