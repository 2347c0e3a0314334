using System.Text.RegularExpressions;

namespace Aurum.Tests.Architecture;

/// <summary>The files of the project as they would be handed on: without what builds and runs leave behind.</summary>
internal static class Repository
{
    private static readonly HashSet<string> LeftBehind =
    [
        ".git", "bin", "obj", "node_modules", "wwwroot", "data", "artifacts", "TestResults", ".vs", ".idea", "dist",
        "test-results", "playwright-report",
    ];

    private static readonly HashSet<string> TextExtensions =
    [
        ".cs", ".csproj", ".props", ".targets", ".slnx", ".json", ".yml", ".yaml", ".md", ".sh", ".ts", ".tsx", ".js", ".mjs",
        ".css", ".html", ".sql",
        ".txt", ".xml", ".csv", ".svg", ".editorconfig", ".gitignore", ".rsp", ".config", ".toml", ".cmd", "",
    ];

    public static string Root { get; } = Samples.ProjectRoot();

    /// <summary>Paths of all text files, relative to the root, with slashes.</summary>
    public static IReadOnlyList<string> TextFiles { get; } =
    [
        .. Walk(Root).Select(static p => Path.GetRelativePath(Root, p).Replace('\\', '/')).Where(IsText)
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> SourceFiles { get; } =
        [.. TextFiles.Where(static p => p.EndsWith(".cs", StringComparison.Ordinal))];

    /// <summary>C# files with their code, read once.</summary>
    public static IReadOnlyList<CSharpFile> Sources { get; } = [.. SourceFiles.Select(static p => new CSharpFile(p, Read(p)))];

    public static IReadOnlyList<string> ProjectFiles { get; } =
        [.. TextFiles.Where(static p => p.EndsWith(".csproj", StringComparison.Ordinal))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>Fails with all violations at once, so that one run tells all there is to mend.</summary>
    /// <summary>Places of the code below a folder that a pattern finds: file and line.</summary>
    public static IEnumerable<string> Places(string folder, Regex pattern) =>
        from file in Sources
        where file.Path.StartsWith(folder, StringComparison.Ordinal)
        from match in pattern.Matches(file.Code).Cast<Match>()
        select $"{file.Path}:{file.LineOf(match.Index)}";

    public static void AssertNone(string rule, IEnumerable<string> violations)
    {
        var all = violations.ToList();
        Assert.True(all.Count == 0, $"{rule}:{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return file;
        }

        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            // The state of a run lies in the root; a folder of that name in the sources is a slice.
            var name = Path.GetFileName(inner);
            if (!LeftBehind.Contains(name) || (name is "data" or "artifacts" && folder != Root))
            {
                foreach (var file in Walk(inner))
                {
                    yield return file;
                }
            }
        }
    }

    private static bool IsText(string path) => path != ".git" && TextExtensions.Contains(Path.GetExtension(path));
}
