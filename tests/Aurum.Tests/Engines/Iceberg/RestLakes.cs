using Aurum.Cluster.Iceberg;
using Aurum.Store.Lake.Storage;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store.Lake;

namespace Aurum.Tests.Engines.Iceberg;

/// <summary>Lakes in local folders whose tables a REST catalog keeps.</summary>
internal sealed class RestLakes(FakeCatalog catalog) : IDisposable
{
    public RestLakes()
        : this(new FakeCatalog())
    {
    }

    public FakeCatalog Catalog => catalog;

    /// <param name="seed">Seed of names and ids.</param>
    /// <param name="folder">Folder of the files; null: a new one.</param>
    public LakeWorld World(int seed = 1, string? folder = null) => new(seed, folder, world =>
    {
        var files = new LocalWarehouse(world.Options.Folder, world.NextToken);
        return new RestWarehouse(
            new RestCatalog(catalog.Options, TimeProvider.System, world.NextToken),
            files,
            name => files.Open(name).Storage.Location,
            files.StorageAt);
    });

    public void Dispose() => catalog.Dispose();
}
