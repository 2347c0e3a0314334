using Aurum.Store.Lake.Metadata;
using NodaTime;

namespace Aurum.Store.Lake.Reading;

/// <summary>Which rows of a table to read.</summary>
public sealed record LakeRead
{
    /// <summary>Branch or tag.</summary>
    public string Ref { get; init; } = TableMetadata.MainBranch;

    /// <summary>A snapshot, in place of the head of a branch.</summary>
    public long? SnapshotId { get; init; }

    /// <summary>As the main branch was then, in place of its head.</summary>
    public Instant? At { get; init; }

    /// <summary>Only rows in these ranges.</summary>
    public IReadOnlyList<ColumnRange> Ranges { get; init; } = [];

    /// <summary>Rows to hand out.</summary>
    public long Limit { get; init; } = long.MaxValue;

    /// <summary>Whether columns are those of today where an older snapshot is read; else those of its time.</summary>
    public bool UsesCurrentSchema { get; init; }

    /// <summary>The snapshot; null: the table has none yet.</summary>
    /// <exception cref="LakeException">No such branch, tag or snapshot, or none so old.</exception>
    internal Snapshot? Find(LakeName name, TableMetadata table)
    {
        if (SnapshotId is { } id)
        {
            return table.Snapshot(id);
        }

        if (At is { } at)
        {
            var entry = table.SnapshotLog.LastOrDefault(e => e.At <= at)
                ?? throw new LakeException($"{name}: nothing is known of the main branch at {at}: it was empty, or that has expired");
            return table.Snapshot(entry.SnapshotId);
        }

        return table.Head(Ref) ?? (Ref == TableMetadata.MainBranch
            ? null
            : throw new LakeException($"{name}: expected one of {string.Join(", ", table.Refs.Keys)}, found {Ref}"));
    }
}
