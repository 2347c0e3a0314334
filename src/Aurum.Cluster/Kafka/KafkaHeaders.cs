using System.Diagnostics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>Headers of messages that are sent. One set may go with many messages; values are UTF-8.</summary>
public sealed class KafkaHeaders
{
    /// <summary>Trace that the message belongs to, as the W3C writes it.</summary>
    public const string Trace = "traceparent";

    /// <summary>Tenant whose data it is.</summary>
    public const string Tenant = "aurum-tenant";

    /// <summary>Media type of the value: <c>application/vnd.apache.avro+binary</c>, <c>application/json</c>.</summary>
    public const string ContentType = "content-type";

    /// <summary>Number of the schema in the registry, where the value does not begin with it.</summary>
    public const string SchemaId = "aurum-schema-id";

    /// <summary>Number of the store's delivery that the event is of.</summary>
    public const string Delivery = "aurum-delivery";

    /// <summary>Number of the event within its delivery, from 0: with <see cref="Delivery"/> it names the event for good.</summary>
    public const string Row = "aurum-row";

    /// <summary>Feed that the event comes from.</summary>
    public const string Feed = "aurum-feed";

    internal Headers Inner { get; } = [];

    /// <summary>Headers with the trace of the activity that runs now, where one does.</summary>
    public static KafkaHeaders OfTrace(Activity? activity) =>
        activity is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? new KafkaHeaders().With(Trace, id) : new KafkaHeaders();

    /// <summary>The same headers, to which others are added for one message.</summary>
    public KafkaHeaders Copy()
    {
        var copy = new KafkaHeaders();
        foreach (var header in Inner)
        {
            copy.Inner.Add((Header)header);
        }

        return copy;
    }

    /// <summary>Sets a header; one of that name is replaced.</summary>
    public KafkaHeaders With(string name, string value)
    {
        Inner.Remove(name);
        Inner.Add(name, Encoding.UTF8.GetBytes(value));
        return this;
    }

    /// <summary>Sets a header to a number.</summary>
    public KafkaHeaders With(string name, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        value.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        Inner.Remove(name);
        Inner.Add(name, digits[..length].ToArray());
        return this;
    }
}
