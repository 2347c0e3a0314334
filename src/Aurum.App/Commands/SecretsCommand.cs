using System.CommandLine;
using System.Text.Json;
using Aurum.App.Configuration;
using Aurum.App.Output;
using Aurum.Cluster;
using Aurum.Cluster.Vault;

namespace Aurum.App.Commands;

/// <summary><c>aurum secrets push|pull|check</c>: brings secrets to Vault and from there, by mappings like
/// <c>EIA_API_KEY=secret/data/aurum/eia:api_key</c>. Values are never printed, but by <c>pull --export</c>, which is asked to.</summary>
internal static class SecretsCommand
{
    private static readonly (string Name, bool IsNumber)[] Columns =
        [("variable", false), ("path", false), ("field", false), ("version", true), ("created", false), ("standing", false)];

    public static Command Create(CommandConsole console, Option<string> data) =>
        new("secrets", "Bring secrets to Vault and from there; see which are there. Values are never shown.")
        {
            CreatePush(console, data),
            CreatePull(console, data),
            CreateCheck(console, data),
        };

    private static Command CreatePush(CommandConsole console, Option<string> data)
    {
        var (mappings, file, dryRun, format) = Shared();
        var command = new Command("push", "Write values of the environment, or of the file of secrets, to Vault as new versions.")
            { mappings, file, dryRun, format };
        command.SetAction(parsed =>
        {
            var options = Options(parsed.GetRequiredValue(data), console);
            using var client = Client(options, console);
            var all = Chosen(options, parsed.GetValue(mappings), parsed.GetValue(file));
            var rows = new SecretsPush(client, options, console.World).Run(all, parsed.GetValue(dryRun), CancellationToken.None);
            return Print(rows, parsed.GetValue(format), console);
        });
        return command;
    }

    private static Command CreatePull(CommandConsole console, Option<string> data)
    {
        var (mappings, file, dryRun, format) = Shared();
        var output = new Option<string?>("--output")
        {
            Description = "file to write, mode 0600 (default: the setting SecretsFile)", HelpName = "FILE",
        };
        var export = new Option<bool>("--export")
        {
            Description = "print lines for a shell to evaluate, in place of a file: these hold the values",
        };
        var command = new Command("pull", "Write values of Vault to the file of secrets, or as lines for a shell.")
            { mappings, file, output, export, dryRun, format };
        command.SetAction(parsed =>
        {
            var options = Options(parsed.GetRequiredValue(data), console);
            using var client = Client(options, console);
            var pull = new SecretsPull(client, Chosen(options, parsed.GetValue(mappings), parsed.GetValue(file)), CancellationToken.None);
            if (pull.IsWhole && !parsed.GetValue(dryRun))
            {
                if (parsed.GetValue(export))
                {
                    RefuseTerminal(console);
                    console.Write(pull.Exports());
                    return ExitCodes.Done;
                }

                pull.WriteTo(parsed.GetValue(output) ?? options.SecretsFile ?? throw new CommandException(
                    ExitCodes.BadInput,
                    "expected --output FILE or the setting SecretsFile, found neither; --export prints lines for a shell"));
            }

            return Print(pull.Rows, parsed.GetValue(format), console);
        });
        return command;
    }

    private static Command CreateCheck(CommandConsole console, Option<string> data)
    {
        var (mappings, file, _, format) = Shared();
        var command = new Command("check", "See which secrets Vault has, their versions, and whether the environment holds another value.")
            { mappings, file, format };
        command.SetAction(parsed =>
        {
            var options = Options(parsed.GetRequiredValue(data), console);
            using var client = Client(options, console);
            var pull = new SecretsPull(client, Chosen(options, parsed.GetValue(mappings), parsed.GetValue(file)), CancellationToken.None);
            return Print(pull.Compared(new SecretValues(options, console.World)), parsed.GetValue(format), console);
        });
        return command;
    }

    private static (Argument<string[]> Mappings, Option<string?> File, Option<bool> DryRun, Option<RowFormat?> Format) Shared() => (
        new Argument<string[]>("MAPPING")
        {
            Description = "VARIABLE=secret/data/path:field (default: those of --file, else of the setting Vault:Map)",
            Arity = ArgumentArity.ZeroOrMore,
        },
        new Option<string?>("--file") { Description = "file of mappings, one a line, # begins a comment", HelpName = "FILE" },
        new Option<bool>("--dry-run") { Description = "say what would be done, and do nothing" },
        FormatOption.Create());

    /// <summary>The settings, as far as they are not kept in Vault themselves: what is there is about to be looked at.</summary>
    private static AurumOptions Options(string dataDirectory, CommandConsole console) =>
        OptionsReader.Read(dataDirectory, world: console.World with { AsksVault = false });

    private static VaultClient Client(AurumOptions options, CommandConsole console) => options.Vault is { } vault
        ? new VaultClient(vault, console.World.Time, Chance.New(), console.World.VaultHandler)
        : throw new CommandException(ExitCodes.BadInput, "no Vault is set: expected VAULT_ADDR, or Vault:Address in aurum.json");

    private static IReadOnlyList<SecretMapping> Chosen(AurumOptions options, string[]? arguments, string? file)
    {
        try
        {
            var all = arguments is { Length: > 0 } ? SecretMapping.ParseAll(arguments.Select(static (a, i) => ($"mapping {i + 1}", a)))
                : file is not null ? SecretMapping.ReadFile(file)
                : options.Vault!.Mappings;
            return all.Count > 0 ? all : throw new CommandException(
                ExitCodes.BadInput, "expected VARIABLE=secret/data/path:field, --file FILE or the setting Vault:Map, found none of them");
        }
        catch (ArgumentException e)
        {
            throw new CommandException(ExitCodes.BadInput, e.Message);
        }
    }

    private static void RefuseTerminal(CommandConsole console)
    {
        if (console.IsTerminal)
        {
            throw new CommandException(
                ExitCodes.BadInput, "secrets are not printed on a terminal: eval \"$(aurum secrets pull --export)\", or use --output FILE");
        }
    }

    /// <summary>One line a mapping. The exit code says whether all is well.</summary>
    private static int Print(IReadOnlyList<SecretRow> rows, RowFormat? format, CommandConsole console)
    {
        AdminSource.Print(
            [.. rows.Select(static r => (JsonElement[])
            [
                Cell(r.Mapping.Variable), Cell(r.Mapping.Path.ToString()), Cell(r.Mapping.Field), Cell(r.Version), Cell(r.CreatedAt),
                Cell(r.Standing),
            ])],
            Columns,
            format ?? console.DefaultFormat,
            console);
        return rows.Any(static r => r.IsWrong) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static JsonElement Cell<T>(T value) => JsonSerializer.SerializeToElement(value);
}

/// <summary>How a secret stands.</summary>
/// <param name="Mapping">Variable and place.</param>
/// <param name="Version">Its version in Vault; null: none.</param>
/// <param name="CreatedAt">When that was written; null: not known.</param>
/// <param name="Standing">In words.</param>
/// <param name="IsWrong">Whether something is to be done.</param>
internal sealed record SecretRow(SecretMapping Mapping, int? Version, string? CreatedAt, string Standing, bool IsWrong = false);
