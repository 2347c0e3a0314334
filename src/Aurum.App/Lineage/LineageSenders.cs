using Aurum.App.Configuration;
using Aurum.Cluster;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Lineage;

namespace Aurum.App.Lineage;

/// <summary>Opens the way of events to where the settings say.</summary>
internal static class LineageSenders
{
    /// <param name="options">Settings with a section Lineage.</param>
    /// <param name="time">The clock of waits.</param>
    /// <exception cref="OptionsException">The contract is asked for without Kafka or a registry.</exception>
    public static LineageSender Open(AurumOptions options, TimeProvider time)
    {
        var lineage = options.Lineage!;
        var topic = lineage.Topic is not null && options.Kafka is { } kafka ? new EventTopic(kafka, time) : null;
        var contract = lineage.Contract ? new LineageContract(options, time) : null;
        return new LineageSender(
            lineage,
            options.DataDirectory,
            time,
            Chance.New(),
            topic is null ? null : topic.Send,
            contract: contract is null ? null : contract.Send)
        {
            Owned = [.. new IDisposable?[] { topic, contract }.OfType<IDisposable>()],
        };
    }

    /// <summary>The same for deliveries alone: the contract by itself, and the other places together, each a follower of the outbox that
    /// waits for no other.</summary>
    public static LineageSender Open(AurumOptions options, bool isContract, TimeProvider time)
    {
        var lineage = options.Lineage!;
        lineage = isContract ? lineage with { Url = null, File = null, Topic = null } : lineage with { Contract = false };
        return Open(options with { Lineage = lineage }, time);
    }

    /// <summary>Sends events to Kafka.</summary>
    private sealed class EventTopic(KafkaOptions options, TimeProvider time) : IDisposable
    {
        private readonly LateProducer _producer = new(options, time);

        public async Task Send(string topic, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, CancellationToken cancel)
        {
            try
            {
                var batch = _producer.Value.Begin();
                batch.Send(new OutgoingMessage(topic, key.Span, value.Span), cancel);
                await batch.Complete(TimeSpan.FromSeconds(options.DeliverySeconds), cancel);
            }
            catch (BrokerException e)
            {
                throw new LineageException(e.Message, mayRetry: true, e);
            }
        }

        public void Dispose() => _producer.Dispose();
    }
}
