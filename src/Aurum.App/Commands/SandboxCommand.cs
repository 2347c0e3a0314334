using System.CommandLine;
using System.Net;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;

namespace Aurum.App.Commands;

/// <summary><c>aurum sandbox</c>: the made-up publishers alone, on their ports, until stopped.</summary>
internal static class SandboxCommand
{
    private const int MaxNodes = 100_000;

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var seed = SandboxOption.CreateSeed("seed of the world");
        var faults = new Option<string>("--faults")
        {
            Description = "none, heavy, or a file with a script of faults",
            HelpName = "none|heavy|FILE",
            DefaultValueFactory = static _ => "none",
        };
        var nodes = new Option<int>("--nodes")
        {
            Description = $"pricing nodes of CAISO beside its hubs and areas, 0 to {MaxNodes}",
            HelpName = "N",
            DefaultValueFactory = static _ => 40,
        };
        var freePorts = new Option<bool>("--free-ports") { Description = "any free ports instead of the usual ones" };
        var command = new Command("sandbox", "Run publishers of a made-up world that speak the real wire formats.")
        {
            seed, faults, nodes, freePorts,
        };
        command.Subcommands.Add(WorkbooksCommand.Create(console));
        command.Subcommands.Add(SandboxKafkaCommand.Create(console));
        command.Subcommands.Add(RegistryCommand.CreateServe("registry", console, data));
        command.SetAction((parsed, cancel) => Run(
            new SandboxArguments(
                parsed.GetValue(seed), parsed.GetRequiredValue(faults), parsed.GetValue(nodes), parsed.GetValue(freePorts)),
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(SandboxArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        if (arguments.Nodes is < 0 or > MaxNodes)
        {
            throw new CommandException(ExitCodes.BadInput, $"--nodes: expected 0 to {MaxNodes}, found {arguments.Nodes}");
        }

        var world = new World(arguments.Seed, new WorldOptions(CaisoNodes: arguments.Nodes));
        var network = new SandboxNetwork(world, Plan(arguments.Faults, arguments.Seed));
        await using var server = await StartServer(network, arguments.FreePorts, console, cancel);
        foreach (var (publisher, address) in server.Addresses)
        {
            console.WriteLine($"{publisher,-6} {address.AbsoluteUri.TrimEnd('/')}  (/health /catalog /data/SERIES)");
        }

        await console.Error.WriteLineAsync("aurum: the sandbox runs; Ctrl+C stops it");
        await Shutdown.Wait(cancel);
        return ExitCodes.Done;
    }

    internal static FaultPlan Plan(string faults, ulong seed) => faults switch
    {
        "none" => FaultPlan.None,
        "heavy" => FaultPlan.Heavy(seed),
        _ when File.Exists(faults) => FaultPlan.FromScript(File.ReadAllText(faults)),
        _ => throw new CommandException(ExitCodes.BadInput, $"--faults: expected none, heavy or a file, found '{faults}'"),
    };

    private static async Task<SandboxServer> StartServer(
        SandboxNetwork network, bool freePorts, CommandConsole console, CancellationToken cancel)
    {
        try
        {
            return await SandboxServer.StartAsync(network, () => console.Now, console.Time, freePorts ? static _ => 0 : null, cancel);
        }
        catch (IOException)
        {
            var taken = network.Publishers.Where(p => PortHolder.IsTaken(IPAddress.Loopback, p.DefaultPort))
                .Select(p => $"port {p.DefaultPort} ({p.Name}) is taken{PortHolder.Describe(p.DefaultPort)}");
            throw new CommandException(
                ExitCodes.Failed, $"{string.Join("; ", taken)}. Stop that program, or run 'aurum sandbox --free-ports'");
        }
    }
}

/// <param name="Seed">Seed of the world.</param>
/// <param name="Faults">none, heavy, or the path of a script.</param>
/// <param name="Nodes">Pricing nodes of CAISO.</param>
/// <param name="FreePorts">Whether any free ports are taken instead of the usual ones.</param>
internal sealed record SandboxArguments(ulong Seed, string Faults, int Nodes, bool FreePorts);
