using Aurum.Store.Lake;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Storage;
using Aurum.Store.Objects;

namespace Aurum.Cluster.S3;

/// <summary>Tables in a bucket, each in a folder of its namespace. Which metadata is the newest, its number says.</summary>
internal sealed class S3Warehouse : ILakeWarehouse
{
    private readonly S3Connection _connection;
    private readonly LakeCache _cache;
    private readonly S3Place _place;

    /// <param name="connection">Connection; its options name the bucket. Disposed with this.</param>
    /// <param name="cacheFolder">Local folder of what the engine reads.</param>
    /// <param name="time">Clock of the cache.</param>
    public S3Warehouse(S3Connection connection, string cacheFolder, TimeProvider time)
    {
        var options = connection.Options;
        _connection = connection;
        _place = new S3Place(
            options.CuratedBucket ?? throw new ArgumentException("S3:CuratedBucket: expected the lake's bucket, found none"),
            options.CuratedPrefix);
        _cache = new LakeCache(cacheFolder, (long)options.CacheMiB << 20, TimeSpan.FromMinutes(options.CacheHoldMinutes), time);
    }

    public string Address => _place.Address;

    public IReadOnlyList<string> EngineFolders => [_cache.Folder];

    public IReadOnlyList<LakeName> Names()
    {
        var objects = _connection.Open(_place.Bucket, _place.Prefix);
        return ObjectCalls.Wait(async () =>
        {
            var names = new List<LakeName>();
            foreach (var space in await objects.Folders("", CancellationToken.None))
            {
                var tables = await objects.Folders(space + "/", CancellationToken.None);
                names.AddRange(tables.Where(t => LakeName.Is($"{space}.{t}")).Select(t => new LakeName(space, t)));
            }

            return names;
        });
    }

    public LakeHome Open(LakeName name)
    {
        var storage = StorageAt(LocationOf(name));
        return new LakeHome(storage, new MetadataFiles(storage));
    }

    /// <summary>Where a table lies unless a catalog says otherwise.</summary>
    public string LocationOf(LakeName name) => $"{_place.Address}/{name.Namespace}/{name.Table}";

    /// <summary>A table wherever it lies on the server.</summary>
    /// <exception cref="LakeException">Not an address of a bucket.</exception>
    public ILakeStorage StorageAt(string location)
    {
        var parts = location.TrimEnd('/').Split("://", 2);
        if (parts is not ["s3" or "s3a" or "s3n", var path])
        {
            throw new LakeException($"expected a table below s3://, found it at {location}");
        }

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var (bucket, prefix) = slash < 0 ? (path, "") : (path[..slash], path[(slash + 1)..]);
        return new S3LakeStorage(_connection.Open(bucket, prefix), _cache);
    }

    public void Dispose() => _connection.Dispose();
}
