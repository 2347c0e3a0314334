using System.CommandLine;

namespace Aurum.App.Commands;

/// <summary><c>aurum ppa</c>: power purchase agreements, checked, valued, simulated and explained.</summary>
internal static class PpaCommand
{
    public static Command Create(CommandConsole console, Option<string> data)
    {
        var command = new Command("ppa", "Check, value, simulate and explain power purchase agreements.");
        foreach (var other in PpaTermsCommands.Create(console))
        {
            command.Add(other);
        }

        command.Add(PpaValueCommand.Create(console, data));
        command.Add(PpaExplainCommand.Create(console, data));
        command.Add(PpaRepeatCommand.Create(console, data));
        foreach (var other in PpaContractCommands.Create(console, data))
        {
            command.Add(other);
        }

        return command;
    }
}
