using System.Globalization;
using System.Text.Json;
using Aurum.Store.Archive;
using Aurum.Store.Curves;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Cluster.LakeFs;

/// <summary>Brings a lakeFS repository to the state of the store's branches of curves: a branch from main for each open one, its
/// workbooks under <c>raw/vendor_curves/{asof}/</c>, a commit with what was counted and judged; a merge and the store's tag when the
/// store has merged; no branch when it has dropped one.</summary>
/// <remarks>It looks at what is there and does what is missing, so that it can be ended at any moment and a server that was away is
/// caught up with. The store decides; lakeFS follows.</remarks>
/// <param name="lakeFs">Server.</param>
/// <param name="branches">The store's branches.</param>
/// <param name="archive">Bytes of workbooks.</param>
public sealed class LakeFsMirror(LakeFsClient lakeFs, BranchBook branches, RawArchive archive)
{
    /// <summary>Metadata of a commit: numbers of the loads that are in it.</summary>
    public const string LoadsKey = "aurum.loads";

    /// <summary>Metadata of a commit: its branch.</summary>
    public const string BranchKey = "aurum.branch";

    private const string None = "";

    /// <summary>Does what is missing.</summary>
    /// <param name="now">Branches that were opened too long before are left alone.</param>
    /// <param name="cancel">Ends it between two requests.</param>
    /// <returns>What was done, in words.</returns>
    /// <exception cref="LakeFsException">It does not answer, or refuses; what was done stays.</exception>
    public async Task<IReadOnlyList<string>> Sync(Instant now, CancellationToken cancel)
    {
        var since = now - Duration.FromDays(lakeFs.Options.LookbackDays);
        var openings = branches.Branches().Where(b => b.OpenedAt >= since).ToList();
        var done = new List<string>();
        if (openings.Count == 0)
        {
            return done;
        }

        var there = (await lakeFs.Branches(cancel)).ToHashSet(StringComparer.Ordinal);
        var tags = (await lakeFs.Tags(cancel)).ToHashSet(StringComparer.Ordinal);
        foreach (var opening in openings)
        {
            var isOpenAgain = openings.Exists(b => b.Branch == opening.Branch && b.State == BranchState.Open);
            switch (opening.State)
            {
                case BranchState.Open:
                    await Commit(opening, Landed(opening), there, done, cancel);
                    break;
                case BranchState.Merged when !tags.Contains(opening.Tag):
                    await Merge(opening, there, done, cancel);
                    break;
                case BranchState.Merged or BranchState.Dropped when !isOpenAgain && there.Remove(opening.Branch):
                    await lakeFs.DeleteBranch(opening.Branch, cancel);
                    done.Add($"{opening.Branch}: removed");
                    break;
            }
        }

        return done;
    }

    /// <summary>What a commit says of its loads.</summary>
    internal static Dictionary<string, string> MetadataOf(BranchRecord branch, IReadOnlyList<LoadRecord> loads)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["asof"] = LocalDatePattern.Iso.Format(branch.AsOf),
            ["rows_total"] = Text(loads.Sum(static l => l.Counts.Read)),
            ["quarantined"] = Text(loads.Sum(static l => Quarantined(l))),
            ["gate"] = loads.All(static l => l.Gate == LoadRecord.Passed) ? LoadRecord.Passed : LoadRecord.Failed,
            [BranchKey] = branch.Branch,
            [LoadsKey] = LoadsOf(loads),
        };
        foreach (var vendor in loads.GroupBy(static l => l.Vendor))
        {
            metadata[$"rows_{vendor.Key.ToLowerInvariant()}"] = Text(vendor.Sum(static l => l.Counts.Read));
        }

        if (branch.Why.Length > 0)
        {
            metadata["why"] = branch.Why;
        }

        return metadata;
    }

    /// <summary>Numbers of loads as commits note them.</summary>
    internal static string LoadsOf(IReadOnlyList<LoadRecord> loads) =>
        string.Join(',', loads.Select(static l => Text(l.Id)).Order(StringComparer.Ordinal));

    private async Task Merge(BranchRecord merged, HashSet<string> there, List<string> done, CancellationToken cancel)
    {
        var loads = branches.Loads(merged.Branch).Where(l => l.Tag == merged.Tag).ToList();
        await Commit(merged, loads, there, done, cancel);
        var main = lakeFs.Options.MainBranch;
        var metadata = MetadataOf(merged, loads);

        // A merge whose answer was lost is on main already: there is no difference left.
        if ((await lakeFs.Diff(main, merged.Branch, cancel)).Count > 0)
        {
            await lakeFs.Merge(merged.Branch, main, $"{merged.Tag}: {merged.Branch}", metadata, cancel);
        }

        await lakeFs.Tag(merged.Tag, main, cancel);
        done.Add($"{merged.Branch}: merged as {merged.Tag}");
        await lakeFs.DeleteBranch(merged.Branch, cancel);
        there.Remove(merged.Branch);
    }

    private async Task Commit(
        BranchRecord branch, IReadOnlyList<LoadRecord> loads, HashSet<string> there, List<string> done, CancellationToken cancel)
    {
        if (there.Add(branch.Branch))
        {
            await lakeFs.CreateBranch(branch.Branch, lakeFs.Options.MainBranch, cancel);
            done.Add($"{branch.Branch}: made from {lakeFs.Options.MainBranch}");
        }

        var metadata = MetadataOf(branch, loads);
        var last = await lakeFs.LastMetadata(branch.Branch, cancel);
        if (loads.Count == 0 || last.GetValueOrDefault(LoadsKey, None) == metadata[LoadsKey])
        {
            return;
        }

        foreach (var load in loads)
        {
            var path = $"raw/vendor_curves/{LocalDatePattern.Iso.Format(load.AsOf)}/{load.File}";
            await lakeFs.Upload(branch.Branch, path, () => archive.OpenRead(load.Sha256), cancel);
        }

        if (await lakeFs.Commit(branch.Branch, $"{branch.Branch}: {loads.Count} workbooks", metadata, cancel))
        {
            done.Add($"{branch.Branch}: {loads.Count} workbooks committed");
        }
    }

    private List<LoadRecord> Landed(BranchRecord branch) =>
        [.. branches.Loads(branch.Branch).Where(static l => l.State == LoadState.Landed)];

    private static long Quarantined(LoadRecord load)
    {
        using var json = JsonDocument.Parse(load.Quarantined);
        return json.RootElement.EnumerateObject().Sum(static r => r.Value.GetInt64());
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
