using Aurum.Store.Lake.Metadata;
using NodaTime;

namespace Aurum.Store.Lake.Writing;

/// <summary>How long snapshots are kept.</summary>
public sealed record ExpiryOptions
{
    /// <summary>Snapshots of a branch that are kept whatever their age; default 4. At least 1.</summary>
    public int MinSnapshotsToKeep { get; init; } = 4;

    /// <summary>Age up to which all snapshots of a branch are kept; default 7 days.</summary>
    public Duration MaxSnapshotAge { get; init; } = Duration.FromDays(7);
}

/// <summary>Which snapshots and names are too old. What a branch or tag stands for is never.</summary>
internal static class Expiry
{
    /// <summary>The metadata without them; the same where there are none.</summary>
    public static TableMetadata Expire(TableMetadata table, ExpiryOptions options, Instant now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinSnapshotsToKeep, 1, nameof(options.MinSnapshotsToKeep));
        var refs = table.Refs.Where(r => r.Key == TableMetadata.MainBranch || !IsOld(table, r.Value, now))
            .ToDictionary(StringComparer.Ordinal);
        var kept = refs.Values.SelectMany(r => Kept(table, r, options, now)).ToHashSet();
        if (kept.Count == table.Snapshots.Count && refs.Count == table.Refs.Count)
        {
            return table;
        }

        // The log has no holes: readers take "current at" from it.
        var log = table.SnapshotLog.Reverse().TakeWhile(e => kept.Contains(e.SnapshotId)).Reverse();
        return table with
        {
            Refs = refs,
            Snapshots = [.. table.Snapshots.Where(s => kept.Contains(s.Id))],
            SnapshotLog = [.. log],
        };
    }

    private static bool IsOld(TableMetadata table, SnapshotRef name, Instant now) =>
        name.MaxRefAgeMs is { } age && table.Snapshot(name.SnapshotId).At < now - Duration.FromMilliseconds(age);

    private static IEnumerable<long> Kept(TableMetadata table, SnapshotRef name, ExpiryOptions options, Instant now)
    {
        var head = table.Snapshot(name.SnapshotId);
        if (name.IsTag)
        {
            return [head.Id];
        }

        var least = name.MinSnapshotsToKeep ?? options.MinSnapshotsToKeep;
        var oldest = now - (name.MaxSnapshotAgeMs is { } age ? Duration.FromMilliseconds(age) : options.MaxSnapshotAge);
        return table.Ancestors(head).TakeWhile((s, i) => i < least || s.At >= oldest).Select(s => s.Id);
    }
}
