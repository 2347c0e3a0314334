namespace Aurum.App.Simulation;

/// <summary>What a killed process leaves on the disk: the files as they are at that instant, before anything is closed in order.</summary>
internal static class CrashSite
{
    /// <summary>Copies the files of a store that is still open, and moves its archive, whose files are written once and never
    /// changed. What is in the other folder then is what a restart finds.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        Directory.Move(Path.Combine(from, "archive"), Path.Combine(to, "archive"));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            if (Path.GetExtension(file) == ".lock")
            {
                // A lock dies with its process; what is left is an empty file.
                continue;
            }

            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = File.Create(target);
            source.CopyTo(copy);
        }
    }
}
