using Aurum.Store.Lake.Manifests;

namespace Aurum.Store.Lake.Reading;

/// <summary>What a snapshot is made of.</summary>
/// <param name="Manifests">Its manifests.</param>
/// <param name="Entries">All entries of them, in their order.</param>
internal sealed record SnapshotFiles(IReadOnlyList<ManifestFile> Manifests, IReadOnlyList<IReadOnlyList<ManifestEntry>> Entries)
{
    public static readonly SnapshotFiles None = new([], []);

    /// <summary>Files that the snapshot has.</summary>
    public IReadOnlyList<DataFile> Live { get; } = [.. Entries.SelectMany(e => e).Where(e => e.IsLive).Select(e => e.File)];
}
