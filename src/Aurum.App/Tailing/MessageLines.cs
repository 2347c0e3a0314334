using System.Text;
using System.Text.Json;
using Aurum.App.Output;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Registry;
using Aurum.Store.Avro;
using NodaTime.Text;

namespace Aurum.App.Tailing;

/// <summary>Messages of Kafka as lines of JSON: Avro in Confluent's form by the schema that it was written with, blocks of ticks tick by
/// tick, text as text. Bytes that nothing is known of are base64, with a word why.</summary>
/// <param name="schemas">Schemas of the registry; null: none is set.</param>
internal sealed class MessageLines(EventSchemaBook? schemas)
{
    private const string NoRegistry = "no schema registry is set (Registry:Url or SCHEMA_REGISTRY_URL)";

    private static readonly string[] Headers =
        [KafkaHeaders.Delivery, KafkaHeaders.Row, KafkaHeaders.Feed, KafkaHeaders.Tenant, KafkaHeaders.Trace];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<int, (AvroType? Type, string Why)> _schemas = [];
    private readonly TickBlocks _blocks = new();

    /// <summary>Number of the schema that a message names and that was not asked for yet; null: none.</summary>
    public int? Unasked(in IncomingMessage message) =>
        TickBlocks.KindOf(in message) == BlockKind.None && TryFrame(message.Value, out var id, out _) && !_schemas.ContainsKey(id)
            ? id
            : null;

    /// <summary>Asks the registry for a schema. Where it does not answer, the messages stay bytes until it is asked again.</summary>
    public async Task Ask(int id, CancellationToken cancel)
    {
        try
        {
            _schemas[id] = schemas is null ? (null, NoRegistry) : (await schemas.TypeOf(id, cancel), "");
        }
        catch (Exception e) when (e is RegistryException or FormatException)
        {
            _schemas[id] = (null, e.Message);
        }
    }

    /// <summary>Schemas that were not to be had may be by now.</summary>
    public void AskAgain()
    {
        foreach (var id in _schemas.Where(static s => s.Value.Type is null).Select(static s => s.Key).ToList())
        {
            _schemas.Remove(id);
        }
    }

    /// <summary>A message as a line.</summary>
    public string Of(in IncomingMessage message)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, CellText.JsonOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("partition", message.Partition.Number);
            json.WriteNumber("offset", message.Offset);
            json.WriteString("at", InstantPattern.ExtendedIso.Format(message.At));
            WriteText(json, "key", message.Key, message.HasKey);
            foreach (var header in Headers)
            {
                if (message.TryHeader(header, out var text))
                {
                    WriteText(json, header, text, isThere: true);
                }
            }

            WriteValue(json, in message);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private void WriteValue(Utf8JsonWriter json, in IncomingMessage message)
    {
        if (TickBlocks.KindOf(in message) is var kind and not BlockKind.None)
        {
            if (_blocks.Write(json, kind, in message) is { } why)
            {
                WriteUnread(json, why, message.Value);
            }
        }
        else if (TryFrame(message.Value, out var id, out var avro))
        {
            json.WriteNumber("schema_id", id);
            WriteAvro(json, _schemas.GetValueOrDefault(id), avro, message.Value);
        }
        else
        {
            WriteText(json, "value", message.Value, !message.IsTombstone);
        }
    }

    private static void WriteAvro(
        Utf8JsonWriter json, (AvroType? Type, string? Why) schema, ReadOnlySpan<byte> avro, ReadOnlySpan<byte> message)
    {
        if (schema.Type is not { } type)
        {
            WriteUnread(json, schema.Why ?? "the schema was not asked for", message);
            return;
        }

        object? value;
        try
        {
            var reader = new AvroReader(avro);
            value = reader.Read(type);
            if (!reader.IsAtEnd)
            {
                throw new FormatException($"expected the end after {reader.Position} bytes, found {avro.Length - reader.Position} more");
            }
        }
        catch (FormatException e)
        {
            WriteUnread(json, $"not what schema {type.FullName} says: {e.Message}", message);
            return;
        }

        json.WriteString("schema", type.FullName);
        json.WritePropertyName("value");
        AvroJson.Write(json, type, value);
    }

    private static void WriteUnread(Utf8JsonWriter json, string why, ReadOnlySpan<byte> value)
    {
        json.WriteString("unread", why);
        json.WriteBase64String("value_base64", value);
    }

    private static bool TryFrame(ReadOnlySpan<byte> value, out int id, out ReadOnlySpan<byte> avro)
    {
        id = 0;
        avro = default;
        if (value.Length < ConfluentFrame.HeadBytes || value[0] != 0)
        {
            return false;
        }

        id = ConfluentFrame.Read(value, out avro);
        return true;
    }

    /// <summary>Text as text, everything else as base64.</summary>
    private static void WriteText(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes, bool isThere)
    {
        if (!isThere)
        {
            json.WriteNull(name);
            return;
        }

        try
        {
            json.WriteString(name, Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            json.WriteBase64String($"{name}_base64", bytes);
        }
    }
}
