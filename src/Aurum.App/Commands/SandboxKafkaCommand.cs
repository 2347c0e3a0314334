using System.CommandLine;
using System.Globalization;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Mock;
using Aurum.Cluster.Kafka.Topics;

namespace Aurum.App.Commands;

/// <summary><c>aurum sandbox kafka</c>: brokers on loopback for trying things out, with all topics.</summary>
internal static class SandboxKafkaCommand
{
    private const int MaxBrokers = 20;

    public static Command Create(CommandConsole console)
    {
        var brokers = new Option<int>("--brokers")
        {
            Description = $"brokers, 1 to {MaxBrokers}",
            HelpName = "N",
            DefaultValueFactory = static _ => 1,
        };
        var command = new NotedCommand("kafka", $"""
            Run brokers that speak Kafka's protocol on loopback, with all topics, until stopped. Everything is in memory.

            They are librdkafka's own for tests: no administration by request, no retention by time, 5 MiB or 100,000 messages a
            partition. A line on standard input is a fault: {MockCommands.Usage}.

            Examples:
              aurum sandbox kafka
              KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:PORT aurum kafka tail aurum.ingest.delivery.v1
            """) { brokers };
        command.SetAction((parsed, cancel) => Run(parsed.GetValue(brokers), console, cancel));
        return command;
    }

    internal static async Task<int> Run(int brokers, CommandConsole console, CancellationToken cancel)
    {
        if (brokers is < 1 or > MaxBrokers)
        {
            throw new CommandException(ExitCodes.BadInput, $"--brokers: expected 1 to {MaxBrokers}, found {brokers}");
        }

        try
        {
            using var cluster = new MockCluster(brokers);
            var topics = TopicsFile.Load(new KafkaOptions()).Topics;
            foreach (var topic in topics)
            {
                cluster.CreateTopic(topic.Name, topic.Partitions, Math.Min(brokers, topic.Replication));
            }

            console.WriteLine($"KAFKA_BOOTSTRAP_SERVERS={cluster.BootstrapServers}");
            await console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"aurum: {brokers} brokers with {topics.Count:N0} topics run; Ctrl+C stops them"));
            _ = Task.Run(() => Obey(cluster, console), CancellationToken.None);
            await Shutdown.Wait(cancel);
            return ExitCodes.Done;
        }
        catch (BrokerException e)
        {
            throw new CommandException(ExitCodes.BadInput, e.Message);
        }
    }

    private static void Obey(MockCluster cluster, CommandConsole console)
    {
        using var lines = new StreamReader(console.In);
        while (lines.ReadLine() is { } line)
        {
            console.Error.WriteLine($"aurum: {MockCommands.Run(cluster, line)}");
        }
    }
}
