using System.CommandLine;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks</c>: real-time prices.</summary>
internal static class TicksCommand
{
    public static Command Create(CommandConsole console, Option<string> data) => new(
        "ticks", "Real-time prices: make a stream, send it, take it in, follow it, summarize it in bars.")
    {
        TicksGenerateCommand.Create(console),
        TicksSendCommand.Create(console, data),
        TicksReplayCommand.Create(console, data),
        TicksTailCommand.Create(console, data),
        TicksBarsCommand.Create(console, data),
        TicksDlqCommand.Create(console, data),
        TicksRedriveCommand.Create(console, data),
        TicksRunCommand.Create(console),
        TicksProduceCommand.Create(console, data),
        TicksWorkerCommand.Create(console, data),
    };
}
