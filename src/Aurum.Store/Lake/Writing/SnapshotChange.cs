using Aurum.Store.Lake.Manifests;

namespace Aurum.Store.Lake.Writing;

/// <summary>What a commit does to the files of a branch.</summary>
/// <param name="Operation">append, overwrite, delete, or replace where the rows stay the same.</param>
/// <param name="Added">New files, of rows and of deletes.</param>
/// <param name="Removed">Addresses of files that are no longer part of the branch.</param>
internal sealed record SnapshotChange(string Operation, IReadOnlyList<DataFile> Added, IReadOnlySet<string> Removed)
{
    public const string Append = "append";
    public const string Overwrite = "overwrite";
    public const string Delete = "delete";
    public const string Replace = "replace";

    public static readonly IReadOnlySet<string> Nothing = new HashSet<string>();

    /// <summary>Whether there is anything to commit but notes.</summary>
    public bool IsEmpty => Added.Count == 0 && Removed.Count == 0;
}
