using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Output;
using Aurum.App.Running;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Replay;
using Aurum.Store;
using Aurum.Ticks;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks replay FILE</c>: files of messages into a data directory, once each, however often it is run or
/// killed.</summary>
internal static class TicksReplayCommand
{
    private const string Holder = "aurum ticks replay";
    private const double MostSpeed = 1_000;
    private const int MostBatchMessages = 1_000_000;

    private static readonly string[] Endings = [".json", ".jsonl", ".ndjson", ".csv", ".bin"];

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "files of messages, .gz too, or folders whose files are read in the order of their names",
            Arity = ArgumentArity.OneOrMore,
        };
        var speed = new Option<string>("--speed")
        {
            Description = "seconds of event time a second, 1 to 1000; max: as fast as they are taken in",
            HelpName = "1..1000|max",
            DefaultValueFactory = static _ => "max",
        };
        var input = TickInput.CreateOption();
        var market = TickInput.CreateMarketOption();
        var tenant = new Option<string>("--tenant")
        {
            Description = "tenant of messages that name none",
            HelpName = "NAME",
            DefaultValueFactory = static _ => "default",
        };
        var batch = new Option<int>("--batch-messages")
        {
            Description = "messages that are taken in together; changes nothing about the bars (default: 512 KiB of them)",
            HelpName = "N",
        };
        var json = new Option<bool>("--json") { Description = "print the counts as JSON" };
        var command = new Command("replay", "Read files of real-time prices into the data directory; bars wait for late ticks.")
        {
            files, speed, input, market, tenant, batch, json,
        };
        command.SetAction((parsed, cancel) => Run(
            new TicksReplayArguments(
                parsed.GetRequiredValue(data),
                parsed.GetRequiredValue(files),
                parsed.GetValue(input),
                parsed.GetRequiredValue(market),
                parsed.GetRequiredValue(tenant),
                new ReplayOptions(SpeedOf(parsed.GetRequiredValue(speed)), BatchOf(parsed.GetValue(batch))),
                parsed.GetValue(json)),
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(TicksReplayArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        ReplayFile[] files =
        [
            .. arguments.Files.SelectMany(FilesOf).Select(path => ReplayFile.Of(path, new TickStreamOptions(FormatOf(path, arguments.Input))
            {
                Market = arguments.Market,
                Tenant = arguments.Tenant,
            })),
        ];
        using var store = Open(arguments.DataDirectory, console, out var options);
        await using var service = TickService.Open(store, options.Ticks.ForReplay(), console.Time);
        using var line = new ProgressLine(console, "bytes", files.Where(f => !f.IsGzip).Sum(f => new FileInfo(f.Path).Length));
        long told = 0;
        var replay = new TickReplay(service, arguments.Options, console.Time)
        {
            Progress = replay =>
            {
                line.Step(replay.Bytes - told, FormattableString.Invariant($"{replay.Counts.Received} messages"));
                told = replay.Bytes;
            },
        };
        var began = Stopwatch.GetTimestamp();
        await replay.RunAsync(files, cancel);
        await service.SettleAsync(cancel);
        line.End();
        Print(replay, Stopwatch.GetElapsedTime(began).TotalSeconds, arguments.IsJson, console);
        return ExitCodes.Done;
    }

    /// <summary>Opens the store for real-time prices alone.</summary>
    /// <exception cref="CommandException">A server has it.</exception>
    private static AurumStore Open(string dataDirectory, CommandConsole console, out AurumOptions options)
    {
        options = OptionsReader.Read(dataDirectory);
        try
        {
            return AurumStore.Open(
                new StoreOptions(dataDirectory)
                {
                    MemoryLimitMiB = options.StoreMemoryMiB,
                    Threads = options.StoreThreads,
                    Holder = Holder,
                },
                StoredFeeds.All,
                new ProviderClock(console.Time));
        }
        catch (StoreLockedException held) when (Uri.TryCreate(held.Holder, UriKind.Absolute, out _))
        {
            throw new CommandException(
                ExitCodes.Failed,
                $"{held.Message}: a server has the folder, and takes messages itself: 'aurum ticks send FILE --url {held.Holder}'");
        }
    }

    private static void Print(TickReplay replay, double seconds, bool isJson, CommandConsole console)
    {
        var counts = replay.Counts;
        if (isJson)
        {
            using var text = new MemoryStream();
            using (var json = new Utf8JsonWriter(text))
            {
                json.WriteStartObject();
                json.WriteNumber("files", replay.Files);
                json.WriteNumber("files_known", replay.FilesKnown);
                json.WriteNumber("bytes", replay.Bytes);
                json.WriteNumber("received", counts.Received);
                json.WriteNumber("accepted", counts.Accepted);
                json.WriteNumber("duplicate", counts.Duplicate);
                json.WriteNumber("late_amended", counts.LateAmended);
                json.WriteNumber("dead_lettered", counts.DeadLettered);
                json.WriteNumber("seconds", Math.Round(seconds, 3));
                json.WriteEndObject();
            }

            console.WriteLine(System.Text.Encoding.UTF8.GetString(text.ToArray()));
            return;
        }

        console.WriteLine(FormattableString.Invariant(
            $"{counts.Received} messages = {counts.Accepted} accepted + {counts.Duplicate} duplicate + {counts.LateAmended} late + ")
            + FormattableString.Invariant(
                $"{counts.DeadLettered} dead letters; {replay.Files} files, {replay.FilesKnown} of them known; {seconds:F1} s"));
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path)
                ? [path]
                : throw new CommandException(ExitCodes.BadInput, $"{path}: expected a file or a folder, found nothing");
        }

        var files = Directory.EnumerateFiles(path).Where(f => Endings.Contains(Path.GetExtension(WithoutGzip(f)).ToLowerInvariant()))
            .Order(StringComparer.Ordinal).ToList();
        return files.Count > 0
            ? files
            : throw new CommandException(
                ExitCodes.BadInput, $"{path}: expected files that end in {string.Join(", ", Endings)} or these with .gz, found none");
    }

    private static Aurum.Ticks.Normalize.TickFormat FormatOf(string path, string? input) => TickInput.FormatOf(WithoutGzip(path), input);

    private static string WithoutGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;

    private static double? SpeedOf(string text) => text == "max" ? null
        : double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var speed) && speed is >= 1 and <= MostSpeed ? speed
        : throw new CommandException(ExitCodes.BadInput, $"--speed: expected 1 to {MostSpeed} or max, found '{text}'");

    private static int BatchOf(int messages) => messages is >= 0 and <= MostBatchMessages
        ? messages
        : throw new CommandException(ExitCodes.BadInput, $"--batch-messages: expected 1 to {MostBatchMessages}, found {messages}");
}

internal sealed record TicksReplayArguments(
    string DataDirectory,
    IReadOnlyList<string> Files,
    string? Input,
    string Market,
    string Tenant,
    ReplayOptions Options,
    bool IsJson);
