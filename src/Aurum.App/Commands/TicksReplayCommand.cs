using System.CommandLine;
using System.Diagnostics;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Output;
using Aurum.App.Running;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Served;
using Aurum.App.Ticks.Replay;
using Aurum.Store;
using Aurum.Store.Work;
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
        var format = FormatOption.Create();
        format.Description = "how the counts are printed (default: table, which is a sentence)";
        var json = new Option<bool>("--json") { Description = "the same as --format json" };
        var command = new Command("replay", "Read files of real-time prices into the data directory; bars wait for late ticks.")
        {
            files, speed, input, market, tenant, batch, format, json,
        };
        command.SetAction((parsed, cancel) => Run(
            new TicksReplayArguments(
                parsed.GetRequiredValue(data),
                parsed.GetRequiredValue(files),
                parsed.GetValue(input),
                parsed.GetRequiredValue(market),
                parsed.GetRequiredValue(tenant),
                new ReplayOptions(SpeedOf(parsed.GetRequiredValue(speed)), BatchOf(parsed.GetValue(batch))),
                parsed.GetValue(json) ? RowFormat.Json : parsed.GetValue(format) ?? RowFormat.Table),
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
        using var turn = store.Work is { } shared ? TurnIn(shared, options, console) : null;
        if (TickPlanes.IsOfWorkers(store, options))
        {
            throw new CommandException(ExitCodes.BadInput, $"expected {TickPlanes.SendThere}, found {TickPlanes.Found}");
        }

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
        Print(replay, Stopwatch.GetElapsedTime(began).TotalSeconds, arguments.Format, console);
        return ExitCodes.Done;
    }

    /// <exception cref="CommandException">Another process takes ticks into the same database.</exception>
    private static IntakeTurn TurnIn(SharedWork shared, AurumOptions options, CommandConsole console) =>
        IntakeTurn.Take(shared, options.DataDirectory, console.Time) ?? throw new CommandException(
            ExitCodes.Failed, $"real-time prices of this store are taken in by {IntakeTurn.HolderIn(shared) ?? "another process"}");

    /// <summary>Opens the store for real-time prices alone.</summary>
    /// <exception cref="CommandException">A server has it.</exception>
    private static AurumStore Open(string dataDirectory, CommandConsole console, out AurumOptions options)
    {
        options = OptionsReader.Read(dataDirectory);
        try
        {
            return StoreOpening.Open(
                options,
                new StoreOptions(dataDirectory)
                {
                    MemoryLimitMiB = options.StoreMemoryMiB,
                    Threads = options.StoreThreads,
                    TickDays = options.StoreTickDays,
                    DeadLetterDays = options.StoreDeadLetterDays,
                    CurvePointDays = options.StoreCurvePointDays,
                    Holder = Holder,
                },
                StoredFeeds.All,
                new ProviderClock(console.Time),
                console.Time);
        }
        catch (StoreLockedException held) when (Uri.TryCreate(held.Holder, UriKind.Absolute, out _))
        {
            throw new CommandException(
                ExitCodes.Failed,
                $"{held.Message}: a server has the folder, and takes messages itself: 'aurum ticks send FILE --url {held.Holder}'");
        }
    }

    private static void Print(TickReplay replay, double seconds, RowFormat format, CommandConsole console)
    {
        var counts = replay.Counts;
        (string Name, double Value)[] cells =
        [
            ("files", replay.Files), ("files_known", replay.FilesKnown), ("bytes", replay.Bytes), ("received", counts.Received),
            ("accepted", counts.Accepted), ("duplicate", counts.Duplicate), ("late_amended", counts.LateAmended),
            ("dead_lettered", counts.DeadLettered), ("seconds", Math.Round(seconds, 3)),
        ];
        switch (format)
        {
            case RowFormat.Json:
                console.WriteLine(
                    "{" + string.Join(',', cells.Select(static c => FormattableString.Invariant($"\"{c.Name}\":{c.Value}"))) + "}");
                break;
            case RowFormat.Csv:
                console.WriteLine(string.Join(',', cells.Select(static c => c.Name)));
                console.WriteLine(string.Join(',', cells.Select(static c => FormattableString.Invariant($"{c.Value}"))));
                break;
            default:
                console.WriteLine(FormattableString.Invariant(
                    $"{counts.Received} messages = {counts.Accepted} accepted + {counts.Duplicate} duplicate + {counts.LateAmended} late + ")
                    + FormattableString.Invariant(
                        $"{counts.DeadLettered} dead letters; {replay.Files} files, {replay.FilesKnown} of them known; {seconds:F1} s"));
                break;
        }
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
    RowFormat Format);
