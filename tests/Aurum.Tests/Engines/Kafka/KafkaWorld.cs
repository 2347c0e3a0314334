using System.Globalization;
using System.Text;
using Aurum.Cluster.Kafka;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>What tests of Kafka have in common.</summary>
internal static class KafkaWorld
{
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    public static CancellationToken Limit(int seconds = 120) => new CancellationTokenSource(TimeSpan.FromSeconds(seconds)).Token;

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>Sends <c>from</c> to <c>from + count - 1</c> as values, each under a key of its own.</summary>
    public static async Task Send(KafkaProducer producer, string topic, int from, int count)
    {
        var batch = producer.Begin();
        for (var i = from; i < from + count; i++)
        {
            var text = i.ToString(CultureInfo.InvariantCulture);
            batch.Send(new OutgoingMessage(topic, Utf8($"k{text}"), Utf8(text)), Limit());
        }

        await batch.Complete(Long, Limit());
    }

    /// <summary>Reads, stores and acknowledges until so many messages are stored.</summary>
    public static async Task ReadInto(KafkaConsumer consumer, MemoryPositions store, int count, int seconds = 120)
    {
        var limit = Limit(seconds);
        while (store.Count < count)
        {
            using var batch = await consumer.Read(limit);
            if (store.Store(batch!))
            {
                batch!.Done();
            }
        }
    }
}
