using Aurum.Cluster.Kafka;

namespace Aurum.App.Lineage;

/// <summary>A producer that is made when the first event goes out. What keeps it from being made once, such as a password that is not to be
/// had, does not for good. One call at a time.</summary>
internal sealed class LateProducer(KafkaOptions options, TimeProvider time) : IDisposable
{
    private KafkaProducer? _producer;

    /// <exception cref="BrokerException">It can't be made now.</exception>
    public KafkaProducer Value => _producer ??= new KafkaProducer(options, time);

    public void Dispose() => _producer?.Dispose();
}
