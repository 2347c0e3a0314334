using System.Runtime.Versioning;

namespace Aurum.Tests.Docs;

/// <summary>Whoever types what docs/ppa.md shows gets from nothing to the value of a contract.</summary>
[UnsupportedOSPlatform("windows")]
[Trait("Category", "Slow")]
public sealed class PpaDocTests
{
    [Fact]
    public async Task Every_command_of_the_guide_prints_what_is_shown()
    {
        var guide = Path.Combine(Samples.ProjectRoot(), "docs", "ppa.md");
        var blocks = ConsoleBlock.Read(await File.ReadAllTextAsync(guide));
        Assert.True(blocks.Sum(static b => b.Steps.Count) >= 7, "docs/ppa.md shows too few commands in console blocks");
        await using var session = new ConsoleSession(ConsoleSession.BuiltProgram());
        var faults = await session.RunAsync("docs/ppa.md", blocks);
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }
}
