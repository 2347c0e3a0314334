using System.Diagnostics;

namespace Aurum.Tests.Browser;

/// <summary>The page's TypeScript, by its own tools; what they say is the message of a failure.</summary>
[Trait("Category", "Browser")]
public sealed class ScriptTests
{
    [Theory]
    [InlineData("check")]
    [InlineData("test")]
    public async Task The_script_holds_its_types_and_its_tests(string script)
    {
        var ui = Path.Combine(Samples.ProjectRoot(), "src", "Aurum.App", "Web", "ui");
        Assert.True(
            Directory.Exists(Path.Combine(ui, "node_modules")),
            "the page's packages are missing: build src/Aurum.App without -p:SkipUi=true");
        var start = new ProcessStartInfo("npm", ["run", "--silent", script])
        {
            WorkingDirectory = ui,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start) ?? throw new InvalidOperationException("npm did not start");
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        Assert.True(npm.ExitCode == 0, $"npm run {script}:\n{await output}{await errors}");
    }
}
