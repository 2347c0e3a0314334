using System.CommandLine;
using System.Globalization;
using Aurum.App.Sinks;
using Aurum.Cluster;
using Aurum.Store.Sinks;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum sinks</c>: the places outside that follow the store: Kafka, ClickHouse, Redis and their like.</summary>
internal static class SinksCommand
{
    private const string Holder = "aurum sinks";

    private static readonly (string Name, bool IsNumber)[] Columns =
    [
        ("sink", false), ("state", false), ("last_delivery", true), ("deliveries_behind", true), ("behind_since", false),
        ("failures", true), ("last_error", false),
    ];

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var command = new NotedCommand("sinks", """
            Places outside that follow the store: how far they are, catching up, going back.

            A sink is there when its engine is configured (docs/configuration.md). 'aurum up', 'serve' and 'worker' hand it what is
            stored, each delivery at least once and in order; how far it is stands in the store.

            Examples:
              aurum sinks status
              aurum sinks run
              aurum sinks rewind kafka --to 0

            Exit code 0: done. 1: a sink did not take what it was handed. 2: there is no such sink.
            """) { CreateStatus(console, data), CreateRun(console, data), CreateRewind(console, data) };
        return command;
    }

    private static Command CreateStatus(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var command = new Command("status", "Show how far each sink is.") { format };
        command.SetAction(async (parsed, cancel) =>
        {
            var sinks = await AdminSource.Read(
                parsed.GetRequiredValue(data), "/v1/admin/sinks", Standings, console, cancel);
            var rows = sinks.EnumerateArray().Select(s => Columns.Select(c => s.GetProperty(c.Name)).ToArray()).ToList();
            if (rows.Count == 0)
            {
                await console.Error.WriteLineAsync("aurum: no engine is configured that follows the store (docs/configuration.md)");
            }

            AdminSource.Print(rows, Columns, parsed.GetValue(format) ?? console.DefaultFormat, console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateRun(CommandConsole console, Option<string> data)
    {
        var command = new Command("run", "Hand over what is stored and not taken yet, then end. A running server does this by itself.");
        command.SetAction(async (parsed, cancel) =>
        {
            using var platform = DataOption.Open(parsed.GetRequiredValue(data), console, Holder);
            await using var fleet = Fleet(platform, console);
            var failed = false;
            foreach (var runner in fleet.Runners)
            {
                try
                {
                    var taken = await runner.CatchUp(cancel);
                    console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runner.Name}: {taken:N0} deliveries taken"));
                }
                catch (SinkException error)
                {
                    failed = true;
                    await console.Error.WriteLineAsync($"aurum: {runner.Name}: {error.Message}");
                }
            }

            return failed ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateRewind(CommandConsole console, Option<string> data)
    {
        var name = new Argument<string>("sink") { Description = "its name, as 'aurum sinks status' shows it", HelpName = "SINK" };
        var to = new Option<long>("--to")
        {
            Description = "the last delivery that it is to count as taken; 0: none, so all comes again",
            HelpName = "N",
            Required = true,
        };
        var command = new Command("rewind", "Let a sink take deliveries again.") { name, to };
        command.SetAction(parsed =>
        {
            using var platform = DataOption.Open(parsed.GetRequiredValue(data), console, Holder);
            var sink = parsed.GetRequiredValue(name);
            var known = Standings(platform).Select(static s => s.Sink).ToList();
            if (!known.Contains(sink))
            {
                throw new CommandException(
                    ExitCodes.BadInput,
                    $"expected a sink ({(known.Count == 0 ? "none is configured" : string.Join(", ", known))}), found '{sink}'");
            }

            if (parsed.GetRequiredValue(to) is var delivery && (delivery < 0 || delivery > platform.Store.Sinks.Cursor(sink)))
            {
                throw new CommandException(
                    ExitCodes.BadInput,
                    $"--to: expected 0 to {platform.Store.Sinks.Cursor(sink)}, the last delivery that {sink} has taken, found {delivery}");
            }

            platform.Store.Sinks.Move(sink, delivery, Instant.FromDateTimeOffset(console.Time.GetUtcNow()));
            console.WriteLine($"{sink}: deliveries after {delivery} come again");
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The sinks of a platform.</summary>
    public static SinkFleet Fleet(Platform platform, CommandConsole console) => new(
        [.. Configured(platform).Select(static s => s.Open())],
        platform.Store,
        platform.Options.Sinks,
        platform.Time,
        Chance.New(),
        text => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}"),
        platform.Holder,
        Duration.FromSeconds(platform.Options.Worker.LeaseSeconds));

    private static IReadOnlyList<ConfiguredSink> Configured(Platform platform) =>
        ConfiguredSinks.Of(platform.Options, platform.Time);

    private static IReadOnlyList<SinkStanding> Standings(Platform platform) =>
        SinkFleet.Noted(platform.Store, Configured(platform).Select(static s => s.Name));
}
