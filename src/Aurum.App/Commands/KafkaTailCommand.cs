using System.CommandLine;
using System.Globalization;
using Aurum.App.Configuration;
using Aurum.App.Tailing;
using Aurum.Cluster;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Registry;

namespace Aurum.App.Commands;

/// <summary><c>aurum kafka tail TOPIC</c>: messages as they come, a line of JSON each.</summary>
internal static class KafkaTailCommand
{
    public static Command Create(CommandConsole console, Option<string> data)
    {
        var topic = new Argument<string>("TOPIC") { Description = "topic, without its environment" };
        var beginning = new Option<bool>("--from-beginning")
        {
            Description = "begin at the oldest message that is kept, not at the newest",
        };
        var count = new Option<long?>("--count")
        {
            Description = "end after so many messages (default: when stopped)",
            HelpName = "N",
        };
        var command = new Command("tail", """
            Print messages of a topic as they come, a line of JSON each: Avro by the schema of the registry, blocks of ticks tick by tick,
            what nothing is known of as base64 with a word why. Moves nobody's position.
            """)
        {
            topic, beginning, count,
        };
        command.SetAction((parsed, cancel) =>
        {
            var most = Checked(parsed.GetValue(count));
            return Run(
                OptionsReader.Read(parsed.GetRequiredValue(data)).Registry,
                KafkaCommand.Options(parsed.GetRequiredValue(data)) with { FromBeginning = parsed.GetValue(beginning) },
                parsed.GetRequiredValue(topic), most, console, cancel);
        });
        return command;
    }

    private static long Checked(long? count) => count is null or > 0 ? count ?? long.MaxValue
        : throw new CommandException(ExitCodes.BadInput, string.Create(
            CultureInfo.InvariantCulture, $"--count: expected 1 message or more, found {count}"));

    internal static async Task<int> Run(
        RegistryOptions? registry, KafkaOptions options, string topic, long count, CommandConsole console, CancellationToken cancel)
    {
        using var client = registry is null ? null : new RegistryClient(registry, Chance.New(), console.Time);
        var lines = new MessageLines(client is null ? null : new EventSchemaBook(client, registry!));
        try
        {
            var name = options.TopicOf(topic);

            // A group of its own: who shares one gets a part of the partitions alone, and waits for those who are gone.
            var group = string.Create(
                CultureInfo.InvariantCulture,
                $"{options.ClientId}-tail-{Environment.MachineName}-{Environment.ProcessId}-{console.Time.GetTimestamp():x}");
            var subscription = new KafkaSubscription(group, [name]) { WithHeaders = true, BatchMilliseconds = 0 };
            using var consumer = new KafkaConsumer(options, subscription, new NoPositions(), console.Time, told: console.Note);
            for (var printed = 0L; printed < count;)
            {
                using var batch = await consumer.Read(cancel);
                lines.AskAgain();
                for (var i = 0; batch is not null && i < batch.Count && printed < count; i++, printed++)
                {
                    if (lines.Unasked(batch[i]) is { } id)
                    {
                        await lines.Ask(id, cancel);
                    }

                    console.WriteLine(lines.Of(batch[i]));
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

    /// <summary>Who looks at a topic begins where it was told to, each time.</summary>
    private sealed class NoPositions : IPositionStore
    {
        public IReadOnlyList<long?> Claim(IReadOnlyList<KafkaPartition> partitions) => [.. partitions.Select(static _ => (long?)null)];

        public void Release(IReadOnlyList<KafkaPartition> partitions, bool isLost)
        {
        }
    }
}
