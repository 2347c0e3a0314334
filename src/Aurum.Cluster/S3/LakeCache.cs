using Aurum.Store.Lake;

namespace Aurum.Cluster.S3;

/// <summary>Files of the lake on the local disk, where the engine reads them: those that queries ask for, and those that were just
/// written. Bounded; a file stays at least for the hold after it was last asked for. Several processes may share the folder.</summary>
/// <remarks>Data files never change, so that a name stands for its content; each is checked by its SHA-256 when it is brought. When it was
/// last asked for is its time of last change.</remarks>
/// <param name="folder">Folder.</param>
/// <param name="maxBytes">Bound.</param>
/// <param name="hold">How long a file stays.</param>
/// <param name="time">Clock.</param>
internal sealed class LakeCache(string folder, long maxBytes, TimeSpan hold, TimeProvider time)
{
    private readonly Lock _evicting = new();

    public string Folder { get; } = Made(folder);

    /// <summary>Where a file of a table is or will be.</summary>
    public string PathOf(string root, string path)
    {
        var top = Path.Combine(Folder, root);
        var file = path.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(Path.Combine(top, path));
        return file.StartsWith(top + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? file
            : throw new LakeException($"{root}: expected a file of the table, found the path {path.Replace('\0', '?')}");
    }

    /// <summary>Marks files as asked for; returns those that are not there.</summary>
    public List<string> Missing(IEnumerable<string> files)
    {
        var missing = new List<string>();
        foreach (var file in files)
        {
            if (!Touch(file))
            {
                missing.Add(file);
            }
        }

        return missing;
    }

    /// <summary>Takes over a finished local file.</summary>
    public void Adopt(string localFile, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Move(localFile, file, overwrite: true);
        Touch(file);
    }

    /// <summary>Removes what was not asked for longest, until the bound holds.</summary>
    /// <exception cref="LakeException">What is held alone is larger.</exception>
    public void Bound()
    {
        lock (_evicting)
        {
            var files = new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(static f => (f.FullName, f.Length, f.LastWriteTimeUtc)).OrderBy(static f => f.LastWriteTimeUtc).ToList();
            var total = files.Sum(static f => f.Length);
            var heldSince = time.GetUtcNow().UtcDateTime - hold;
            foreach (var (file, length, asked) in files.TakeWhile(f => f.LastWriteTimeUtc < heldSince))
            {
                if (total <= maxBytes)
                {
                    return;
                }

                File.Delete(file);
                total -= length;
            }

            if (total > maxBytes)
            {
                throw new LakeException(
                    $"S3:CacheMiB: expected room for the files that queries of the last {hold.TotalMinutes:N0} minutes read, "
                    + $"{(total >> 20) + 1:N0} MiB, found {maxBytes >> 20:N0} MiB");
            }
        }
    }

    private bool Touch(string file)
    {
        try
        {
            File.SetLastWriteTimeUtc(file, time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static string Made(string folder)
    {
        Directory.CreateDirectory(folder);
        return Path.GetFullPath(folder);
    }
}
