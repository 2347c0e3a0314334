using System.Text.Json;
using Aurum.Store.Curves;

namespace Aurum.Cluster.LakeFs;

/// <summary>The answer to lakeFS's pre-merge webhook: a branch may be merged where the store has merged it, or where all that waits on it
/// has passed its gates, and where what would be merged is just that.</summary>
/// <remarks>The event names the branch that is merged into and, as <c>source_ref</c>, the commit that is merged, not its branch: that is
/// looked up among the notes that the mirror makes with each commit. A commit of somebody else has none, and is refused. Source: lakeFS,
/// pkg/actions/action_event.go and pkg/graveler/graveler.go.</remarks>
public static class LakeFsGate
{
    private const string PreMerge = "pre-merge";

    /// <summary>Judges an event.</summary>
    /// <param name="hook">The event's JSON, as lakeFS posts it.</param>
    /// <param name="lakeFs">The server: is asked for the commit.</param>
    /// <param name="branches">The store's branches with their gate results.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="LakeFsException">lakeFS does not say what the commit is.</exception>
    public static async Task<LakeFsVerdict> Judge(
        JsonElement hook, LakeFsClient lakeFs, BranchBook branches, CancellationToken cancel)
    {
        var options = lakeFs.Options;
        var (type, repository) = (Text(hook, "event_type"), Text(hook, "repository_id"));
        if (type != PreMerge || repository != options.Repository)
        {
            return new LakeFsVerdict(false, $"expected {PreMerge} of {options.Repository}, found {type} of {repository}");
        }

        var (source, into) = (Text(hook, "source_ref"), Text(hook, "branch_id"));
        if (into != options.MainBranch)
        {
            return new LakeFsVerdict(true, $"{into} is not {options.MainBranch}: its merges are not gated");
        }

        if (source.Length == 0)
        {
            return new LakeFsVerdict(false, "source_ref: expected the commit that is merged, found none");
        }

        var notes = await lakeFs.LastMetadata(source, cancel);
        return notes.TryGetValue(LakeFsMirror.BranchKey, out var branch)
            ? Judge(branch, notes.GetValueOrDefault(LakeFsMirror.LoadsKey, ""), branches)
            : new LakeFsVerdict(
                false, $"{source}: expected a commit of Aurum, with {LakeFsMirror.BranchKey} in its metadata, found one of somebody else");
    }

    /// <summary>A release that lakeFS has not heard of yet goes through, though its branch may be open again by now.</summary>
    private static LakeFsVerdict Judge(string branch, string committed, BranchBook branches)
    {
        var openings = branches.Branches().Where(b => b.Branch == branch).ToList();
        var loads = branches.Loads(branch);
        string Tagged(string tag) => LakeFsMirror.LoadsOf([.. loads.Where(l => l.Tag == tag)]);
        if (openings.FindLast(b => b.State == BranchState.Merged && Tagged(b.Tag) == committed) is { } merged)
        {
            return new LakeFsVerdict(true, $"the store has merged it as {merged.Tag}");
        }

        var landed = loads.Where(static l => l.State == LoadState.Landed).ToList();
        return openings.LastOrDefault() switch
        {
            null => new LakeFsVerdict(false, $"the store knows no branch {branch}"),
            { State: BranchState.Dropped } last => new LakeFsVerdict(false, $"the store has dropped {branch}: {last.Why}"),
            { State: BranchState.Merged } last => Other(branch, Tagged(last.Tag), committed),
            _ when LakeFsMirror.LoadsOf(landed) is var stored && stored != committed => Other(branch, stored, committed),
            _ => Waiting(branch, landed),
        };
    }

    private static LakeFsVerdict Other(string branch, string stored, string committed) => new(
        false, $"{branch}: the store has the loads {Named(stored)}, the commit {Named(committed)}: wait for the next look");

    private static LakeFsVerdict Waiting(string branch, List<LoadRecord> loads)
    {
        var failed = loads.Where(static l => l.Gate != LoadRecord.Passed).Select(static l => $"{l.File}: {l.Why}").ToList();
        return loads.Count == 0 ? new LakeFsVerdict(false, $"nothing waits on {branch}")
            : failed.Count > 0 ? new LakeFsVerdict(false, string.Join("; ", failed))
            : new LakeFsVerdict(true, $"{loads.Count} workbooks have passed");
    }

    private static string Named(string loads) => loads.Length == 0 ? "none" : loads;

    private static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()!
            : "";
}

/// <summary>Whether a merge may go on.</summary>
/// <param name="IsAllowed">Whether it may.</param>
/// <param name="Why">Why, or why not.</param>
public sealed record LakeFsVerdict(bool IsAllowed, string Why);
