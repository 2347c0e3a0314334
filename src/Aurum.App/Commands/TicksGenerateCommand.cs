using System.Buffers;
using System.CommandLine;
using Aurum.Sandbox.Ticks;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks generate</c>: a made-up stream of real-time prices, the same for the same seed, to a file or standard
/// output.</summary>
internal static class TicksGenerateCommand
{
    private const int FlushBytes = 1 << 20;
    private const long MaxCount = 1_000_000_000;
    private const long UsualCount = 1_000;
    private const string UsualStart = "2026-03-02T15:00:00Z";

    private static readonly Dictionary<string, TickMode> Modes = new()
    {
        ["continuous"] = TickMode.Continuous,
        ["historical"] = TickMode.Historical,
        ["high-volume"] = TickMode.HighVolume,
        ["malformed"] = TickMode.Malformed,
    };

    private static readonly Dictionary<string, TickForm> Forms = new()
    {
        ["json"] = TickForm.ContractB,
        ["json-a"] = TickForm.ContractA,
        ["csv"] = TickForm.Csv,
        ["binary"] = TickForm.Binary,
    };

    public static Command Create(CommandConsole console)
    {
        var mode = Choice(
            "--mode", "one tick a second, every five minutes, 100,000 a second, or with broken messages", Modes, "continuous");
        var form = Choice("--form", "JSON lines of contract B, of contract A, CSV or binary records", Forms, "json");
        var count = new Option<long?>("--count") { Description = $"messages (default {UsualCount}; with --live no end)", HelpName = "N" };
        var instruments = new Option<int>("--instruments")
        {
            Description = "instruments, 1 to 1000000; every twentieth is a month of a forward curve",
            HelpName = "N",
            DefaultValueFactory = static _ => 100,
        };
        var start = new Option<string?>("--start")
        {
            Description = $"event time of the first tick (default {UsualStart}; with --live now)",
            HelpName = "UTC",
        };
        var every = new Option<double>("--every") { Description = "seconds from tick to tick (default: as the mode says)", HelpName = "S" };
        var live = new Option<bool>("--live") { Description = "write each message when its time comes, as a real source would" };
        var duplicates = new Option<double>("--duplicates") { Description = "share of messages that are sent twice", HelpName = "0..1" };
        var disorder = new Option<double>("--disorder") { Description = "seconds that messages come out of order", HelpName = "S" };
        var seed = SandboxOption.CreateSeed("seed of the stream");
        var to = new Option<string?>("--to") { Description = "file to write (default: standard output)", HelpName = "FILE" };
        var command = new NotedCommand("generate", """
            Write a made-up stream of real-time prices with bids and asks, the same for the same seed.

            Examples:
              aurum ticks generate --mode high-volume --count 100000 --to ticks.json
              aurum ticks generate --live --every 0.05 | aurum ticks send -
            """)
        {
            mode, form, count, instruments, start, every, live, duplicates, disorder, seed, to,
        };
        command.SetAction((parsed, cancel) =>
        {
            var isLive = parsed.GetValue(live);
            var first = parsed.GetValue(start) is { } text ? StartOf(text) : isLive ? console.Now : StartOf(UsualStart);
            // A stream of now is another one each time: its event ids must not be those of the last.
            var isChosen = parsed.GetResult(seed) is { Implicit: false };
            var options = new MadeStreamOptions(
                isLive && !isChosen ? (ulong)first.ToUnixTimeSeconds() : parsed.GetValue(seed),
                Modes[parsed.GetRequiredValue(mode)],
                Between(parsed.GetValue(count) ?? (isLive ? MaxCount : UsualCount), 0, MaxCount, "--count"),
                (int)Between(parsed.GetValue(instruments), 1, 1_000_000, "--instruments"),
                first)
            {
                HasQuotes = true,
                Duplicates = Share(parsed.GetValue(duplicates)),
                DisorderSeconds = Between(parsed.GetValue(disorder), 0, 86_400, "--disorder"),
                StepMicros = (long)(1e6 * Between(parsed.GetValue(every), 0, 86_400, "--every")),
            };
            return Run(options, Forms[parsed.GetRequiredValue(form)], isLive, parsed.GetValue(to), console, cancel);
        });
        return command;
    }

    public static async Task<int> Run(
        MadeStreamOptions options, TickForm form, bool isLive, string? file, CommandConsole console, CancellationToken cancel)
    {
        if (options.Mode == TickMode.Malformed && form != TickForm.ContractB)
        {
            throw new CommandException(
                ExitCodes.BadInput, "--mode malformed: expected --form json, as broken messages are made of it alone");
        }

        await using var stream = file is null ? null : File.Create(file);
        var output = stream ?? console.Out;
        var made = new MadeStream(options);
        var writer = new TickWriter(made, options, form);
        var bytes = new ArrayBufferWriter<byte>(FlushBytes + 4096);
        foreach (var tick in made.Read())
        {
            if (isLive && !await IsTimeOf(tick, output, bytes, console, cancel))
            {
                break;
            }

            writer.Write(bytes, tick);
            if (bytes.WrittenCount >= FlushBytes)
            {
                cancel.ThrowIfCancellationRequested();
                Send(output, bytes);
            }
        }

        Send(output, bytes);
        return ExitCodes.Done;
    }

    /// <summary>Waits until a tick has been taken in; what was written before goes out first.</summary>
    /// <returns>False where the stream is to end.</returns>
    private static async Task<bool> IsTimeOf(
        MadeTick tick, Stream output, ArrayBufferWriter<byte> bytes, CommandConsole console, CancellationToken cancel)
    {
        var wait = Instant.FromUnixTimeTicks(10 * tick.IngestedMicros) - console.Now;
        if (wait <= Duration.Zero)
        {
            return !cancel.IsCancellationRequested;
        }

        Send(output, bytes);
        try
        {
            await Task.Delay(wait.ToTimeSpan(), console.Time, cancel);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static void Send(Stream output, ArrayBufferWriter<byte> bytes)
    {
        output.Write(bytes.WrittenSpan);
        output.Flush();
        bytes.ResetWrittenCount();
    }

    private static Option<string> Choice<T>(string name, string description, Dictionary<string, T> values, string usual)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', values.Keys),
            DefaultValueFactory = _ => usual,
        };
        return option.AcceptOnlyFromAmong([.. values.Keys]);
    }

    private static double Share(double value) => value is >= 0 and <= 1
        ? value
        : throw new CommandException(ExitCodes.BadInput, $"--duplicates: expected 0 to 1, found {value}");

    private static T Between<T>(T value, T least, T most, string option)
        where T : IComparable<T> => value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
        ? value
        : throw new CommandException(ExitCodes.BadInput, $"{option}: expected {least} to {most}, found {value}");

    private static Instant StartOf(string text)
    {
        var parsed = InstantPattern.ExtendedIso.Parse(text);
        return parsed.Success
            ? parsed.Value
            : throw new CommandException(ExitCodes.BadInput, $"--start: expected a time such as 2026-03-02T15:00:00Z, found '{text}'");
    }
}
