namespace Aurum.App.Simulation;

/// <summary>What a killed process leaves on the disk: the files as they are at that instant, before anything is closed in order.</summary>
internal static class CrashSite
{
    /// <summary>Copies the files of a store that is still open. The copy is what a restart finds.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            if (Path.GetExtension(file) == ".lock")
            {
                // A lock dies with its process; what is left is an empty file.
                continue;
            }

            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (file.Contains($"{Path.DirectorySeparatorChar}archive{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            {
                // Written once and never changed.
                File.Move(file, target);
            }
            else
            {
                using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var copy = File.Create(target);
                source.CopyTo(copy);
            }
        }
    }
}
