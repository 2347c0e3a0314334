using System.Text;
using System.Text.Json;
using Aurum.App.Commands;
using NodaTime;

namespace Aurum.Tests.Commands;

/// <summary>What a command printed, and its exit code.</summary>
internal sealed record CommandRun(int Code, string Out, string Error)
{
    /// <summary>When commands of tests run: the afternoon after the day of 25 hours.</summary>
    public static readonly Instant Now = Instant.FromUtc(2025, 11, 4, 20, 0);

    /// <summary>Runs the program's own command line within this process.</summary>
    public static Task<CommandRun> Of(params string[] arguments) => At(Now, arguments);

    /// <summary>Runs it at another time.</summary>
    public static async Task<CommandRun> At(Instant now, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var console = new CommandConsole(
            output, TextWriter.Synchronized(error), new StandingTime(now), IsTerminal: false, ShowsProgress: false);
        var code = await CommandLine.Run(arguments, console);
        return new CommandRun(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>This run, which must have ended with a code.</summary>
    public CommandRun Ended(int code)
    {
        Assert.True(code == Code, $"expected exit code {code}, found {Code}\n{Out}\n{Error}");
        return this;
    }

    /// <summary>A clock that stands; its timers run.</summary>
    private sealed class StandingTime(Instant now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now.ToDateTimeOffset();
    }
}
