using System.Text.Json;
using Aurum.Store.Curves;

namespace Aurum.Cluster.LakeFs;

/// <summary>The answer to lakeFS's pre-merge webhook: a branch may be merged where the store has merged it, or where all that waits on it
/// has passed its gates.</summary>
public static class LakeFsGate
{
    private const string PreMerge = "pre-merge";

    /// <summary>Judges an event.</summary>
    /// <param name="hook">The event's JSON, as lakeFS posts it.</param>
    /// <param name="options">Repository and main branch.</param>
    /// <param name="branches">The store's branches with their gate results.</param>
    public static LakeFsVerdict Judge(JsonElement hook, LakeFsOptions options, BranchBook branches)
    {
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

        var last = branches.Branches().LastOrDefault(b => b.Branch == source);
        return last switch
        {
            null => new LakeFsVerdict(false, $"the store knows no branch {source}"),
            { State: BranchState.Merged } => new LakeFsVerdict(true, $"the store has merged it as {last.Tag}"),
            { State: BranchState.Dropped } => new LakeFsVerdict(false, $"the store has dropped {source}: {last.Why}"),
            _ => Waiting(source, [.. branches.Loads(source).Where(static l => l.State == LoadState.Landed)]),
        };
    }

    private static LakeFsVerdict Waiting(string source, List<LoadRecord> loads)
    {
        var failed = loads.Where(static l => l.Gate != LoadRecord.Passed).Select(static l => $"{l.File}: {l.Why}").ToList();
        return loads.Count == 0 ? new LakeFsVerdict(false, $"nothing waits on {source}")
            : failed.Count > 0 ? new LakeFsVerdict(false, string.Join("; ", failed))
            : new LakeFsVerdict(true, $"{loads.Count} workbooks have passed");
    }

    private static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()!
            : "";
}

/// <summary>Whether a merge may go on.</summary>
/// <param name="IsAllowed">Whether it may.</param>
/// <param name="Why">Why, or why not.</param>
public sealed record LakeFsVerdict(bool IsAllowed, string Why);
