using System.CommandLine;
using System.Net;
using Aurum.App.Configuration;
using Aurum.App.Registry;

namespace Aurum.App.Commands;

/// <summary><c>aurum registry serve</c>, also as <c>aurum sandbox registry</c>: a schema registry of our own, until stopped.</summary>
internal static class RegistryCommand
{
    private const int UsualPort = 8081;

    public static Command Create(CommandConsole console, Option<string> data) => new(
        "registry", "A schema registry for Kafka's events. docs/engines/registry.md says what it does.")
    {
        CreateServe("serve", console, data),
    };

    /// <param name="name">What the command is called.</param>
    /// <param name="console">Where results go.</param>
    /// <param name="data">Folder of all state.</param>
    public static Command CreateServe(string name, CommandConsole console, Option<string> data)
    {
        var port = new Option<int>("--port")
        {
            Description = "port that it listens at; 0: any free one",
            HelpName = "N",
            DefaultValueFactory = static _ => UsualPort,
        };
        var bind = new Option<string>("--bind")
        {
            Description = "address that it listens at; whoever reaches it may change schemas",
            HelpName = "ADDRESS",
            DefaultValueFactory = static _ => "127.0.0.1",
        };
        var command = new Command(name, "Run a schema registry that keeps its schemas in the data directory.") { port, bind };
        command.SetAction((parsed, cancel) => Serve(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(bind), parsed.GetValue(port), console, cancel));
        return command;
    }

    private static async Task<int> Serve(string data, string bind, int port, CommandConsole console, CancellationToken cancel)
    {
        if (!IPAddress.TryParse(bind, out var address))
        {
            throw new CommandException(ExitCodes.BadInput, $"--bind: expected an IP address like 127.0.0.1, found '{bind}'");
        }

        if (port is < 0 or > 65_535)
        {
            throw new CommandException(ExitCodes.BadInput, $"--port: expected 0 to 65535, found {port}");
        }

        var journal = Path.Combine(OptionsReader.Read(data).DataDirectory, "registry", "schemas.journal");
        try
        {
            await using var server = await RegistryServer.Start(journal, address, port, cancel);
            console.WriteLine($"registry {server.Address.AbsoluteUri.TrimEnd('/')}  (/subjects /schemas/types /config)");
            await console.Error.WriteLineAsync("aurum: the schema registry runs; Ctrl+C stops it");
            await Shutdown.Wait(cancel);
            return ExitCodes.Done;
        }
        catch (IOException error) when (port > 0 && PortHolder.IsTaken(address, port))
        {
            throw new CommandException(
                ExitCodes.Failed, $"port {port} is taken{PortHolder.Describe(port)}: {error.Message}. Name another with --port N");
        }
        catch (FormatException error)
        {
            throw new CommandException(ExitCodes.Failed, error.Message);
        }
    }
}
