using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake;

/// <summary>What goes with a commit.</summary>
public sealed record LakeWrite
{
    /// <summary>Branch; made from the head of main where it is not there.</summary>
    public string Branch { get; init; } = TableMetadata.MainBranch;

    /// <summary>What is noted in the snapshot's summary.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>Properties of the table that are set in the same commit.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Looks at the metadata that the commit is about to follow, again on each try; throws to refuse.</summary>
    public Action<TableMetadata>? Guard { get; init; }
}
