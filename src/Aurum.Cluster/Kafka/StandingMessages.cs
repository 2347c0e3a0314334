using NodaTime;

namespace Aurum.Cluster.Kafka;

/// <summary>Reads what lies in a topic now, such as letters that are sent again: until none has come for five seconds, or with the first
/// message that was written since it began, for what is sent again may come back.</summary>
/// <param name="consumer">Reads the topic, from where its group stands.</param>
/// <param name="time">Clock of the waits.</param>
public sealed class StandingMessages(KafkaConsumer consumer, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly Instant _began = Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Hands batches over, each with the places of the messages that were there before; the group moves on behind a batch that was
    /// taken whole.</summary>
    public async Task Read(Func<KafkaBatch, IReadOnlyList<int>, CancellationToken, Task> take, CancellationToken cancel)
    {
        var isNew = false;
        while (!isNew && await Next(cancel) is { } batch)
        {
            using (batch)
            {
                var standing = new List<int>(batch.Count);
                for (var i = 0; i < batch.Count; i++)
                {
                    if (batch[i].At >= _began)
                    {
                        isNew = true;
                    }
                    else
                    {
                        standing.Add(i);
                    }
                }

                await take(batch, standing, cancel);
                if (!isNew)
                {
                    batch.Done();
                }
            }
        }
    }

    private async Task<KafkaBatch?> Next(CancellationToken cancel)
    {
        using var quiet = new CancellationTokenSource(Quiet, time);
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
