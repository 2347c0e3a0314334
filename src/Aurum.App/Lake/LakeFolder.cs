using System.Security.Cryptography;
using Aurum.App.Configuration;
using Aurum.Store;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Lake.Writing;
using NodaTime;

namespace Aurum.App.Lake;

/// <summary>The lake of a data directory: <c>lake/</c> in it.</summary>
internal static class LakeFolder
{
    public static string Of(string dataDirectory) => Path.Combine(dataDirectory, "lake");

    public static bool IsThere(string dataDirectory) => Directory.Exists(Of(dataDirectory));

    /// <summary>Opens it, and makes it where it is not there.</summary>
    public static LakeCatalog Open(AurumOptions options, IClock clock) => LakeCatalog.Open(
        new LakeOptions(
            Of(options.DataDirectory),
            Path.Combine(options.DataDirectory, "tmp"),
            clock,
            static () => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))))
        {
            MemoryLimitMiB = options.Lake.MemoryMiB,
        });

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
