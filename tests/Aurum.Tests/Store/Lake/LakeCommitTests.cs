namespace Aurum.Tests.Store.Lake;

/// <summary>The same in a local folder.</summary>
public sealed class LakeCommitTests() : LakeCommitSuite(new LakeWorld(), static (seed, world) => new LakeWorld(seed, world.Folder));
