using System.Text;
using Aurum.Store.Objects;

namespace Aurum.Cluster.S3;

/// <summary>Looks whether an S3 server can be used: for <c>aurum doctor</c>.</summary>
public static class S3Check
{
    private const string Engine = "S3";

    /// <summary>Writes, reads, lists and removes a probe in each bucket that is configured.</summary>
    public static async Task<IReadOnlyList<EngineFinding>> Run(S3Options options, CancellationToken cancel)
    {
        try
        {
            options.Check();
        }
        catch (ArgumentException error)
        {
            return [new EngineFinding(Engine, EngineState.Failed, error.Message, "mend the setting")];
        }

        using var connection = new S3Connection(options, TimeProvider.System, Chance.Token);
        (string Setting, string? Bucket, string Prefix, string What)[] parts =
        [
            ("RawBucket", options.RawBucket, options.RawPrefix, "archive"),
            ("CuratedBucket", options.CuratedBucket, options.CuratedPrefix, "lake"),
            ("ExportBucket", options.ExportBucket, options.ExportPrefix, "exports"),
        ];
        var findings = new List<EngineFinding>();
        foreach (var (setting, bucket, prefix, what) in parts)
        {
            if (bucket is not null)
            {
                findings.Add(await Look(connection.Open(bucket, prefix), what, setting, cancel));
            }
        }

        return findings.Count > 0
            ? findings
            : [new EngineFinding(Engine, EngineState.Warned, "no bucket is named: nothing is kept there",
                "set S3:RawBucket, S3:CuratedBucket or S3:ExportBucket, or remove S3")];
    }

    private static async Task<EngineFinding> Look(IObjectStore objects, string what, string setting, CancellationToken cancel)
    {
        try
        {
            var can = await objects.Capabilities(cancel);
            var key = $".aurum-probe/doctor-{Chance.Token():x16}";
            await objects.Put(key, Encoding.ASCII.GetBytes(key), cancel);
            var read = await objects.Read(key, 1 << 10, cancel);
            var isListed = false;
            await foreach (var found in objects.List(".aurum-probe/", cancel))
            {
                isListed |= found.Key == key;
            }

            await objects.Delete(key, cancel);
            if (read is null || !isListed)
            {
                return new EngineFinding(Engine, EngineState.Failed,
                    $"{what}: {objects.Address} does not {(read is null ? "read" : "list")} what was just written",
                    "use a server whose reads and lists follow its writes at once");
            }

            return new EngineFinding(Engine, EngineState.Well,
                $"{what}: {objects.Address} writes, reads, lists and removes; new objects by "
                + (can.PutIfAbsent ? "If-None-Match" : "a lease: the server has no conditional put"),
                null);
        }
        catch (ObjectStoreException error)
        {
            return new EngineFinding(Engine, EngineState.Failed, $"{what}: {error.Message}", error.Kind == ObjectFailure.Refused
                ? $"check S3:AccessKey and S3:SecretKey, their rights, and that the bucket of S3:{setting} is there"
                : "check S3:Endpoint, and that the server runs and can be reached from here");
        }
    }
}
