using System.Runtime.CompilerServices;

namespace Aurum.Tests;

/// <summary>Recorded payloads of real publishers, read in place beside the project; they are never copied into it.</summary>
internal static class Samples
{
    private static readonly string Root = FindRoot();

    public static string ProjectRoot() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>Beside the project, or beside a folder that holds it (a worktree).</summary>
    private static string FindRoot()
    {
        for (var folder = Directory.GetParent(ProjectRoot()); folder is not null; folder = folder.Parent)
        {
            var samples = Path.Combine(folder.FullName, "shared", "samples");
            if (Directory.Exists(samples))
            {
                return samples;
            }
        }

        return Path.GetFullPath(Path.Combine(ProjectRoot(), "..", "shared", "samples"));
    }

    /// <summary>Path of a sample. Fails, never skips, where it is missing.</summary>
    public static string PathOf(string publisher, string file)
    {
        var path = Path.Combine(Root, publisher, file);
        Assert.True(File.Exists(path), $"sample {publisher}/{file} is missing: the recorded payloads belong in {Root}");
        return path;
    }

    /// <summary>Names of the folders: one a publisher.</summary>
    public static IEnumerable<string> Folders() => Directory.EnumerateDirectories(Root).Select(static path => Path.GetFileName(path)!);

    public static IEnumerable<string> Files(string publisher)
    {
        var folder = Path.Combine(Root, publisher);
        Assert.True(Directory.Exists(folder), $"samples of {publisher} are missing: the recorded payloads belong in {Root}");
        return Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
