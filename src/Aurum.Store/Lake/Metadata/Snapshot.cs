using System.Globalization;
using NodaTime;

namespace Aurum.Store.Lake.Metadata;

/// <summary>The table's rows at one commit.</summary>
/// <param name="Id">Snapshot id, below 2^53 so that every JSON reader keeps it whole.</param>
/// <param name="ParentId">The snapshot it was made from; null: none.</param>
/// <param name="SequenceNumber">Order of commits.</param>
/// <param name="At">When it was committed, whole milliseconds.</param>
/// <param name="ManifestList">Address of the list of its manifests.</param>
/// <param name="Summary">Operation, counts and what the writer noted.</param>
/// <param name="SchemaId">Schema of the time.</param>
public sealed record Snapshot(
    long Id,
    long? ParentId,
    long SequenceNumber,
    Instant At,
    string ManifestList,
    IReadOnlyDictionary<string, string> Summary,
    int SchemaId)
{
    public string Operation => Summary.GetValueOrDefault("operation", "");

    /// <summary>Rows, without those that are deleted by position.</summary>
    public long Rows => Total("total-records") - Total("total-position-deletes");

    /// <summary>A number of the summary; 0 where it is not there.</summary>
    public long Total(string name) =>
        long.TryParse(Summary.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : 0;
}

/// <summary>A name for a snapshot: a branch moves with commits, a tag stays.</summary>
/// <param name="SnapshotId">Snapshot.</param>
/// <param name="IsTag">Whether it stays.</param>
public sealed record SnapshotRef(long SnapshotId, bool IsTag)
{
    /// <summary>Snapshots that expiry leaves on the branch; null: the default.</summary>
    public int? MinSnapshotsToKeep { get; init; }

    /// <summary>Age in milliseconds from which expiry may take the branch's snapshots; null: the default.</summary>
    public long? MaxSnapshotAgeMs { get; init; }

    /// <summary>Age in milliseconds of its snapshot at which expiry drops the name itself; null: never.</summary>
    public long? MaxRefAgeMs { get; init; }
}

/// <summary>From when on a snapshot was the current one.</summary>
public sealed record SnapshotLogEntry(Instant At, long SnapshotId);

/// <summary>An earlier metadata file.</summary>
public sealed record MetadataLogEntry(Instant At, string File);
