using Aurum.Cluster.S3;
using Aurum.Tests.Store.Lake;

namespace Aurum.Tests.Engines.S3;

/// <summary>Commits to a bucket by conditional put.</summary>
public sealed class S3LakeCommitTests : LakeCommitSuite
{
    private readonly FakeLakes _lakes;

    public S3LakeCommitTests()
        : this(new FakeLakes())
    {
    }

    private S3LakeCommitTests(FakeLakes lakes)
        : base(lakes.Lakes.World(), (seed, _) => lakes.Lakes.World(seed)) => _lakes = lakes;

    public override void Dispose()
    {
        base.Dispose();
        _lakes.Dispose();
    }
}

/// <summary>Commits to a bucket of a server without conditional puts, by lease.</summary>
public sealed class S3LeasedLakeCommitTests : LakeCommitSuite
{
    private readonly FakeLakes _lakes;

    public S3LeasedLakeCommitTests()
        : this(new FakeLakes(S3Options.Lease))
    {
    }

    private S3LeasedLakeCommitTests(FakeLakes lakes)
        : base(lakes.Lakes.World(), (seed, _) => lakes.Lakes.World(seed)) => _lakes = lakes;

    public override void Dispose()
    {
        base.Dispose();
        _lakes.Dispose();
    }
}
