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

    /// <summary>A table of the lake: a folder of its bucket, or of the disk.</summary>
    public static LineageDataset LakeTable(AurumOptions options, LakeName table) => options.S3 is { CuratedBucket: { } bucket } s3
        ? LineageNames.S3(bucket, $"{s3.CuratedPrefix}/{table.Namespace}/{table.Table}")
        : LineageNames.File(Path.Combine(LakeFolder.Of(options.DataDirectory), table.Namespace, table.Table));

    /// <summary>A file of exported curves: an object of their bucket, or a file.</summary>
    public static LineageDataset Export(AurumOptions options, string path) => options.S3 is { ExportBucket: { } bucket } s3
        ? LineageNames.S3(bucket, $"{s3.ExportPrefix}/{Below(Path.Combine(options.DataDirectory, "exports"), path)}")
        : LineageNames.File(path);

    private static string Below(string folder, string path) =>
        Path.GetRelativePath(Path.GetFullPath(folder), path).Replace('\\', '/');

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
