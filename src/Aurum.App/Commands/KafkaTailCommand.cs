using System.Buffers.Binary;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.Cluster.Kafka;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum kafka tail TOPIC</c>: messages as they come, a line of JSON each.</summary>
internal static class KafkaTailCommand
{
    /// <summary>Bytes of a value before which the number of its schema stands.</summary>
    private const int FrameBytes = 5;

    private static readonly string[] Headers =
        [KafkaHeaders.Delivery, KafkaHeaders.Row, KafkaHeaders.Feed, KafkaHeaders.Tenant, KafkaHeaders.Trace];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var topic = new Argument<string>("TOPIC") { Description = "topic, without its environment" };
        var beginning = new Option<bool>("--from-beginning")
        {
            Description = "begin at the oldest message that is kept, not at the newest",
        };
        var count = new Option<long>("--count")
        {
            Description = "end after so many messages (default: when stopped)",
            HelpName = "N",
            DefaultValueFactory = static _ => long.MaxValue,
        };
        var command = new Command("tail", "Print messages of a topic as they come, a line of JSON each. Moves nobody's position.")
        {
            topic, beginning, count,
        };
        command.SetAction((parsed, cancel) => Run(
            KafkaCommand.Options(parsed.GetRequiredValue(data)) with { FromBeginning = parsed.GetValue(beginning) },
            parsed.GetRequiredValue(topic), parsed.GetValue(count), console, cancel));
        return command;
    }

    internal static async Task<int> Run(KafkaOptions options, string topic, long count, CommandConsole console, CancellationToken cancel)
    {
        try
        {
            var name = options.TopicOf(topic);
            var group = string.Create(CultureInfo.InvariantCulture, $"{options.ClientId}-tail-{Environment.ProcessId}");
            var subscription = new KafkaSubscription(group, [name]) { WithHeaders = true, BatchMilliseconds = 0 };
            using var consumer = new KafkaConsumer(options, subscription, new NoPositions(), console.Time);
            for (var printed = 0L; printed < count;)
            {
                using var batch = await consumer.Read(cancel);
                for (var i = 0; batch is not null && i < batch.Count && printed < count; i++, printed++)
                {
                    console.WriteLine(Line(batch[i]));
                }

                batch?.Done();
            }

            return ExitCodes.Done;
        }
        catch (BrokerException e)
        {
            throw new CommandException(ExitCodes.BadInput, e.Message);
        }
    }

    private static string Line(IncomingMessage message)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("partition", message.Partition.Number);
            json.WriteNumber("offset", message.Offset);
            json.WriteString("at", InstantPattern.ExtendedIso.Format(message.At));
            Write(json, "key", message.Key, message.HasKey);
            foreach (var header in Headers)
            {
                if (message.TryHeader(header, out var text))
                {
                    Write(json, header, text, isThere: true);
                }
            }

            var isFramed = message.Value.Length > FrameBytes && message.Value[0] == 0;
            if (isFramed)
            {
                json.WriteNumber("schema_id", BinaryPrimitives.ReadInt32BigEndian(message.Value[1..]));
            }

            Write(json, "value", message.Value, !message.IsTombstone);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Text as text, everything else as base64.</summary>
    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes, bool isThere)
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

    /// <summary>Who looks at a topic begins where it was told to, each time.</summary>
    private sealed class NoPositions : IPositionStore
    {
        public IReadOnlyList<long?> Claim(IReadOnlyList<KafkaPartition> partitions) => [.. partitions.Select(static _ => (long?)null)];

        public void Release(IReadOnlyList<KafkaPartition> partitions, bool isLost)
        {
        }
    }
}
