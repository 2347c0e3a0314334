namespace Aurum.Store.Archive;

/// <summary>What a check of the whole archive found.</summary>
/// <param name="Records">Records of fetches read.</param>
/// <param name="Blobs">Distinct contents read and hashed.</param>
/// <param name="Bytes">Bytes hashed.</param>
/// <param name="Orphans">Contents that no record names: left by a crash between body and record; harmless.</param>
/// <param name="Damaged">Contents whose bytes do not have the hash that is their name.</param>
/// <param name="Missing">Hashes that a record names and that are not there.</param>
/// <param name="Unreadable">Records that cannot be read, by path.</param>
public sealed record ArchiveCheck(
    int Records,
    int Blobs,
    long Bytes,
    IReadOnlyList<string> Orphans,
    IReadOnlyList<string> Damaged,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unreadable)
{
    public bool IsSound => Damaged.Count == 0 && Missing.Count == 0 && Unreadable.Count == 0;
}
