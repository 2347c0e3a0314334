using System.CommandLine;
using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Commands;

/// <summary>Options of commands that read messages: how they are written, and what is late.</summary>
internal static class TickInput
{
    /// <summary>What stands for standard input in a list of files.</summary>
    public const string StandardInput = "-";

    private static readonly Dictionary<string, TickFormat> Formats = new()
    {
        ["json"] = TickFormat.JsonLines,
        ["csv"] = TickFormat.Csv,
        ["binary"] = TickFormat.Binary,
    };

    public static Option<string?> CreateOption()
    {
        var option = new Option<string?>("--input")
        {
            Description = "how messages are written (default: by the file's ending, .csv or .bin, else json)",
            HelpName = "json|csv|binary",
        };
        return option.AcceptOnlyFromAmong([.. Formats.Keys]);
    }

    public static Option<string> CreateMarketOption() => new("--market")
    {
        Description = "market of CSV rows without a market column, whose column names and clock then count: NYISO, ERCOT, ...",
        HelpName = "CODE",
        DefaultValueFactory = static _ => "",
    };

    public static Option<int> CreateDelayOption() => Seconds(
        "--delay", "how far ticks may come out of order without being late", new AggregateOptions().DelaySeconds);

    public static Option<int> CreateLatenessOption() => Seconds(
        "--lateness", "how long after its end a bar still takes late ticks", new AggregateOptions().LatenessSeconds);

    /// <exception cref="CommandException">One of the two is out of its range.</exception>
    public static AggregateOptions AggregateOf(int delaySeconds, int latenessSeconds)
    {
        try
        {
            return new AggregateOptions(delaySeconds, latenessSeconds).Checked();
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new CommandException(ExitCodes.BadInput, $"--delay takes 0 to 3600 seconds, --lateness 0 to 86400: {e.Message}");
        }
    }

    /// <summary>What a file is called in what is said of it.</summary>
    public static string NameOf(string file) => file == StandardInput ? "standard input" : Path.GetFileName(file);

    /// <summary>As it was asked for, else by the file's ending.</summary>
    public static TickFormat FormatOf(string file, string? input) => input is not null
        ? Formats[input]
        : Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".CSV" => TickFormat.Csv,
            ".BIN" => TickFormat.Binary,
            _ => TickFormat.JsonLines,
        };

    private static Option<int> Seconds(string name, string description, int usual) =>
        new(name) { Description = description, HelpName = "SECONDS", DefaultValueFactory = _ => usual };
}
