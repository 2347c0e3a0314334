using System.CommandLine;
using Aurum.App.Ticks.Stages;
using Aurum.Ticks;
using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Enrich;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks run --stage</c>: one stage of the pipeline, or all, as a process of its own between two pipes.</summary>
internal static class TicksRunCommand
{
    private const string Normalize = "normalize";
    private const string Enrich = "enrich";
    private const string Aggregate = "aggregate";
    private const string Project = "project";
    private const string All = "all";

    public static Command Create(CommandConsole console)
    {
        var stage = new Option<string>("--stage") { Description = "stage to run", HelpName = "NAME", Required = true };
        stage.AcceptOnlyFromAmong(Normalize, Enrich, Aggregate, Project, All);
        var files = new Argument<string[]>("files")
        {
            Description = "files of messages for normalize and all (default: standard input)",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var input = TickInput.CreateOption();
        var market = TickInput.CreateMarketOption();
        var delay = TickInput.CreateDelayOption();
        var lateness = TickInput.CreateLatenessOption();
        var instruments = new Option<string?>("--instruments")
        {
            Description = "CSV of what is known of instruments, for enrich and all",
            HelpName = "FILE",
        };
        var command = new NotedCommand("run", """
            Run one stage of the pipeline between two pipes, or all of them in one process.

            normalize reads messages and project writes results, as JSON lines {"event", "data"}: bars, latest prices, points of curves,
            dead letters with their bytes. Between the stages go frames: names, ticks, bars, dead letters, counters, each with its
            checksum. A stage says on standard error at the end what it did. SIGTERM ends normalize after what it has read, and the others
            behind it.

            Examples:
              aurum ticks run --stage all ticks.json
              aurum ticks run --stage normalize < ticks.json | aurum ticks run --stage enrich \
                | aurum ticks run --stage aggregate | aurum ticks run --stage project

            Give normalize and aggregate the same --delay and --lateness: normalize sends the bytes along of messages that may be too late.

            Exit code 0: the stream came to its end. 1: the stage before was ended, or the one behind has gone. 2: a frame is broken.
            """) { stage, files, input, market, delay, lateness, instruments };
        command.SetAction((parsed, cancel) => Run(
            new TicksRunArguments(
                parsed.GetRequiredValue(stage),
                parsed.GetValue(files) ?? [],
                parsed.GetValue(input),
                parsed.GetRequiredValue(market),
                parsed.GetValue(delay),
                parsed.GetValue(lateness),
                parsed.GetValue(instruments)),
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(TicksRunArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        using var pipeline = new TickPipeline(
            new TickPipelineOptions { Aggregate = TickInput.AggregateOf(arguments.DelaySeconds, arguments.LatenessSeconds) },
            BookOf(arguments.Instruments));
        switch (arguments.Stage)
        {
            case Normalize or All:
                await RunOnBytes(arguments, pipeline, console, cancel);
                break;
            case var _ when arguments.Files.Count > 0:
                throw new CommandException(ExitCodes.BadInput, $"--stage {arguments.Stage} reads frames from standard input, no files");
            case Project:
                using (var lines = new ResultLines(console.Out))
                using (var project = new ProjectFrames(pipeline, lines))
                {
                    await StageRun.OfFrames(Project, new FrameInput(console.In), project, feedsStage: false, console, cancel);
                }

                break;
            default:
                using (var output = new FrameOutput(console.Out))
                using (IFrameStage stage = arguments.Stage == Enrich
                    ? new EnrichFrames(pipeline, output)
                    : new AggregateFrames(pipeline, output))
                {
                    await StageRun.OfFrames(arguments.Stage, new FrameInput(console.In), stage, feedsStage: true, console, cancel);
                }

                break;
        }

        return ExitCodes.Done;
    }

    private static InstrumentBook BookOf(string? file)
    {
        if (file is null)
        {
            return InstrumentBook.Empty;
        }

        using var stream = File.OpenRead(file);
        return InstrumentCsv.Read(stream, file);
    }

    private static async Task RunOnBytes(
        TicksRunArguments arguments, TickPipeline pipeline, CommandConsole console, CancellationToken cancel)
    {
        IReadOnlyList<string> files = arguments.Files.Count == 0 ? [TickInput.StandardInput] : arguments.Files;
        using var output = new FrameOutput(console.Out);
        using var lines = new ResultLines(console.Out);
        var inputs = files.Select(file => new StageInput(
            TickInput.NameOf(file),
            pipeline.Open(new TickStreamOptions(TickInput.FormatOf(file, arguments.Input)) { Market = arguments.Market }),
            () => file == TickInput.StandardInput ? console.In : File.OpenRead(file)));
        using IByteStage stage = arguments.Stage == All
            ? new FusedBytes(pipeline, lines)
            : new NormalizeBytes(
                pipeline,
                new TooLateTicks(TickInput.AggregateOf(arguments.DelaySeconds, arguments.LatenessSeconds)),
                output,
                console.Time);
        await StageRun.OfBytes(arguments.Stage, inputs, stage, console, cancel);
    }
}

internal sealed record TicksRunArguments(
    string Stage,
    IReadOnlyList<string> Files,
    string? Input,
    string Market,
    int DelaySeconds,
    int LatenessSeconds,
    string? Instruments = null);
