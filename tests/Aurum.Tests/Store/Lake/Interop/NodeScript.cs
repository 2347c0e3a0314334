using System.Diagnostics;
using System.Text.Json;

namespace Aurum.Tests.Store.Lake.Interop;

/// <summary>Runs a script beside this file, with the packages that the build installs.</summary>
internal static class NodeScript
{
    private static string Folder => Path.Combine(Samples.ProjectRoot(), "tests", "Aurum.Tests", "Store", "Lake", "Interop");

    /// <summary>The lines of JSON that a script prints.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Run(string script, IEnumerable<string> arguments, string input)
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
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, $"{script}:\n{await errors}");
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    /// <summary>The rows that icebird finds, an answer for each request.</summary>
    /// <param name="table">Folder of the table.</param>
    /// <param name="requests">Branch or tag, or snapshot; neither: the current one.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<JsonElement>>> Icebird(
        string table, params IReadOnlyList<(string? Ref, long? Snapshot)> requests)
    {
        var lines = requests.Select(r => JsonSerializer.Serialize(new { table, @ref = r.Ref, snapshot = r.Snapshot }) + "\n");
        var answers = await Run("read.mjs", [], string.Concat(lines));
        return
        [
            .. answers.Select(a => a.TryGetProperty("error", out var error)
                ? throw new InvalidOperationException(error.GetString())
                : (IReadOnlyList<JsonElement>)[.. a.GetProperty("rows").EnumerateArray()]),
        ];
    }
}
