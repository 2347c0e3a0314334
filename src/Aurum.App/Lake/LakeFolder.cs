using Aurum.App.Configuration;
using Aurum.App.Running;
using Aurum.Cluster;
using Aurum.Store;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Lake.Writing;
using NodaTime;

namespace Aurum.App.Lake;

/// <summary>The lake of a data directory: <c>lake/</c> in it, or a bucket, or what a REST catalog lists.</summary>
internal static class LakeFolder
{
    public static string Of(string dataDirectory) => Path.Combine(dataDirectory, "lake");

    /// <summary>Whether there is a lake: a folder, or one that the settings put elsewhere.</summary>
    public static bool IsThere(AurumOptions options) =>
        options.S3?.CuratedBucket is not null || options.Iceberg is not null || Directory.Exists(Of(options.DataDirectory));

    /// <summary>Opens it where the settings say, and makes it where it is not there.</summary>
    public static LakeCatalog Open(AurumOptions options, TimeProvider time)
    {
        var lake = new LakeOptions(
            Of(options.DataDirectory), Path.Combine(options.DataDirectory, "tmp"), new ProviderClock(time), Chance.Token)
        {
            MemoryLimitMiB = options.Lake.MemoryMiB,
        };
        return options is { S3: null, Iceberg: null }
            ? LakeCatalog.Open(lake)
            : LakeWarehouses.Open(lake, Path.Combine(options.DataDirectory, "cache", "lake"), options.S3, options.Iceberg, time);
    }

    /// <summary>What writes the store's rows to it.</summary>
    public static LakeFollower Follow(AurumStore store, LakeCatalog lake, LakeSettings settings) => new(store, lake)
    {
        MaxBatchRows = settings.BatchRows,
        Compaction = Compaction(settings),
        Expiry = Expiry(settings),
    };

    public static CompactionOptions Compaction(LakeSettings settings) => new() { TargetBytes = (long)settings.TargetFileMiB << 20 };

    public static ExpiryOptions Expiry(LakeSettings settings) => new()
    {
        MinSnapshotsToKeep = settings.KeptSnapshots,
        MaxSnapshotAge = Duration.FromDays(settings.KeptDays),
    };
}
