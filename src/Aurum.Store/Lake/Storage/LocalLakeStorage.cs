using System.Globalization;
using Aurum.Store.Archive;
using NodaTime;

namespace Aurum.Store.Lake.Storage;

/// <summary>A table in a local folder.</summary>
/// <param name="root">Folder of the table.</param>
/// <param name="nextToken">Chance, for the names of files that are being written.</param>
internal sealed class LocalLakeStorage(string root, Func<ulong> nextToken) : ILakeStorage
{
    /// <summary>Largest metadata file or manifest that is read, bytes.</summary>
    private const long MaxReadBytes = 1L << 30;

    /// <summary>End of the names of files that are not finished.</summary>
    public const string Unfinished = ".tmp";

    private readonly string _root = Path.GetFullPath(root);

    public string Location => "file://" + _root.Replace('\\', '/');

    public byte[] Read(string path)
    {
        var file = Local(path);
        try
        {
            var size = new FileInfo(file).Length;
            return size <= MaxReadBytes
                ? File.ReadAllBytes(file)
                : throw new LakeException($"{file}: expected at most {MaxReadBytes} bytes, found {size}");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LakeException($"{file}: expected a file of the table, found none", error);
        }
    }

    public bool Exists(string path) => File.Exists(Local(path));

    public bool CreateNew(string path, ReadOnlySpan<byte> bytes)
    {
        var file = Local(path);
        if (File.Exists(file))
        {
            return false;
        }

        if (!NewName.TryGive(WriteUnfinished(file, bytes), file))
        {
            return false;
        }

        DurableFolder.Flush(Path.GetDirectoryName(file)!);
        return true;
    }

    public void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var file = Local(path);
        File.Move(WriteUnfinished(file, bytes), file, overwrite: true);
        DurableFolder.Flush(Path.GetDirectoryName(file)!);
    }

    public void Adopt(IReadOnlyList<(string LocalFile, string Path)> files)
    {
        foreach (var folder in files.Select(f => Path.GetDirectoryName(Local(f.Path))!).Distinct().ToList())
        {
            DurableFolder.Create(folder);
        }

        foreach (var (localFile, path) in files)
        {
            using (var written = File.OpenHandle(localFile, FileMode.Open, FileAccess.ReadWrite))
            {
                RandomAccess.FlushToDisk(written);
            }

            File.Move(localFile, Local(path), overwrite: false);
        }

        foreach (var folder in files.Select(f => Path.GetDirectoryName(Local(f.Path))!).Distinct().ToList())
        {
            DurableFolder.Flush(folder);
        }
    }

    public IReadOnlyList<LakeFileInfo> List(string folder)
    {
        var at = new DirectoryInfo(Local(folder));
        return at.Exists
            ? [.. at.EnumerateFiles("*", SearchOption.AllDirectories).Select(f => new LakeFileInfo(
                Path.GetRelativePath(_root, f.FullName).Replace('\\', '/'), f.Length, Instant.FromDateTimeUtc(f.LastWriteTimeUtc)))]
            : [];
    }

    public void Delete(string path)
    {
        var file = Local(path);
        if (File.Exists(file))
        {
            File.Delete(file);
        }
    }

    public string EnginePath(string path) => Local(path);

    public void Bring(IReadOnlyList<string> paths)
    {
        // They are where the engine reads them.
    }

    public string NameOf(string path) => Local(path);

    private string WriteUnfinished(string file, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(file)!;
        DurableFolder.Create(folder);
        var unfinished = string.Create(
            CultureInfo.InvariantCulture, $"{Path.Combine(folder, "." + Path.GetFileName(file))}.{nextToken():x16}{Unfinished}");
        using var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
        return unfinished;
    }

    /// <exception cref="LakeException">A path that leads out of the table: metadata is not to be trusted with that.</exception>
    private string Local(string path)
    {
        var file = path.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(Path.Combine(_root, path));
        return file.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? file
            : throw new LakeException($"{_root}: expected a file of the table, found the path {path.Replace('\0', '?')}");
    }
}
