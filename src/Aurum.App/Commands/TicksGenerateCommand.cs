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
        var count = new Option<long>("--count") { Description = "messages", HelpName = "N", DefaultValueFactory = static _ => 1_000 };
        var instruments = new Option<int>("--instruments")
        {
            Description = "instruments, 1 to 1000000; every twentieth is a month of a forward curve",
            HelpName = "N",
            DefaultValueFactory = static _ => 100,
        };
        var start = new Option<string>("--start")
        {
            Description = "event time of the first tick",
            HelpName = "UTC",
            DefaultValueFactory = static _ => "2026-03-02T15:00:00Z",
        };
        var duplicates = new Option<double>("--duplicates") { Description = "share of messages that are sent twice", HelpName = "0..1" };
        var disorder = new Option<double>("--disorder") { Description = "seconds that messages come out of order", HelpName = "S" };
        var seed = SandboxOption.CreateSeed("seed of the stream");
        var to = new Option<string?>("--to") { Description = "file to write (default: standard output)", HelpName = "FILE" };
        var command = new Command("generate", "Write a made-up stream of real-time prices.")
        {
            mode, form, count, instruments, start, duplicates, disorder, seed, to,
        };
        command.SetAction((parsed, cancel) =>
        {
            var options = new MadeStreamOptions(
                parsed.GetValue(seed),
                Modes[parsed.GetRequiredValue(mode)],
                Between(parsed.GetValue(count), 0, MaxCount, "--count"),
                (int)Between(parsed.GetValue(instruments), 1, 1_000_000, "--instruments"),
                StartOf(parsed.GetRequiredValue(start)))
            {
                Duplicates = Share(parsed.GetValue(duplicates)),
                DisorderSeconds = Between(parsed.GetValue(disorder), 0, 86_400, "--disorder"),
            };
            return Task.FromResult(Run(options, Forms[parsed.GetRequiredValue(form)], parsed.GetValue(to), console, cancel));
        });
        return command;
    }

    public static int Run(MadeStreamOptions options, TickForm form, string? file, CommandConsole console, CancellationToken cancel)
    {
        if (options.Mode == TickMode.Malformed && form != TickForm.ContractB)
        {
            throw new CommandException(
                ExitCodes.BadInput, "--mode malformed: expected --form json, as broken messages are made of it alone");
        }

        using var stream = file is null ? null : File.Create(file);
        var output = stream ?? console.Out;
        var made = new MadeStream(options);
        var writer = new TickWriter(made, options, form);
        var bytes = new ArrayBufferWriter<byte>(FlushBytes + 4096);
        foreach (var tick in made.Read())
        {
            writer.Write(bytes, tick);
            if (bytes.WrittenCount >= FlushBytes)
            {
                cancel.ThrowIfCancellationRequested();
                output.Write(bytes.WrittenSpan);
                bytes.ResetWrittenCount();
            }
        }

        output.Write(bytes.WrittenSpan);
        output.Flush();
        return ExitCodes.Done;
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
