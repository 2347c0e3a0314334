using System.Collections.Concurrent;
using Aurum.Store.Lake.Manifests;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Lake.Storage;

namespace Aurum.Store.Lake;

/// <summary>Reads a table's manifests. They never change, so that those that were read are kept for a while. Safe from several
/// threads.</summary>
internal sealed class TableManifests(ILakeStorage storage)
{
    /// <summary>Manifests that are kept.</summary>
    private const int MaxKept = 256;

    private readonly ConcurrentDictionary<string, IReadOnlyList<ManifestEntry>> _kept = new(StringComparer.Ordinal);

    /// <summary>The files of a snapshot; none where there is no snapshot.</summary>
    /// <exception cref="LakeException">A file of the table is damaged or gone.</exception>
    public SnapshotFiles Files(TableMetadata table, Snapshot? snapshot)
    {
        if (snapshot is null)
        {
            return SnapshotFiles.None;
        }

        var manifests = List(table, snapshot);
        return new SnapshotFiles(manifests, [.. manifests.Select(m => Entries(table, m))]);
    }

    /// <summary>The manifests of a snapshot.</summary>
    public List<ManifestFile> List(TableMetadata table, Snapshot snapshot)
    {
        var path = LakePaths.Relative(table, snapshot.ManifestList);
        return Reading(path, () => ManifestListCodec.Read(storage.Read(path)));
    }

    public IReadOnlyList<ManifestEntry> Entries(TableMetadata table, ManifestFile manifest)
    {
        if (_kept.TryGetValue(manifest.Path, out var kept))
        {
            return kept;
        }

        var path = LakePaths.Relative(table, manifest.Path);
        var spec = table.Specs.FirstOrDefault(s => s.Id == manifest.SpecId)
            ?? throw new LakeException($"{storage.NameOf(path)}: expected a partition spec of the table, found {manifest.SpecId}");
        var entries = Reading(path, () => ManifestCodec.Read(storage.Read(path), manifest, spec));
        if (entries.FirstOrDefault(e => e.File.Content == FileContent.EqualityDeletes) is { } unknown)
        {
            throw new LakeException($"{storage.NameOf(path)}: equality deletes are not understood, found {unknown.File.Path}");
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        return _kept[manifest.Path] = entries;
    }

    private T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FormatException or OverflowException or InvalidCastException)
        {
            throw new LakeException($"{storage.NameOf(path)}: damaged: {error.Message}", error);
        }
    }
}
