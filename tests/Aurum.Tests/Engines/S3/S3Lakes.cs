using Aurum.Cluster.S3;
using Aurum.Store.Lake.Storage;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store.Lake;

namespace Aurum.Tests.Engines.S3;

/// <summary>Lakes in S3, each with a local cache of its own.</summary>
internal sealed class S3Lakes(S3Options options) : IDisposable
{
    private readonly List<S3Connection> _connections = [];

    public LakeWorld World(int seed = 1) => new(seed, warehouse: Warehouse);

    public void Dispose() => _connections.ForEach(c => c.Dispose());

    public ILakeWarehouse Warehouse(LakeWorld world)
    {
        var connection = new S3Connection(options, TimeProvider.System, world.NextToken);
        _connections.Add(connection);
        return new S3Warehouse(connection, Path.Combine(world.Folder, "cache"), TimeProvider.System);
    }
}

/// <summary>A server of ours with a lake.</summary>
internal sealed class FakeLakes : IDisposable
{
    private readonly FakeS3 _server = new();

    public FakeLakes(string newObjects = S3Options.Auto) =>
        Lakes = new S3Lakes(_server.Options with { CuratedBucket = "curated", NewObjects = newObjects, LeaseSeconds = 10 });

    public FakeS3 Server => _server;

    public S3Lakes Lakes { get; }

    public void Dispose()
    {
        Lakes.Dispose();
        _server.Dispose();
    }
}
