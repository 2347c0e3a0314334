namespace Aurum.Cluster.S3;

/// <summary>An S3 server and what of Aurum lies there. A part whose bucket is null stays on the local disk.</summary>
public sealed record S3Options
{
    /// <summary>Address of the server: <c>https://s3.eu-central-1.amazonaws.com</c>, <c>http://minio:9000</c>. Required.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Region that requests are signed for.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Id of the access key. Required.</summary>
    public string AccessKey { get; init; } = "";

    /// <summary>The access key's secret. Required; never printed.</summary>
    public string SecretKey { get; init; } = "";

    /// <summary>Token of temporary keys; null: they are not temporary. Never printed.</summary>
    public string? SessionToken { get; init; }

    /// <summary>Bucket of what publishers sent; by plan <c>aurum-raw</c>.</summary>
    public string? RawBucket { get; init; }

    /// <summary>Bucket of the lake; by plan <c>aurum-curated</c>.</summary>
    public string? CuratedBucket { get; init; }

    /// <summary>Bucket of exported curves; by plan <c>aurum-exports</c>.</summary>
    public string? ExportBucket { get; init; }

    /// <summary>Folder of the archive in its bucket.</summary>
    public string RawPrefix { get; init; } = "archive";

    /// <summary>Folder of the lake in its bucket.</summary>
    public string CuratedPrefix { get; init; } = "iceberg";

    /// <summary>Folder of exports in their bucket; empty: the bucket itself.</summary>
    public string ExportPrefix { get; init; } = "";

    /// <summary>Whether the bucket stands in the path rather than in the host's name.</summary>
    public bool PathStyle { get; init; } = true;

    /// <summary>Time to connect, seconds. 1 to 300.</summary>
    public int ConnectSeconds { get; init; } = 5;

    /// <summary>Time of one try of a request up to its answer's headers, seconds. 1 to 3,600.</summary>
    public int RequestSeconds { get; init; } = 30;

    /// <summary>Time of a call with all its tries, seconds; a second is added for each 256 KiB of a body. 1 to 86,400.</summary>
    public int TotalSeconds { get; init; } = 120;

    /// <summary>Tries after the first, with growing waits. 0 to 20.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>Size of a part of a large object, MiB. 5 to 1,024. Smaller objects go in one request.</summary>
    public int PartMiB { get; init; } = 16;

    /// <summary>Parts of an object that are sent at once, 1 to 64. Each takes <see cref="PartMiB"/> of memory.</summary>
    public int ParallelParts { get; init; } = 4;

    /// <summary>Disk for bodies of the archive that the bucket has too, MiB. 0 to 16,777,216; 0: all stay. What the bucket lacks always
    /// stays.</summary>
    public int ArchiveMiB { get; init; }

    /// <summary>Disk for files of the lake that are read, MiB. 64 to 16,777,216.</summary>
    public int CacheMiB { get; init; } = 16_384;

    /// <summary>How long a file of the lake stays in that cache after a query has asked for it, minutes. 1 to 1,440. Longer than the
    /// longest query.</summary>
    public int CacheHoldMinutes { get; init; } = 15;

    /// <summary>How an object is created that must not be there: <c>auto</c> asks the server once whether it knows <c>If-None-Match</c>,
    /// <c>condition</c> takes it for granted, <c>lease</c> does without.</summary>
    public string NewObjects { get; init; } = Auto;

    /// <summary>How long a lease lasts, seconds. 4 to 600.</summary>
    public int LeaseSeconds { get; init; } = 30;

    /// <summary>What is waited beyond a lease before it counts as abandoned, for clocks that differ and bodies that arrive slowly,
    /// seconds. 0 to 900.</summary>
    public int LeaseGraceSeconds { get; init; } = 15;

    /// <summary>Keys of a page of a list.</summary>
    internal int PageKeys { get; init; } = 1_000;

