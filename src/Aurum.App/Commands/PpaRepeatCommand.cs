using System.CommandLine;
using System.Text.Json;
using Aurum.App.Output;
using Aurum.App.Ppa.Results;
using Aurum.Curves.Manifests;

namespace Aurum.App.Commands;

/// <summary><c>aurum ppa repeat FILE</c>: does again what a manifest says, and compares to the byte.</summary>
internal static class PpaRepeatCommand
{
    public static Command Create(CommandConsole console, Option<string> data)
    {
        var file = new Argument<string>("FILE") { Description = "what 'aurum ppa value --manifest FILE' wrote" };
        var tenant = PpaContractCommands.TenantOption();
        var command = new Command("repeat", "Do a valuation again as its manifest says, and compare it to the byte.") { file, tenant };
        command.SetAction(async (parsed, cancel) =>
        {
            var name = parsed.GetRequiredValue(file);
            var (manifest, expected) = Read(name, await PpaFile.Read(name, console, cancel));
            var source = new PpaSource(parsed.GetRequiredValue(data), parsed.GetRequiredValue(tenant), console);
            return await source.Ask(
                (desk, _) =>
                {
                    using var progress = new SimulationProgress(console);
                    return Print(desk.Repeat(source.Tenant, manifest, expected, progress, cancel), console);
                },
                async remote =>
                {
                    var body = $$"""{"manifest": {{manifest.ToJson()}}, "version_hash": {{JsonSerializer.Serialize(expected)}}}""";
                    return Print((await remote.Post("/v1/ppa/repeat", body, cancel)).Data, console);
                },
                cancel);
        });
        return command;
    }

    /// <summary>The manifest of an answer, and the hash of its result, as a file has them.</summary>
    public static string FileOf(JsonElement answer) =>
        $$"""{"manifest":{{answer.GetProperty("manifest").GetRawText()}},"version_hash":"{{answer.GetProperty("version_hash")}}"}""" + "\n";

    private static (RunManifest Manifest, string? Expected) Read(string name, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.TryGetProperty("manifest", out var manifest)
                ? (RunManifest.Parse(manifest.GetRawText()), root.TryGetProperty("version_hash", out var hash) ? hash.GetString() : null)
                : (RunManifest.Parse(text), null);
        }
        catch (Exception mistake) when (mistake is JsonException or FormatException or InvalidOperationException)
        {
            throw new CommandException(ExitCodes.BadInput, $"{name}: {mistake.Message}");
        }
    }

    private static int Print(RepeatedValuation repeated, CommandConsole console) =>
        Print(repeated.IsSame, repeated.Valued.DocumentSha256, repeated.Differences, console);

    private static int Print(JsonElement repeated, CommandConsole console) => Print(
        repeated.GetProperty("is_same").GetBoolean(), repeated.GetProperty("version_hash").GetString()!,
        [.. repeated.GetProperty("differences").EnumerateArray().Select(static d => d.GetString()!)], console);

    private static int Print(bool isSame, string hash, IReadOnlyList<string> differences, CommandConsole console)
    {
        console.WriteLine($"{(isSame ? "the same to the byte" : "not the same")}: {hash}");
        foreach (var difference in differences)
        {
            console.WriteLine(difference);
        }

        return isSame ? ExitCodes.Done : ExitCodes.Failed;
    }
}
