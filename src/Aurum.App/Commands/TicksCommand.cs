using System.CommandLine;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks</c>: real-time prices. What works on files alone is here without a store.</summary>
internal static class TicksCommand
{
    public static Command Create(CommandConsole console, Option<string> data) => new("ticks", "Real-time prices: make a stream, take it in, summarize it in bars.")
    {
        TicksGenerateCommand.Create(console),
        TicksReplayCommand.Create(console, data),
        TicksBarsCommand.Create(console, data),
    };
}
