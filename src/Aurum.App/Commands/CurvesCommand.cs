using System.CommandLine;

namespace Aurum.App.Commands;

/// <summary><c>aurum curves</c>: forward curves from vendors' workbooks.</summary>
internal static class CurvesCommand
{
    public static Command Create(CommandConsole console, Option<string> data)
    {
        var command = new Command("curves", "Load vendors' workbooks, and read, compare and repair forward curves.")
        {
            CurvesLoadCommand.Create(console, data),
            CurvesBuildCommand.Create(console, data),
            CurvesBlocksCommand.Create(console, data),
        };
        foreach (var other in CurvesReadCommands.Create(console, data).Concat(CurvesBranchCommands.Create(console, data)))
        {
            command.Add(other);
        }

        return command;
    }
}
