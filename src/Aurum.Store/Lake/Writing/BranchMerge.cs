using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Reading;

namespace Aurum.Store.Lake.Writing;

/// <summary>Brings a branch's commits to another branch.</summary>
internal sealed class BranchMerge(TableManifests manifests)
{
    /// <summary>Whether the second snapshot was made from the first: then a branch can simply be moved.</summary>
    public static bool CanFastForward(TableMetadata table, Snapshot? from, Snapshot to) =>
        from is null || table.Ancestors(to).Any(s => s.Id == from.Id);

    /// <summary>The files that a branch has gained and lost since it left another one, to commit them there.</summary>
    /// <exception cref="LakeException">What both are made from has expired.</exception>
    public SnapshotChange Difference(TableMetadata table, Snapshot into, Snapshot head)
    {
        var known = table.Ancestors(into).Select(s => s.Id).ToHashSet();
        var root = table.Ancestors(head).FirstOrDefault(s => known.Contains(s.Id));
        if (root is null && table.Ancestors(head).Last().ParentId is not null)
        {
            throw new LakeException($"{table.Location}: snapshots {into.Id} and {head.Id} have no common ancestor that is still there");
        }

        // No root: the branch was begun when nothing was there yet.
        var before = Paths(manifests.Files(table, root));
        var files = manifests.Files(table, head);
        var after = Paths(files);
        return new SnapshotChange(
            before.IsSubsetOf(after) ? SnapshotChange.Append : SnapshotChange.Overwrite,
            [.. files.Live.Where(f => !before.Contains(f.Path))],
            before.Except(after).ToHashSet(StringComparer.Ordinal));
    }

    private static HashSet<string> Paths(SnapshotFiles files) => files.Live.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
}
