using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake.Storage;

/// <summary>Where the tables of a lake are, and who knows which metadata of each is the newest.</summary>
internal interface ILakeWarehouse : IDisposable
{
    /// <summary>Where: for messages.</summary>
    string Address { get; }

    /// <summary>Local folders that the engine reads its files in.</summary>
    IReadOnlyList<string> EngineFolders { get; }

    /// <summary>Names of what may be tables, in order.</summary>
    IReadOnlyList<LakeName> Names();

    /// <summary>The place of a table, whether it is there or not.</summary>
    LakeHome Open(LakeName name);
}

/// <summary>The place of a table.</summary>
/// <param name="Storage">Its files.</param>
/// <param name="Commits">Its metadata.</param>
internal sealed record LakeHome(ILakeStorage Storage, ILakeCommits Commits);
