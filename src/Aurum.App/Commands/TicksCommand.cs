using System.CommandLine;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks</c>: real-time prices. What works on files alone is here without a store.</summary>
internal static class TicksCommand
{
    public static Command Create(CommandConsole console) => new("ticks", "Real-time prices: make a stream, summarize it in bars.")
    {
        TicksGenerateCommand.Create(console),
        TicksBarsCommand.Create(console),
    };
}
