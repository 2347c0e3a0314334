using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aurum.App.Configuration;
using Aurum.App.Output;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Topics;

namespace Aurum.App.Commands;

/// <summary><c>aurum kafka</c>: topics as they should be, as they are, and what is in one.</summary>
internal static class KafkaCommand
{
    private static readonly (string Name, bool IsNumber)[] TopicColumns =
    [
        ("topic", false), ("partitions", true), ("copies", true), ("settings", false), ("key", false), ("content", false),
    ];

    private static readonly (string Name, bool IsNumber)[] PlanColumns =
    [
        ("action", false), ("topic", false), ("setting", false), ("found", false), ("wanted", false),
    ];

    public static Command Create(CommandConsole console, Option<string> data) => new NotedCommand("kafka", """
        Topics of Kafka: one list (deploy/kafka/topics.json, or the file of Kafka:TopicsFile), compared with a cluster and brought there.

        The cluster is the one of Kafka:BootstrapServers (KAFKA_BOOTSTRAP_SERVERS). Nothing is ever deleted, and topics that are not in
        the list are left alone.

        Examples:
          aurum kafka topics
          aurum kafka plan
          aurum kafka apply --dry-run
          aurum kafka tail aurum.iso.pjm.lmp.v1 --from-beginning --count 5

        Exit code 0: done, or nothing to do. 1: 'plan' and 'apply --dry-run' have something to do. 2: the cluster could not be asked.
        """)
    {
        CreateTopics(console, data),
        CreatePlan(console, data),
        CreateApply(console, data),
        KafkaTailCommand.Create(console, data),
    };

    /// <summary>The settings of Kafka.</summary>
    /// <exception cref="CommandException">There are none.</exception>
    public static KafkaOptions Options(string dataDirectory) => OptionsReader.Read(dataDirectory).Kafka ?? throw new CommandException(
        ExitCodes.BadInput, "Kafka is not configured: set Kafka:BootstrapServers in aurum.json, or KAFKA_BOOTSTRAP_SERVERS");

    /// <summary>Shows what differs.</summary>
    /// <returns>1 where <c>apply</c> has something to do.</returns>
    internal static async Task<int> Plan(
        ITopicAdmin admin, IReadOnlyList<TopicSpec> wanted, RowFormat format, CommandConsole console, CancellationToken cancel)
    {
        var plan = await TopicWorks.Plan(admin, wanted, cancel);
        Print(plan, format, console);
        return plan.ToDo.Any() ? ExitCodes.Failed : ExitCodes.Done;
    }

    /// <summary>Mends what differs.</summary>
    internal static async Task<int> Apply(
        ITopicAdmin admin, IReadOnlyList<TopicSpec> wanted, RowFormat format, CommandConsole console, CancellationToken cancel)
    {
        var plan = await TopicWorks.Plan(admin, wanted, cancel);
        await TopicWorks.Apply(admin, plan, cancel);
        Print(plan, format, console);
        await console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"aurum: {plan.ToDo.Count():N0} steps done, {plan.Steps.Count - plan.ToDo.Count():N0} left to a person"));
        return ExitCodes.Done;
    }

    private static Command CreateTopics(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var command = new Command("topics", "List the topics as they should be. Asks no cluster.") { format };
        command.SetAction(parsed =>
        {
            var options = OptionsReader.Read(parsed.GetRequiredValue(data)).Kafka ?? new KafkaOptions();
            var rows = Loaded(options).Topics.Select(t => (Entry: t, Spec: t.Spec(options))).Select(static t => Cells(
                t.Spec.Name, t.Spec.Partitions, t.Spec.Replication,
                string.Join(' ', t.Spec.Settings.Select(static s => $"{s.Key}={s.Value}")), t.Entry.Key, t.Entry.Content)).ToList();
            AdminSource.Print(rows, TopicColumns, parsed.GetValue(format) ?? console.DefaultFormat, console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreatePlan(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var command = new Command("plan", "Show what differs from the cluster: exit code 1 where something is to do.") { format };
        command.SetAction((parsed, cancel) => Ask(parsed.GetRequiredValue(data), (admin, wanted) =>
            Plan(admin, wanted, parsed.GetValue(format) ?? console.DefaultFormat, console, cancel)));
        return command;
    }

    private static Command CreateApply(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var dry = new Option<bool>("--dry-run") { Description = "only show it, as 'plan' does" };
        var command = new Command("apply", "Make missing topics, add partitions, change settings. Deletes nothing.") { dry, format };
        command.SetAction((parsed, cancel) => Ask(parsed.GetRequiredValue(data), (admin, wanted) => parsed.GetValue(dry)
            ? Plan(admin, wanted, parsed.GetValue(format) ?? console.DefaultFormat, console, cancel)
            : Apply(admin, wanted, parsed.GetValue(format) ?? console.DefaultFormat, console, cancel)));
        return command;
    }

    private static async Task<int> Ask(string dataDirectory, Func<ITopicAdmin, IReadOnlyList<TopicSpec>, Task<int>> work)
    {
        var options = Options(dataDirectory);
        try
        {
            using var admin = new ConfluentTopicAdmin(options);
            return await work(admin, Loaded(options).In(options));
        }
        catch (BrokerException e)
        {
            throw new CommandException(ExitCodes.BadInput, e.Message);
        }
    }

    private static TopicsFile Loaded(KafkaOptions options)
    {
        try
        {
            return TopicsFile.Load(options);
        }
        catch (BrokerException e)
        {
            throw new CommandException(ExitCodes.BadInput, e.Message);
        }
    }

    private static void Print(TopicPlan plan, RowFormat format, CommandConsole console) => AdminSource.Print(
        [.. plan.Steps.Select(static s => Cells(s.Verb, s.Topic, s.Setting, s.Found, s.Wanted))], PlanColumns, format, console);

    private static JsonElement[] Cells(params object[] cells) => [.. cells.Select(static c => JsonSerializer.SerializeToElement(c))];
}
