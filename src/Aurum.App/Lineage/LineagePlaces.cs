using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Lake;
using Aurum.Cluster.Lineage;
using Aurum.Sources;
using Aurum.Store.Lake;

namespace Aurum.App.Lineage;

/// <summary>Names of feeds, sites and tables of an installation, as lineage tells them.</summary>
internal static class LineagePlaces
{
    public static LineageWorld Of(AurumOptions options) => new(
        static id => StoredFeeds.All.FirstOrDefault(f => f.Id == id),
        site => options.Sites.GetValueOrDefault(site)?.BaseAddress ?? FeedCatalog.Sites.FirstOrDefault(s => s.Name == site)?.BaseAddress,
        table => TableOf(options, table));

    /// <summary>A table of the lake: a folder.</summary>
    public static LineageDataset LakeTable(AurumOptions options, LakeName table) =>
        LineageNames.File(Path.Combine(LakeFolder.Of(options.DataDirectory), table.Namespace, table.Table));

    /// <summary>A table of the store: of PostgreSQL where the rows are there, else of this installation alone.</summary>
    private static LineageDataset TableOf(AurumOptions options, string table)
    {
        if (options.Postgres is not { } postgres
            || !Uri.TryCreate($"postgres://{postgres.Place().Split(' ')[0]}", UriKind.Absolute, out var place))
        {
            return LineageNames.Store(options.Lineage!.Namespace, table);
        }

        return LineageNames.Postgres(
            place.Host, Math.Max(0, place.Port), place.AbsolutePath.Trim('/'), postgres.Schema, table);
    }
}
