using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>One client of Confluent.Kafka, and what waits in it.</summary>
internal sealed class ProducerClient
{
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly ClientLogin _login;
    private volatile bool _isBroken;

    /// <exception cref="BrokerException">The password is gone, or the client does not take the options, such as certificates of which a
    /// part is there while they are changed.</exception>
    public ProducerClient(KafkaOptions options, Action<string> told)
    {
        Queue = new ProducerQueue(options.QueueMessages, (long)options.QueueMiB << 20);
        _login = new ClientLogin(options, told);
        _producer = Build(options, told);
        _login.Begin(_producer);
    }

    public ProducerQueue Queue { get; }

    /// <summary>Whether the client takes no message any more.</summary>
    public bool IsBroken => _isBroken;

    public void Produce(TopicPartition to, Message<byte[], byte[]> message, Action<DeliveryReport<byte[], byte[]>> report) =>
        _producer.Produce(to, message, report);

    /// <summary>Waits for what is on its way, then lets go of everything.</summary>
    public void Close(TimeSpan longest)
    {
        _producer.Flush(longest);
        _login.End();
        _producer.Dispose();
    }

    private IProducer<byte[], byte[]> Build(KafkaOptions options, Action<string> told)
    {
        try
        {
            return new ProducerBuilder<byte[], byte[]>(ClientSettings.Producer(options))
                .SetErrorHandler((_, error) =>
                {
                    _isBroken |= error.IsFatal;
                    told($"{error.Reason} ({error.Code})");
                    _login.Heard(error);
                })
                .SetLogHandler((_, line) => told(line.Message))
                .Build();
        }
        catch (InvalidOperationException refused)
        {
            throw BrokerException.Of(options, refused);
        }
    }
}