    internal const string Auto = "auto";
    internal const string Condition = "condition";
    internal const string Lease = "lease";

    /// <summary>Where keys are asked for when a request is signed.</summary>
    internal ILiveSecrets Secrets { get; init; } = SecretsAsRead.Instance;

    /// <summary>The same options, whose keys may change while the program runs.</summary>
    public S3Options With(ILiveSecrets secrets) => this with { Secrets = secrets };

    /// <exception cref="ArgumentException">A value is out of range; the message says which, and the range.</exception>
    public void Check()
    {
        SettingRules.Http("S3:Endpoint", Endpoint, "https://s3.example.com");
        SettingRules.Filled($"S3:{nameof(AccessKey)}", AccessKey);
        SettingRules.Filled($"S3:{nameof(SecretKey)}", SecretKey);
        SettingRules.Filled($"S3:{nameof(Region)}", Region);
        CheckBucket(nameof(RawBucket), RawBucket);
        CheckBucket(nameof(CuratedBucket), CuratedBucket);
        CheckBucket(nameof(ExportBucket), ExportBucket);
        Prefix(nameof(RawPrefix), RawPrefix);
        Prefix(nameof(CuratedPrefix), CuratedPrefix);
        Prefix(nameof(ExportPrefix), ExportPrefix);
        SettingRules.InRange($"S3:{nameof(ConnectSeconds)}", ConnectSeconds, 1, 300, "seconds");
        SettingRules.InRange($"S3:{nameof(RequestSeconds)}", RequestSeconds, 1, 3_600, "seconds");
        SettingRules.InRange($"S3:{nameof(TotalSeconds)}", TotalSeconds, 1, 86_400, "seconds");
        SettingRules.InRange($"S3:{nameof(Retries)}", Retries, 0, 20, "tries");
        SettingRules.InRange($"S3:{nameof(PartMiB)}", PartMiB, 5, 1_024, "MiB");
        SettingRules.InRange($"S3:{nameof(ParallelParts)}", ParallelParts, 1, 64, "parts");
        SettingRules.InRange($"S3:{nameof(ArchiveMiB)}", ArchiveMiB, 0, 1 << 24, "MiB");
        SettingRules.InRange($"S3:{nameof(CacheMiB)}", CacheMiB, 64, 1 << 24, "MiB");
        SettingRules.InRange($"S3:{nameof(CacheHoldMinutes)}", CacheHoldMinutes, 1, 1_440, "minutes");
        SettingRules.InRange($"S3:{nameof(LeaseSeconds)}", LeaseSeconds, 4, 600, "seconds");
        SettingRules.InRange($"S3:{nameof(LeaseGraceSeconds)}", LeaseGraceSeconds, 0, 900, "seconds");
        if (NewObjects is not (Auto or Condition or Lease))
        {
            throw new ArgumentException($"S3:NewObjects: expected auto, condition or lease, found '{NewObjects}'");
        }
    }

    /// <summary>The keys as they are now.</summary>
    internal EngineLogin Login() => new(
        Secrets, ("S3:AccessKey", AccessKey), ("S3:SecretKey", SecretKey), ("S3:SessionToken", SessionToken));

    /// <summary>Without secrets.</summary>
    public override string ToString() => $"S3 at {Endpoint}";

    /// <summary>Names as S3 has them: 3 to 63 of a-z, 0-9, dash and point.</summary>
    private static void CheckBucket(string name, string? value)
    {
        if (value is not null && (value.Length is < 3 or > 63
            || !value.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')))
        {
            throw new ArgumentException($"S3:{name}: expected 3 to 63 of a-z, 0-9, - and ., found '{value}'");
        }
    }

    private static void Prefix(string name, string value)
    {
        if (value.StartsWith('/') || value.EndsWith('/') || value.Contains("..", StringComparison.Ordinal))
        {
            throw new ArgumentException($"S3:{name}: expected a folder such as archive or a/b, found '{value}'");
        }
    }
}
