using NodaTime;

namespace Aurum.Store.Lake.Metadata;

/// <summary>Who knows which metadata of a table is the newest, and makes other metadata the newest in one step.</summary>
internal interface ILakeCommits
{
    /// <summary>The newest metadata; null: there is no table.</summary>
    /// <exception cref="LakeException">Damaged.</exception>
    MetadataVersion? Load();

    /// <summary>Makes metadata the newest; null: another writer was first, and nothing of it is seen.</summary>
    /// <param name="from">What it was made from; null: the table is new.</param>
    /// <param name="table">What it is to be.</param>
    /// <param name="now">Time of the commit.</param>
    MetadataVersion? TryCommit(MetadataVersion? from, TableMetadata table, Instant now);
}

/// <summary>A metadata file.</summary>
/// <param name="Number">From 1; 0: its keeper does not number them.</param>
/// <param name="Table">What it says.</param>
/// <param name="File">What people know it by.</param>
internal sealed record MetadataVersion(long Number, TableMetadata Table, string File);
