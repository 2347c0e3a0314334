using System.CommandLine;
using Aurum.App.Configuration;

namespace Aurum.App.Commands;

/// <summary><c>--data DIR</c>, which every command takes.</summary>
internal static class DataOption
{
    public static Option<string> Create() => new("--data")
    {
        Description = "folder of all state",
        HelpName = "DIR",
        DefaultValueFactory = static _ => "data",
        Recursive = true,
    };

    /// <summary>Opens the platform of a data directory for one command.</summary>
    public static Platform Open(string dataDirectory, CommandConsole console, string holder) =>
        Platform.Open(OptionsReader.Read(dataDirectory), new PlatformWorld(console.Time, holder) { Tell = console.Note });

    /// <summary>Opens the platform against a sandbox, where one runs.</summary>
    public static Platform Open(
        string dataDirectory,
        CommandConsole console,
        string holder,
        SandboxOption.RunningSandbox sandbox,
        Func<AurumOptions, AurumOptions>? change = null) =>
        Platform.Open(
            OptionsReader.Read(dataDirectory, options => sandbox.Point(change is null ? options : change(options))),
            sandbox.World(console, holder));
}
