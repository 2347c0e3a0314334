using System.Diagnostics;
using System.Text.Json;

namespace Aurum.Tests.Engines.Interop;

/// <summary>Runs a script beside this file, with the packages that the build installs.</summary>
internal static class EngineScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static string Folder => Path.Combine(Samples.ProjectRoot(), "tests", "Aurum.Tests", "Engines", "Interop");

    /// <summary>The lines of JSON that a script prints.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Run(string script, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.StandardInput.WriteAsync(input);
        node.StandardInput.Close();
        await node.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(node.ExitCode == 0, $"{script}:\n{await errors}");
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }
}
