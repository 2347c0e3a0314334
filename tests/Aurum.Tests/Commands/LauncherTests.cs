using System.Diagnostics;
using System.Runtime.Versioning;

namespace Aurum.Tests.Commands;

/// <summary>The script <c>aurum</c> over a made-up source tree, with programs in place of dotnet and npm that only tell what they were
/// asked.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LauncherTests : IDisposable
{
    /// <summary>Tells whether it would hand the launcher's lock on to what it starts and leaves behind.</summary>
    private const string Dotnet = """
        #!/usr/bin/env bash
        if [ -e /proc/$$/fd/9 ]; then echo "$1 with the lock"; else echo "$1"; fi >> "$CALLS"
        """;

    private static readonly DateTime LongAgo = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly TestFolder _folder = new();

    public LauncherTests()
    {
        foreach (var folder in (string[])["bin", "tree/src/Aurum.App/obj"])
        {
            Directory.CreateDirectory(_folder[folder]);
        }

        Program("bin/dotnet", Dotnet);
        Program("bin/npm", "#!/usr/bin/env bash");
        Program("tree/aurum", File.ReadAllText(System.IO.Path.Combine(Samples.ProjectRoot(), "aurum")));
        Source("A.cs");
        Source("B.cs");
    }

    [Fact]
    public void It_builds_once_and_then_only_runs()
    {
        Assert.Equal(["publish", "aurum.dll"], Launch());
        Assert.Equal(["aurum.dll"], Launch());
        Source("obj/made-by-the-build.cs");
        Assert.Equal(["aurum.dll"], Launch());
    }

    [Fact]
    public void It_builds_again_where_a_source_file_is_gone_new_or_newer()
    {
        Launch();
        File.Delete(Path("B.cs"));
        Assert.Equal(["publish", "aurum.dll"], Launch());
        Assert.Equal(["aurum.dll"], Launch());

        // Older than the build, as a file that is moved here is.
        Source("C.cs");
        Assert.Equal(["publish", "aurum.dll"], Launch());
        Assert.Equal(["aurum.dll"], Launch());

        File.SetLastWriteTimeUtc(Path("A.cs"), LongAgo.AddYears(50));
        Assert.Equal(["publish", "aurum.dll"], Launch());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>What was started, in order: the first argument's file name.</summary>
    private string[] Launch()
    {
        var calls = _folder["calls"];
        File.Delete(calls);
        var start = new ProcessStartInfo(_folder["tree/aurum"], ["--version"]);
        start.Environment["CALLS"] = calls;
        start.Environment["PATH"] = $"{_folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        using var launcher = Process.Start(start)!;
        launcher.WaitForExit();
        Assert.Equal(0, launcher.ExitCode);
        return [.. File.ReadAllLines(calls).Select(static line => System.IO.Path.GetFileName(line))];
    }

    private string Path(string source) => _folder["tree/src/Aurum.App/" + source];

    private void Source(string name)
    {
        File.WriteAllText(Path(name), "");
        File.SetLastWriteTimeUtc(Path(name), LongAgo);
    }

    private void Program(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
