using System.CommandLine;
using System.Globalization;
using Aurum.App.Configuration;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Topics;
using Aurum.Ticks;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks produce</c>: messages to Kafka, and dead letters of Kafka once more.</summary>
internal static class TicksProduceCommand
{
    private const int MostBlock = 100_000;
    private const string RedriveGroup = "aurum-ticks-redrive";

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var files = new Argument<string[]>("files")
        {
            Description = "files of messages; - reads standard input", HelpName = "FILE", Arity = ArgumentArity.ZeroOrMore,
        };
        var input = TickInput.CreateOption();
        var market = TickInput.CreateMarketOption();
        var tenant = new Option<string>("--tenant")
        {
            Description = "tenant of messages that name none", HelpName = "NAME", DefaultValueFactory = static _ => "default",
        };
        var block = new Option<int>("--block")
        {
            Description = $"messages that go together, 1 to {MostBlock}", HelpName = "N", DefaultValueFactory = static _ => 500,
        };
        var redrive = new Option<bool>("--redrive") { Description = "send the dead letters of Kafka again, as they came" };
        var reason = new Option<string?>("--reason") { Description = "with --redrive: only letters of this reason", HelpName = "REASON" };
        var command = new NotedCommand("produce", """
            Send real-time prices to Kafka, for 'aurum ticks worker'.

            Messages of an instrument go to one partition of aurum.market.tick.raw.v1, in blocks that can be read alone. Sending a file
            again takes nothing in twice: messages have event ids.

            Examples:
              aurum ticks produce ticks.json
              aurum ticks generate --live | aurum ticks produce - --block 50
              aurum ticks produce --redrive --reason TimeInFuture

            Exit code 0: brokers have all of it. 1: they did not take it. 2: wrong usage, or a file is not there.
            """) { files, input, market, tenant, block, redrive, reason };
        command.SetAction((parsed, cancel) => Run(
            parsed.GetRequiredValue(data),
            new TicksProduceArguments(
                parsed.GetValue(files) ?? [],
                parsed.GetValue(input),
                parsed.GetRequiredValue(market),
                parsed.GetRequiredValue(tenant),
                parsed.GetValue(block),
                parsed.GetValue(redrive),
                parsed.GetValue(reason)),
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(string data, TicksProduceArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        if (arguments.Block is < 1 or > MostBlock || arguments.Redrives == arguments.Files.Count > 0)
        {
            throw new CommandException(
                ExitCodes.BadInput,
                arguments.Redrives == arguments.Files.Count > 0
                    ? "expected files, or --redrive, found both or neither"
                    : string.Create(CultureInfo.InvariantCulture, $"--block: expected 1 to {MostBlock:N0}, found {arguments.Block:N0}"));
        }

        var kafka = TicksWorkerCommand.KafkaOf(OptionsReader.Read(data));
        var topic = kafka.TopicOf(TickTopics.Raw);
        try
        {
            var lanes = TopicPartitions.Count(kafka, topic);
            if (lanes == 0)
            {
                throw new CommandException(ExitCodes.Failed, $"{topic}: there is no such topic: make it with 'aurum kafka apply'");
            }

            using var producer = new KafkaProducer(kafka, console.Time, console.Note);
            var sender = new RawSender(producer, topic, lanes, arguments.Redrives ? 1 : arguments.Block);
            await (arguments.Redrives
                ? RedriveAsync(kafka, sender, arguments.Reason, console, cancel)
                : SendAsync(sender, arguments, console, cancel));
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{sender.Messages:N0} messages in {sender.Blocks:N0} blocks to {lanes} partitions of {topic}"));
            return ExitCodes.Done;
        }
        catch (BrokerException failed)
        {
            throw new CommandException(ExitCodes.Failed, failed.Message);
        }
    }

    private static async Task SendAsync(
        RawSender sender, TicksProduceArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        foreach (var file in arguments.Files)
        {
            var form = new TickStreamOptions(TickInput.FormatOf(file, arguments.Input))
            {
                Market = arguments.Market,
                Tenant = arguments.Tenant,
            };
            if (file == TickInput.StandardInput)
            {
                await sender.SendAsync(console.In, form, cancel);
                continue;
            }

            if (!File.Exists(file))
            {
                throw new CommandException(ExitCodes.BadInput, $"{file}: expected a file, found nothing");
            }

            await using var stream = File.OpenRead(file);
            await sender.SendAsync(stream, form, cancel);
        }
    }

    private static async Task RedriveAsync(
        KafkaOptions kafka, RawSender sender, string? reason, CommandConsole console, CancellationToken cancel)
    {
        var group = kafka.GroupOf(reason is null ? RedriveGroup : $"{RedriveGroup}-{reason}");
        var subscription = new KafkaSubscription(group, [kafka.TopicOf(TickTopics.Letters)]) { WithHeaders = true };

        // What lies there is older than the group, whatever is set for groups that follow a topic.
        using var letters = new KafkaConsumer(
            kafka with { FromBeginning = true }, subscription, positions: null, console.Time, told: console.Note);
        var redrive = new LetterTopicRedrive(letters, sender, reason, console.Time);
        await redrive.RunAsync(cancel);
        console.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{redrive.Sent:N0} letters sent again, {redrive.Unreadable:N0} cannot be read again, {redrive.Others:N0} of other reasons"));
    }
}

/// <summary>What <c>aurum ticks produce</c> was asked for.</summary>
internal sealed record TicksProduceArguments(
    IReadOnlyList<string> Files, string? Input, string Market, string Tenant, int Block, bool Redrives, string? Reason);
