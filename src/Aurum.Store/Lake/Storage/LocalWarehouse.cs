using Aurum.Store.Archive;
using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake.Storage;

/// <summary>Tables in a local folder: a folder for each namespace, and in it one for each table.</summary>
internal sealed class LocalWarehouse : ILakeWarehouse
{
    private readonly string _folder;
    private readonly Func<ulong> _nextToken;

    /// <param name="folder">Folder; made where it is not there.</param>
    /// <param name="nextToken">Chance, for names.</param>
    public LocalWarehouse(string folder, Func<ulong> nextToken)
    {
        (_folder, _nextToken) = (Path.GetFullPath(folder), nextToken);
        DurableFolder.Create(_folder);
    }

    public string Address => _folder;

    public IReadOnlyList<string> EngineFolders => [_folder];

    public IReadOnlyList<LakeName> Names() =>
    [
        .. from space in Directory.EnumerateDirectories(_folder).Order(StringComparer.Ordinal)
        from table in Directory.EnumerateDirectories(space).Order(StringComparer.Ordinal)
        select LakeName.Parse($"{Path.GetFileName(space)}.{Path.GetFileName(table)}"),
    ];

    public LakeHome Open(LakeName name)
    {
        var storage = new LocalLakeStorage(Path.Combine(_folder, name.Namespace, name.Table), _nextToken);
        return new LakeHome(storage, new MetadataFiles(storage));
    }

    /// <summary>A table wherever it lies in the folder.</summary>
    /// <exception cref="LakeException">It lies elsewhere.</exception>
    public ILakeStorage StorageAt(string location)
    {
        const string Scheme = "file://";
        var path = location.StartsWith(Scheme, StringComparison.Ordinal)
            ? Path.GetFullPath(location[Scheme.Length..].TrimEnd('/'))
            : "";
        return path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? new LocalLakeStorage(path, _nextToken)
            : throw new LakeException($"expected a table below file://{_folder}, found it at {location}");
    }

    public void Dispose()
    {
        // A folder is not held.
    }
}
