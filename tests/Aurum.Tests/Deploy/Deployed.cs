using System.Diagnostics;
using System.Text.Json;
using Aurum.App.Commands;
using Aurum.App.Configuration;

namespace Aurum.Tests.Deploy;

/// <summary>What the files of <c>deploy/</c> are compared with: the program's own commands and settings, and checkers of others.</summary>
internal static class Deployed
{
    private static readonly string[] OfTheRuntime = ["AURUM_LIBRDKAFKA", "DOTNET_EnableDiagnostics", "DOTNET_gcServer"];

    public static string Interop => Path.Combine(Samples.ProjectRoot(), "tests", "Aurum.Tests", "Deploy", "Interop");

    public static string PathOf(params string[] parts) => Path.Combine([Samples.ProjectRoot(), "deploy", .. parts]);

    /// <summary>What the commands say against the arguments of a container; nothing where they understand them.</summary>
    public static IReadOnlyList<string> Complaints(IReadOnlyList<string> arguments)
    {
        var parsed = CommandLine.Build(CommandConsole.OfProcess(TimeProvider.System)).Parse(arguments);
        return [.. parsed.Errors.Select(e => $"aurum {string.Join(' ', arguments)}: {e.Message}")];
    }

    /// <summary>Whether the program reads an environment variable.</summary>
    public static bool Reads(string variable) =>
        OfTheRuntime.Contains(variable)
        || WellKnownVariables.All.Any(v => v.Name == variable)
        || (variable.StartsWith("AURUM__", StringComparison.Ordinal)
            && SettingCatalog.Instance.Find(variable["AURUM__".Length..].Replace("__", ":", StringComparison.Ordinal)) is not null);

    /// <summary>Runs a checker beside these tests. Returns its exit code and what it printed.</summary>
    public static Task<(int Code, string Output)> Node(string script, params string[] arguments) =>
        Run("node", [Path.Combine(Interop, script), .. arguments]);

    /// <summary>The JSON that a checker prints when all is well.</summary>
    public static async Task<JsonElement> Json(string script, params string[] arguments)
    {
        var (code, output) = await Node(script, arguments);
        Assert.True(code == 0, output);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }

    public static async Task<(int Code, string Output)> Run(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
