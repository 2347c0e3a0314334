using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Aurum.App.Configuration;
using Aurum.App.Curves;
using Aurum.App.Output;
using Aurum.App.Running;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Registry;
using Aurum.Cluster.Vault;
using Aurum.Curves.Documents;
using Aurum.Market.Feeds;
using Aurum.Market.Text;
using Aurum.Store.Engines;
using Aurum.Store.Lake;
using Aurum.Store.Objects;
using Aurum.Store;
using ParseResult = System.CommandLine.ParseResult;

namespace Aurum.App.Commands;

/// <summary>The verbs of <c>aurum</c>, written out, and what an error becomes: a sentence on standard error and an exit
/// code.</summary>
internal static partial class CommandLine
{
    /// <param name="args">What was typed.</param>
    /// <param name="console">Where results and complaints go.</param>
    /// <param name="cancel">Asks the command to stop.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args, CommandConsole console, CancellationToken cancel = default)
    {
        var parsed = Build(console).Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            return await Complain(parsed, parsed.Errors.Select(static e => InWords(e.Message)), console);
        }

        if (UnknownOption(parsed) is { } option)
        {
            return await Complain(parsed, [option], console);
        }

        try
        {
            using var help = new StringWriter();
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = help,
            };
            var code = await parsed.InvokeAsync(configuration, cancel);
            console.Write(help.ToString());
            return code;
        }
        catch (OperationCanceledException)
        {
            await console.Error.WriteLineAsync("aurum: stopped");
            return ExitCodes.Failed;
        }
        catch (OutputClosedException e) when (e.IsReaderGone)
        {
            return ExitCodes.Done;
        }
        catch (Exception e) when (CodeOf(e) is { } failure)
        {
            await console.Error.WriteLineAsync($"aurum: {e.Message}{Advice(e)}");
            return failure;
        }
        catch (Exception e)
        {
            await console.Error.WriteLineAsync($"aurum: internal error, please report it: {e}");
            return ExitCodes.Internal;
        }
    }

    /// <summary>A command that takes words would take an option that it does not have for one of them, and find nothing: null where
    /// there is none, or where words were set apart with a double dash.</summary>
    private static string? UnknownOption(ParseResult parsed)
    {
        var result = parsed.CommandResult;
        if (parsed.Tokens.Any(static t => t.Type == TokenType.DoubleDash)
            || result.Tokens.FirstOrDefault(static t => OptionForm().IsMatch(t.Value)) is not { } token)
        {
            return null;
        }

        var near = NearestName.To(token.Value, result.Command.Options.Select(static o => o.Name));
        return $"expected an option of '{PathOf(result.Command)}'{(near is null ? "" : $" such as {near}")}, found '{token.Value}'";
    }

    /// <summary><c>aurum curves list</c>.</summary>
    private static string PathOf(Command command) => command is RootCommand ? "aurum"
        : command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}"
        : command.Name;

    [GeneratedRegex("^--[a-z][a-z-]*(=.*)?$", RegexOptions.Singleline)]
    private static partial Regex OptionForm();

    private static async Task<int> Complain(ParseResult parsed, IEnumerable<string> mistakes, CommandConsole console)
    {
        foreach (var mistake in mistakes)
        {
            await console.Error.WriteLineAsync($"aurum: {mistake}");
        }

        var isRoot = parsed.CommandResult.Command is RootCommand;
        var known = parsed.RootCommandResult.Command.Subcommands.Select(c => c.Name);
        var near = isRoot && parsed.UnmatchedTokens is [var typed, ..] ? NearestName.To(typed, known) : null;
        var guess = near is null ? "" : $"did you mean 'aurum {near}'? ";
        await console.Error.WriteLineAsync($"aurum: {guess}'{PathOf(parsed.CommandResult.Command)} --help' lists what it takes");
        return ExitCodes.BadInput;
    }

    /// <summary>The parser names types of the program: what they stand for is a number.</summary>
    private static string InWords(string mistake) => WrongType().Match(mistake) is { Success: true, Groups: var parts }
        ? $"{parts[2].Value}: expected a {(parts[3].Value is "Double" or "Decimal" ? "number" : "whole number")}, found '{parts[1].Value}'"
        : mistake;

    [GeneratedRegex(
        @"^Cannot parse argument '(.*)' for (?:option|command) '(.*)' as expected type "
        + @"'(?:System\.Nullable`1\[)?System\.(U?Int\d\d|Double|Decimal)\]?'\.$",
        RegexOptions.Singleline)]
    private static partial Regex WrongType();

    /// <summary>How to go on.</summary>
    private static string Advice(Exception error) => error switch
    {
        StoreLockedException => ". Stop it first, ask it with 'aurum sql' or its HTTP API, or name another folder with --data DIR",
        StoreException => ". 'aurum doctor' looks at the data directory",
        EngineException => ". 'aurum doctor' looks at the database",
        VaultException => ". 'aurum doctor' looks at Vault",
        ObjectStoreException => ". 'aurum doctor' looks at the bucket",
        IOException or UnauthorizedAccessException => ". 'aurum doctor' looks at disk and permissions",
        _ => "",
    };

    private static int? CodeOf(Exception error) => error switch
    {
        CommandException command => command.ExitCode,
        OptionsException or FeedFormatException or UnauthorizedAccessException => ExitCodes.BadInput,
        BackfillRefusedException or UnknownJobException or CurveRefusedException => ExitCodes.BadInput,
        FileNotFoundException or DirectoryNotFoundException => ExitCodes.BadInput,
        StoreLockedException or StoreException or EngineException or ClickHouseException => ExitCodes.Failed,
        LakeException or DocumentException => ExitCodes.BadInput,
        LakeConflictException or VaultException or RegistryException or BrokerException => ExitCodes.Failed,
        OutputClosedException or IOException => ExitCodes.Failed,
        _ => null,
    };

    /// <summary>All commands with their options.</summary>
    internal static RootCommand Build(CommandConsole console)
    {
        var data = DataOption.Create();
        var root = new RootCommand("Energy market data: fetched, kept, checked and served, on one machine.")
        {
            data,
            UpCommand.CreateUp(console, data),
            UpCommand.CreateServe(console, data),
            WorkerCommand.Create(console, data),
            FetchCommand.Create(console, data),
            BackfillCommand.Create(console, data),
            JobsCommand.Create(console, data),
            ParseCommand.Create(console),
            IngestCommand.Create(console, data),
            CurvesCommand.Create(console, data),
            ScenarioCommand.Create(console, data),
            PpaCommand.Create(console, data),
            FeedsCommand.Create(console),
            StatusCommand.CreateStatus(console, data),
            LimitsCommand.Create(console, data),
            SinksCommand.Create(console, data),
            ClickHouseCommand.Create(console, data),
            DbCommand.Create(console, data),
            StatusCommand.CreateGaps(console, data),
            SeriesCommand.Create(console, data),
            StatusCommand.CreateDrift(console, data),
            StatusCommand.CreateWarnings(console, data),
            ReplayCommand.Create(console, data),
            ArchiveCommand.Create(console, data),
            S3Command.Create(console, data),
            SqlCommand.Create(console, data),
            LakeCommand.Create(console, data),
            LineageCommand.Create(console, data),
            ContractsCommand.Create(console, data),
            RegistryCommand.Create(console, data),
            KafkaCommand.Create(console, data),
            ReconcileCommand.Create(console, data),
            SandboxCommand.Create(console, data),
            TicksCommand.Create(console, data),
            SimulateCommand.Create(console),
            BenchCommand.Create(console),
            ConfigCommand.Create(console, data),
            SecretsCommand.Create(console, data),
            DoctorCommand.Create(console, data),
        };
        NotedCommand.AddTo(root);
        return root;
    }
}
