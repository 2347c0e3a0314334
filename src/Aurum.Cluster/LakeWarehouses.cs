using Aurum.Cluster.Iceberg;
using Aurum.Cluster.S3;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Storage;

namespace Aurum.Cluster;

/// <summary>Opens the lake where the settings say: a local folder or a bucket, and its own numbers or a REST catalog over it.</summary>
public static class LakeWarehouses
{
    /// <param name="options">Folder of a local lake, scratch, limits.</param>
    /// <param name="cacheFolder">Local folder of what the engine reads of a bucket.</param>
    /// <param name="s3">Server; null or without a bucket for the lake: it is local.</param>
    /// <param name="iceberg">REST catalog; null: none.</param>
    /// <param name="time">Clock of limits and caches.</param>
    public static LakeCatalog Open(LakeOptions options, string cacheFolder, S3Options? s3, IcebergOptions? iceberg, TimeProvider time)
    {
        if (s3?.CuratedBucket is null)
        {
            return iceberg is null
                ? LakeCatalog.Open(options)
                : LakeCatalog.Open(options, OverFolder(options, iceberg, time));
        }

        var bucket = new S3Warehouse(new S3Connection(s3, time, options.NextToken), cacheFolder, time);
        return LakeCatalog.Open(options, iceberg is null ? bucket : OverBucket(options, bucket, iceberg, time));
    }

    private static RestWarehouse OverBucket(LakeOptions options, S3Warehouse bucket, IcebergOptions iceberg, TimeProvider time) =>
        new(new RestCatalog(iceberg, time, options.NextToken), bucket, bucket.LocationOf, bucket.StorageAt);

    private static RestWarehouse OverFolder(LakeOptions options, IcebergOptions iceberg, TimeProvider time)
    {
        var folder = new LocalWarehouse(options.Folder, options.NextToken);
        return new RestWarehouse(
            new RestCatalog(iceberg, time, options.NextToken), folder, name => folder.Open(name).Storage.Location, folder.StorageAt);
    }
}
