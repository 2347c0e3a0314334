using Aurum.Store.Lake;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Storage;
using Aurum.Store.Objects;

namespace Aurum.Cluster.S3;

/// <summary>A table of the lake in a bucket. Files are there before a commit names them; the engine reads them in a local cache.</summary>
/// <param name="objects">The table's folder.</param>
/// <param name="cache">Where the engine reads.</param>
internal sealed class S3LakeStorage(IObjectStore objects, LakeCache cache) : ILakeStorage
{
    /// <summary>Largest metadata file or manifest that is read, bytes.</summary>
    private const long MaxReadBytes = 1L << 30;

    private const int ParallelFiles = 4;

    /// <summary>The cache's folder of the table: bucket and prefix.</summary>
    private readonly string _root = objects.Address["s3://".Length..];

    public string Location => objects.Address;

    public byte[] Read(string path)
    {
        Checked(path);
        return ObjectCalls.Wait(() => objects.Read(path, MaxReadBytes, CancellationToken.None))
            ?? throw new LakeException($"{NameOf(path)}: expected a file of the table, found none");
    }

    public bool Exists(string path)
    {
        Checked(path);
        return ObjectCalls.Wait(() => objects.Find(path, CancellationToken.None)) is not null;
    }

    /// <summary>Numbered metadata is created by condition or lease; names of other files have chance in them, so that nobody else
    /// writes them.</summary>
    public bool CreateNew(string path, ReadOnlySpan<byte> bytes)
    {
        Checked(path);
        var copy = bytes.ToArray();
        if (MetadataFiles.VersionOf(path) is not null)
        {
            return ObjectCalls.Wait(() => objects.PutNew(path, copy, CancellationToken.None));
        }

        ObjectCalls.Wait(() => objects.Put(path, copy, CancellationToken.None));
        return true;
    }

    public void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        Checked(path);
        var copy = bytes.ToArray();
        ObjectCalls.Wait(() => objects.Put(path, copy, CancellationToken.None));
    }

    public void Adopt(IReadOnlyList<(string LocalFile, string Path)> files)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelFiles };
        ObjectCalls.Wait(() => Parallel.ForEachAsync(
            files, parallel, async (file, cancel) => await objects.Upload(file.Path, file.LocalFile, cancel)));
        foreach (var (localFile, path) in files)
        {
            cache.Adopt(localFile, EnginePath(path));
        }

        cache.Bound();
    }

    public IReadOnlyList<LakeFileInfo> List(string folder) =>
    [
        .. ObjectCalls.List(objects, folder + "/", CancellationToken.None)
            .Select(static o => new LakeFileInfo(o.Key, o.SizeBytes, o.ModifiedAt)),
    ];

    public void Delete(string path)
    {
        Checked(path);
        ObjectCalls.Wait(() => objects.Delete(path, CancellationToken.None));
        if (File.Exists(EnginePath(path)))
        {
            File.Delete(EnginePath(path));
        }
    }

    public string EnginePath(string path) => cache.PathOf(_root, path);

    public void Bring(IReadOnlyList<string> paths)
    {
        var byFile = paths.ToDictionary(EnginePath, StringComparer.Ordinal);
        var missing = cache.Missing(byFile.Keys);
        if (missing.Count == 0)
        {
            return;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelFiles };
        ObjectCalls.Wait(() => Parallel.ForEachAsync(missing, parallel, async (file, cancel) =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (!await objects.Download(byFile[file], file, cancel))
            {
                throw new LakeException($"{NameOf(byFile[file])}: expected a file of the table, found none");
            }
        }));
        _ = cache.Missing(missing);
        cache.Bound();
    }

    public string NameOf(string path) => $"{Location}/{path}";

    /// <exception cref="LakeException">A path that leads out of the table: metadata is not to be trusted with that.</exception>
    private void Checked(string path) => _ = EnginePath(path);
}
