using NodaTime;

namespace Aurum.Store.Lake;

/// <summary>Where a lake lies and how much of the machine it may take.</summary>
/// <param name="Folder">Folder of the lake: <c>{namespace}/{table}/metadata</c> and <c>data</c>.</param>
/// <param name="Scratch">Folder for files that are being made. On the same disk, so that they are moved by a rename.</param>
/// <param name="Clock">Stamps commits.</param>
/// <param name="NextToken">Chance: names of files and ids of snapshots. Never twice the same.</param>
public sealed record LakeOptions(string Folder, string Scratch, IClock Clock, Func<ulong> NextToken)
{
    /// <summary>Memory of the lake's engine in MiB, 64 to 1,048,576; beyond it, the engine spills to <see cref="Scratch"/>.</summary>
    public int MemoryLimitMiB { get; init; } = 512;

    /// <summary>Threads of the lake's engine, 1 to 256.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Where the tables are: for messages.</summary>
    internal string Address { get; init; } = Folder;

    /// <summary>Tries of a commit that others come before.</summary>
    public int MaxCommitAttempts { get; init; } = 32;
}
