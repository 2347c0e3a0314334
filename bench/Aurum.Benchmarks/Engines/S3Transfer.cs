using System.Diagnostics;
using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using Aurum.Cluster.S3;
using Aurum.Store.Objects;

namespace Aurum.Benchmarks.Engines;

/// <summary>Files sent to an S3 server and read back from it by our store of objects, beside curl: one connection, one file after the
/// other. Ours takes the SHA-256 of every byte both ways and notes it; curl does not.</summary>
/// <remarks>Budget: 64 bytes allocated by KiB, sent and read: bodies are in buffers that are used again.</remarks>
internal static class S3Transfer
{
    private const int Files = 16;
    private const int FileMiB = 8;
    private const int KiBPerMiB = 1024;
    private const string Bucket = "bench";

    public static IReadOnlyList<BenchResult> Run(BenchOptions options) => SwiftBenchServer.IsThere && BenchServer.IsThere("curl")
        ? BenchFolder.Use(folder => Measure(options, folder).GetAwaiter().GetResult())
        : [];

    private static async Task<IReadOnlyList<BenchResult>> Measure(BenchOptions options, string folder)
    {
        using var server = SwiftBenchServer.Start(Directory.CreateDirectory(Path.Combine(folder, "swift")).FullName);
        ulong token = 0;
        using var connection = new S3Connection(
            new S3Options
            {
                Endpoint = server.Site.Endpoint, AccessKey = SwiftSite.AccessKey, SecretKey = SwiftSite.SecretKey, RawBucket = Bucket,
                RawPrefix = "ours",
            },
            TimeProvider.System,
            () => ++token);
        await connection.Client.PutBucketAsync(Bucket);
        var file = Path.Combine(folder, "file");
        var bytes = new byte[FileMiB << 20];
        new Random(7).NextBytes(bytes);
        await File.WriteAllBytesAsync(file, bytes);
        var (objects, count) = (connection.Archive()!, options.Scaled(Files));
        var curl = new Curl(connection, file, folder, count);
        return
        [
            await Race("engines/s3-put", options, count, () => Send(objects, file, count), curl.Put),
            await Race("engines/s3-get", options, count, () => Fetch(objects, Path.Combine(folder, "read"), count), curl.Get),
        ];
    }

    private static async Task<BenchResult> Race(string name, BenchOptions options, int count, Func<Task> ours, Func<Task> theirs)
    {
        List<double>[] rates = [[], []];
        var allocated = double.MaxValue;
        for (var round = 0; round <= options.Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var our = await Rate(ours, count);
            var perKiB = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(count * FileMiB * KiBPerMiB);
            var their = await Rate(theirs, count);
            if (round > 0)
            {
                allocated = Math.Min(allocated, perKiB);
                rates[0].Add(our);
                rates[1].Add(their);
            }
        }

        var (figure, baseline) = (Median(rates[0]), Median(rates[1]));
        return new BenchResult(
            name, Math.Round(figure, 1), "MiB per second", "curl", Math.Round(baseline, 1), Math.Round(figure / baseline, 2),
            Math.Round(allocated, 2),
            FormattableString.Invariant($"{count} files of {FileMiB} MiB, OpenStack Swift; wall clock; allocated by KiB"));
    }

    private static async Task Send(IObjectStore objects, string file, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await objects.Upload(NameOf(i), file, CancellationToken.None);
        }
    }

    private static async Task Fetch(IObjectStore objects, string file, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!await objects.Download(NameOf(i), file, CancellationToken.None))
            {
                throw new InvalidOperationException($"expected {NameOf(i)} in the bucket, found nothing");
            }
        }
    }

    private static async Task<double> Rate(Func<Task> work, int count)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return count * FileMiB / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static string NameOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    /// <summary>The same with curl, all files by one process, to addresses that are signed beforehand.</summary>
    private sealed class Curl(S3Connection connection, string file, string folder, int count)
    {
        public Task Put() => Run(i => ["--upload-file", file, Address(i, HttpVerb.PUT)]);

        public Task Get() => Run(i => ["--output", Path.Combine(folder, "theirs"), Address(i, HttpVerb.GET)]);

        private string Address(int number, HttpVerb verb) => connection.Client.GetPreSignedURL(new GetPreSignedUrlRequest
        {
            BucketName = Bucket,
            Key = $"theirs/{NameOf(number)}",
            Verb = verb,
            Protocol = Protocol.HTTP,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(10),
        });

        private async Task Run(Func<int, string[]> transfer)
        {
            string[] arguments =
                ["--silent", "--show-error", "--fail", "--header", "Expect:", .. Enumerable.Range(0, count).SelectMany(transfer)];
            using var curl = Process.Start(new ProcessStartInfo("curl", arguments) { RedirectStandardError = true })!;
            var error = await curl.StandardError.ReadToEndAsync();
            await curl.WaitForExitAsync();
            if (curl.ExitCode != 0)
            {
                throw new InvalidOperationException($"curl ended with {curl.ExitCode}: {error}");
            }
        }
    }
}
