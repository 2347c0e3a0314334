using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Storage;
using NodaTime;

namespace Aurum.Store.Lake.Writing;

/// <summary>Removes files that nothing leads to: what expired snapshots alone had, and what writers left that did not commit.</summary>
internal sealed class Reachable(ILakeStorage storage, TableManifests manifests)
{
    /// <summary>Paths of all files that the snapshots of a table have.</summary>
    public HashSet<string> Files(TableMetadata table) => Files(table, table.Snapshots);

    /// <summary>Paths of all files that some snapshots of a table have.</summary>
    public HashSet<string> Files(TableMetadata table, IEnumerable<Snapshot> snapshots)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var snapshot in snapshots)
        {
            paths.Add(LakePaths.Relative(table, snapshot.ManifestList));
            foreach (var manifest in manifests.List(table, snapshot))
            {
                if (paths.Add(LakePaths.Relative(table, manifest.Path)))
                {
                    paths.UnionWith(manifests.Entries(table, manifest).Where(e => e.IsLive)
                        .Select(e => LakePaths.Relative(table, e.File.Path)));
                }
            }
        }

        return paths;
    }

    /// <summary>Removes what snapshots had that are no longer there.</summary>
    /// <param name="before">Metadata with them.</param>
    /// <param name="after">Metadata without them, committed.</param>
    /// <returns>Files.</returns>
    public int RemoveExpired(TableMetadata before, TableMetadata after)
    {
        var gone = before.Snapshots.Where(s => after.Snapshots.All(a => a.Id != s.Id)).ToList();
        if (gone.Count == 0)
        {
            return 0;
        }

        var paths = Files(before, gone);
        paths.ExceptWith(Files(after));
        foreach (var path in paths)
        {
            storage.Delete(path);
        }

        return paths.Count;
    }

    /// <summary>Removes files that no snapshot and no remembered metadata file names, and that are old enough not to belong to a
    /// commit under way.</summary>
    /// <param name="current">Newest metadata.</param>
    /// <param name="before">Only files changed before.</param>
    /// <returns>Files.</returns>
    public int RemoveOrphans(MetadataVersion current, Instant before)
    {
        var known = Files(current.Table);
        var oldest = current.Number - TableMetadata.MaxLogEntries;
        var removed = 0;
        foreach (var file in storage.List(MetadataFiles.Folder).Concat(storage.List(LakePaths.Data)))
        {
            var isMetadata = MetadataFiles.VersionOf(file.Path) is { } version && version >= oldest;
            if (!isMetadata && IsOurKind(file.Path) && !known.Contains(file.Path) && file.ModifiedAt < before)
            {
                storage.Delete(file.Path);
                removed++;
            }
        }

        return removed;
    }

    /// <summary>Kinds of files that this program writes. What a catalog or another program keeps beside them is theirs.</summary>
    private static bool IsOurKind(string path) => MetadataFiles.VersionOf(path) is not null
        || Path.GetExtension(path) is ".avro" or ".parquet" or LocalLakeStorage.Unfinished;
}
