using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>Where a key or value lies in the bytes of a batch.</summary>
/// <param name="Start">Place.</param>
/// <param name="Length">Bytes; -1: there is none.</param>
internal readonly record struct MessageSlice(int Start, int Length);

/// <summary>Copies keys and values from the client's memory to the batch that is being filled: no array a message.</summary>
internal sealed class SliceReader : IDeserializer<MessageSlice>
{
    /// <summary>The batch that is being filled.</summary>
    public KafkaBatch? Batch { get; set; }

    public MessageSlice Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) =>
        isNull ? new MessageSlice(0, -1) : Batch!.Append(data);
}
