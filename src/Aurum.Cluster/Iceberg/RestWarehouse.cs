using Aurum.Store.Lake;
using Aurum.Store.Lake.Storage;
using Aurum.Store.Objects;

namespace Aurum.Cluster.Iceberg;

/// <summary>Tables that a REST catalog lists; their files lie in another warehouse's storage.</summary>
/// <param name="catalog">Catalog; disposed with this.</param>
/// <param name="files">Where files lie; disposed with this.</param>
/// <param name="locationOf">Where a new table is put.</param>
/// <param name="storageAt">The storage at an address.</param>
internal sealed class RestWarehouse(
    RestCatalog catalog, ILakeWarehouse files, Func<LakeName, string> locationOf, Func<string, ILakeStorage> storageAt) : ILakeWarehouse
{
    private readonly List<string> _above = catalog.Options.Namespace.Length == 0 ? [] : [.. catalog.Options.Namespace.Split('.')];

    public string Address => $"{catalog.Options.Uri} ({files.Address})";

    public IReadOnlyList<string> EngineFolders => files.EngineFolders;

    public IReadOnlyList<LakeName> Names() => ObjectCalls.Wait(async () =>
    {
        var names = new List<LakeName>();
        foreach (var space in await catalog.Namespaces(_above, CancellationToken.None))
        {
            var tables = await catalog.Tables(space, CancellationToken.None);
            names.AddRange(tables.Where(t => LakeName.Is($"{space[^1]}.{t}")).Select(t => new LakeName(space[^1], t)));
        }

        return names.OrderBy(static n => n.ToString(), StringComparer.Ordinal).ToList();
    });

    public LakeHome Open(LakeName name)
    {
        List<string> space = [.. _above, name.Namespace];
        var commits = new RestCommits(catalog, space, name.Table);
        return new LakeHome(storageAt(commits.Load()?.Table.Location ?? locationOf(name)), commits);
    }

    public void Dispose()
    {
        catalog.Dispose();
        files.Dispose();
    }
}
