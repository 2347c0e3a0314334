using Aurum.Cluster.Kafka;

namespace Aurum.App.Scenarios.Requests;

/// <summary>Sends requests that were given up to the workers again, as they came. The group of the redrive has a position of its own, so
/// that each letter is sent once by it, and a second time only after a crash.</summary>
internal sealed class RequestRedrive(KafkaConsumer letters, KafkaProducer producer, KafkaOptions kafka, string? reason, TimeProvider time)
{
    public const string Group = "aurum-scenario-redrive";

    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(30);

    private readonly StandingMessages _letters = new(letters, time);

    /// <summary>Requests that were sent again.</summary>
    public long Sent { get; private set; }

    /// <summary>Requests that were given up for other reasons.</summary>
    public long Others { get; private set; }

    /// <summary>Sends all that are there, not those that were given up since it began.</summary>
    /// <exception cref="BrokerException">The group has given no partition, or not all were sent.</exception>
    public Task Run(CancellationToken cancel) => _letters.Read(
        async (batch, standing, stop) =>
        {
            var sends = producer.Begin();
            foreach (var place in standing)
            {
                Send(sends, RequestMessage.Of(batch[place]), stop);
            }

            await sends.Complete(LongestSend, stop);
        },
        cancel);

    private void Send(SendBatch sends, RequestMessage letter, CancellationToken cancel)
    {
        if (reason is not null && letter.Headers.GetValueOrDefault(RequestTopics.Reason) != reason)
        {
            Others++;
            return;
        }

        letter.Send(sends, kafka.TopicOf(RequestTopics.Requests), [(RequestTopics.Redrive, "1")], cancel);
        Sent++;
    }
}
