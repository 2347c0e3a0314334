namespace Aurum.Store.Lake.Manifests;

/// <summary>A manifest as a manifest list names it.</summary>
internal sealed record ManifestFile
{
    public required string Path { get; init; }

    public required long LengthBytes { get; init; }

    public int SpecId { get; init; }

    /// <summary>Whether its files are of deletes.</summary>
    public bool IsDeletes { get; init; }

    public long SequenceNumber { get; init; }

    /// <summary>Least sequence number of its files.</summary>
    public long MinSequenceNumber { get; init; }

    public long AddedSnapshotId { get; init; }

    public int AddedFiles { get; init; }

    public int ExistingFiles { get; init; }

    public int DeletedFiles { get; init; }

    public long AddedRows { get; init; }

    public long ExistingRows { get; init; }

    public long DeletedRows { get; init; }

    /// <summary>What values the partitions of its files have, in the order of the spec.</summary>
    public IReadOnlyList<PartitionSummary> Partitions { get; init; } = [];

    public bool HasLiveFiles => AddedFiles + ExistingFiles > 0;
}

/// <summary>The values of a partition field in a manifest.</summary>
/// <param name="ContainsNull">Whether one is null.</param>
/// <param name="Lower">The lowest in binary form; null: none.</param>
/// <param name="Upper">The highest.</param>
internal sealed record PartitionSummary(bool ContainsNull, byte[]? Lower, byte[]? Upper);
