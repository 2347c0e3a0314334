using System.CommandLine;
using System.Globalization;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;

namespace Aurum.App.Commands;

/// <summary><c>aurum sandbox</c>: the made-up publishers alone, on their ports, until stopped.</summary>
internal static class SandboxCommand
{
    public static Command Create(CommandConsole console)
    {
        var seed = new Option<ulong>("--seed") { Description = "seed of the world", DefaultValueFactory = static _ => SandboxOption.DefaultSeed };
        var faults = new Option<string>("--faults") { Description = "none, heavy, or a file with a script of faults", DefaultValueFactory = static _ => "none" };
        var nodes = new Option<int>("--nodes") { Description = "pricing nodes of CAISO, 0 to 100000", DefaultValueFactory = static _ => 40 };
        var command = new Command("sandbox", "Run publishers of a made-up world that speak the real wire formats.") { seed, faults, nodes };
        command.SetAction((parsed, cancel) => Run(
            parsed.GetValue(seed), parsed.GetRequiredValue(faults), parsed.GetValue(nodes), console, cancel));
        return command;
    }

    public static async Task<int> Run(ulong seed, string faults, int nodes, CommandConsole console, CancellationToken cancel)
    {
        var network = new SandboxNetwork(new World(seed, new WorldOptions(CaisoNodes: nodes)), Plan(faults, seed));
        await using var server = await StartServer(network, console, cancel);
        foreach (var (publisher, address) in server.Addresses)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{publisher,-6} {address.AbsoluteUri.TrimEnd('/')}  (/health /catalog /data/SERIES)"));
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

    private static async Task<SandboxServer> StartServer(SandboxNetwork network, CommandConsole console, CancellationToken cancel)
    {
        try
        {
            return await SandboxServer.StartAsync(network, () => console.Now, console.Time, null, cancel);
        }
        catch (IOException e)
        {
            throw new CommandException(ExitCodes.Failed, $"a port of the sandbox is taken: {e.Message} Stop the program that holds it.");
        }
    }
}
