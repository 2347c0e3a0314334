using System.Runtime.Versioning;

namespace Aurum.Tests.Docs;

/// <summary>What the README shows is what happens.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReadmeTests
{
    [Fact]
    public async Task Every_command_of_the_README_prints_what_is_shown()
    {
        var readme = Path.Combine(Samples.ProjectRoot(), "README.md");
        Assert.True(File.Exists(readme), "there is no README.md");
        var blocks = ConsoleBlock.Read(await File.ReadAllTextAsync(readme));
        Assert.True(blocks.Sum(static b => b.Steps.Count) > 0, "README.md shows no command in a console block");
        await using var session = new ConsoleSession(ConsoleSession.BuiltProgram());
        var faults = await session.RunAsync("README.md", blocks);
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }
}
