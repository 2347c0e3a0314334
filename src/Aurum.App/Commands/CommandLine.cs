using System.CommandLine;
using Aurum.App.Configuration;
using Aurum.Market.Feeds;
using Aurum.Store;

namespace Aurum.App.Commands;

/// <summary>The verbs of <c>aurum</c>, written out, and what an error becomes: a sentence on standard error and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> Run(string[] args, CommandConsole console)
    {
        var root = Build(console);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await console.Error.WriteLineAsync($"aurum: {error.Message}");
            }

            var verb = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
            await console.Error.WriteLineAsync($"aurum: 'aurum {verb}--help' lists what it takes");
            return ExitCodes.BadInput;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            await console.Error.WriteLineAsync("aurum: stopped");
            return ExitCodes.Failed;
        }
        catch (Exception e) when (CodeOf(e) is { } code)
        {
            await console.Error.WriteLineAsync($"aurum: {e.Message}{Advice(e)}");
            return code;
        }
        catch (Exception e)
        {
            await console.Error.WriteLineAsync($"aurum: internal error, please report it: {e}");
            return ExitCodes.Internal;
        }
    }

    /// <summary>How to go on.</summary>
    private static string Advice(Exception error) => error is StoreLockedException
        ? ". Stop it first, use its HTTP API, or name another folder with --data DIR"
        : "";

    private static int? CodeOf(Exception error) => error switch
    {
        CommandException command => command.ExitCode,
        StoreLockedException => ExitCodes.Failed,
        OptionsException or FeedFormatException or FileNotFoundException or DirectoryNotFoundException => ExitCodes.BadInput,
        UnauthorizedAccessException => ExitCodes.BadInput,
        _ => null,
    };

    private static RootCommand Build(CommandConsole console)
    {
        var data = DataOption.Create();
        return new RootCommand("Energy market data: fetched, kept, checked and served, on one machine.")
        {
            data,
            UpCommand.CreateUp(console, data),
            UpCommand.CreateServe(console, data),
            FetchCommand.Create(console, data),
            BackfillCommand.Create(console, data),
            ParseCommand.Create(console),
            IngestCommand.Create(console, data),
            StatusCommand.CreateStatus(console, data),
            StatusCommand.CreateGaps(console, data),
            ReplayCommand.Create(console, data),
            SqlCommand.Create(console, data),
            SandboxCommand.Create(console),
            SimulateCommand.Create(console),
            BenchCommand.Create(console),
            DoctorCommand.Create(console, data),
        };
    }
}
