using System.Globalization;
using System.Text;
using Aurum.Cluster.Kafka;
using NodaTime;

namespace Aurum.App.Scenarios.Requests;

/// <summary>A message with a request, kept until it is done with.</summary>
/// <param name="Partition">Where it lies.</param>
/// <param name="Offset">Its number there.</param>
/// <param name="Key">Key; null: none.</param>
/// <param name="Value">Value; null: a tombstone.</param>
/// <param name="Headers">Headers that are known here.</param>
internal sealed record RequestMessage(
    KafkaPartition Partition, long Offset, byte[]? Key, byte[]? Value, IReadOnlyDictionary<string, string> Headers)
{
    private static readonly string[] Known =
    [
        KafkaHeaders.Tenant, KafkaHeaders.Trace, KafkaHeaders.ContentType, RequestTopics.Run, RequestTopics.Attempt, RequestTopics.Delay,
        RequestTopics.NotBefore, RequestTopics.Redrive, RequestTopics.Reason, RequestTopics.Source,
    ];

    /// <summary>Names it for good: <c>topic[3]@17</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Partition.Topic}[{Partition.Number}]@{Offset}");

    public string? Trace => Headers.GetValueOrDefault(KafkaHeaders.Trace);

    public bool IsRedrive => Headers.ContainsKey(RequestTopics.Redrive);

    /// <summary>Earliest begin; null: at once.</summary>
    public Instant? NotBefore =>
        long.TryParse(Headers.GetValueOrDefault(RequestTopics.NotBefore), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= Instant.MaxValue.ToUnixTimeMilliseconds()
            ? Instant.FromUnixTimeMilliseconds(at)
            : null;

    /// <summary>A copy of a message as it came.</summary>
    public static RequestMessage Of(IncomingMessage message)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Known)
        {
            if (message.TryHeader(name, out var value))
            {
                headers[name] = Encoding.UTF8.GetString(value);
            }
        }

        return new RequestMessage(
            message.Partition, message.Offset, message.HasKey ? message.Key.ToArray() : null,
            message.IsTombstone ? null : message.Value.ToArray(), headers);
    }

    /// <summary>Sends it to another topic as it came.</summary>
    /// <param name="batch">What it is sent with.</param>
    /// <param name="topic">Topic, as the cluster names it.</param>
    /// <param name="more">Headers beside its own.</param>
    /// <param name="cancel">Ends it.</param>
    public void Send(SendBatch batch, string topic, IEnumerable<(string Name, string Value)> more, CancellationToken cancel)
    {
        var headers = new KafkaHeaders();
        foreach (var (name, value) in Headers.Select(static h => (h.Key, h.Value)).Concat(more))
        {
            headers.With(name, value);
        }

        batch.Send(new OutgoingMessage(topic, Key, Value) { Headers = headers, IsTombstone = Value is null }, cancel);
    }
}
