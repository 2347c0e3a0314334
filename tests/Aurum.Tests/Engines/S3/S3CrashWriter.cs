using System.Globalization;
using Aurum.App.Curves;
using Aurum.Cluster.S3;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store.Lake;

namespace Aurum.Tests.Engines.S3;

/// <summary>Writes to buckets until it is killed, and says after each write how many there were.</summary>
internal static class S3CrashWriter
{
    public const string LakeVerb = "s3-lake-writer";
    public const string ExportVerb = "s3-export-writer";

    /// <summary>Larger than a part, so that the file goes in several.</summary>
    private const int ExportBytes = 11 << 20;

    /// <summary>Leases that a killed writer leaves are waited out: short ones.</summary>
    public static S3Options Options(string endpoint, string bucket) => new()
    {
        Endpoint = endpoint,
        AccessKey = SwiftServer.AccessKey,
        SecretKey = SwiftServer.SecretKey,
        CuratedBucket = bucket,
        ExportBucket = bucket,
        ExportPrefix = "exports",
        NewObjects = S3Options.Lease,
        LeaseSeconds = 4,
        LeaseGraceSeconds = 0,
        PartMiB = 5,
    };

    /// <summary>Commits to the table of prices; number n is the n-th commit of all writers.</summary>
    public static int Commit(string endpoint, string bucket, TextWriter acknowledged)
    {
        using var lakes = new S3Lakes(Options(endpoint, bucket));
        using var world = lakes.World(Environment.ProcessId);
        var table = world.Catalog.TableOrNew(LakeWorld.PricesShape);
        LakeCrashWriter.Write(table, acknowledged);
        return 0;
    }

    /// <summary>Writes a file anew and sends it, as exports of curves are.</summary>
    public static async Task<int> Export(string endpoint, string bucket, string folder, TextWriter acknowledged)
    {
        using var connection = new S3Connection(Options(endpoint, bucket), TimeProvider.System, static () => 1);
        var uploads = new ExportUploads(connection.Exports()!, folder);
        var file = FileIn(folder);
        for (var number = VersionOf(file) + 1; ; number++)
        {
            ExportUploads.Note(file);
            await File.WriteAllBytesAsync(file + ".new", Content(number));
            File.Move(file + ".new", file, overwrite: true);
            await uploads.Send(CancellationToken.None);
            await acknowledged.WriteLineAsync(number.ToString(CultureInfo.InvariantCulture));
            await acknowledged.FlushAsync();
        }
    }

    public static string FileIn(string folder) => Path.Combine(folder, "curves.csv");

    /// <summary>What a version of the file holds: its number, again and again.</summary>
    public static byte[] Content(int number)
    {
        var bytes = new byte[ExportBytes];
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(bytes.AsSpan()).Fill(number);
        return bytes;
    }

    /// <summary>Number of the version that a file holds; 0: it is not there.</summary>
    public static int VersionOf(string file) => File.Exists(file) ? BitConverter.ToInt32(File.ReadAllBytes(file)) : 0;
}
