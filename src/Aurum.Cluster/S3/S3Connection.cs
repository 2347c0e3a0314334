using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using Aurum.Store.Objects;

namespace Aurum.Cluster.S3;

/// <summary>A connection to an S3 server; its buckets are opened as stores. Nothing is asked before a store is used.</summary>
public sealed class S3Connection : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Func<ulong> _nextToken;
    private readonly HttpClient _http;

    /// <param name="options">Where, and with what limits.</param>
    /// <param name="time">Clock of limits and leases.</param>
    /// <param name="nextToken">Chance: names of leases and spread of waits. Never twice the same.</param>
    /// <exception cref="ArgumentException">A setting is wrong.</exception>
    public S3Connection(S3Options options, TimeProvider time, Func<ulong> nextToken)
    {
        options.Check();
        (Options, _time, _nextToken) = (options, time, nextToken);
        Client = NewClient(options, time);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(options.ConnectSeconds),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
    }

    public S3Options Options { get; }

    internal IAmazonS3 Client { get; }

    /// <summary>What was found out about buckets.</summary>
    internal ConcurrentDictionary<string, ObjectCapabilities> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>A folder of a bucket.</summary>
    public IObjectStore Open(string bucket, string prefix) =>
        new S3ObjectStore(this, new S3Place(bucket, prefix), _http, _time, _nextToken);

    /// <summary>The archive's folder; null: the archive is not in S3.</summary>
    public IObjectStore? Archive() => Options.RawBucket is { } bucket ? Open(bucket, Options.RawPrefix) : null;

    /// <summary>The exports' folder; null: they are not in S3.</summary>
    public IObjectStore? Exports() => Options.ExportBucket is { } bucket ? Open(bucket, Options.ExportPrefix) : null;

    public void Dispose()
    {
        Client.Dispose();
        _http.Dispose();
    }

    /// <summary>Settings that servers other than Amazon's take as well: no chunked signatures, no trailing checksums; ours stand in
    /// the object's metadata.</summary>
    private static AmazonS3Client NewClient(S3Options options, TimeProvider time)
    {
        return new AmazonS3Client(new S3Keys(options.Login()), new AmazonS3Config
        {
            ServiceURL = options.Endpoint,
            AuthenticationRegion = options.Region,
            ForcePathStyle = options.PathStyle,
            UseHttp = options.Endpoint.StartsWith("http://", StringComparison.OrdinalIgnoreCase),
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            HttpClientFactory = new S3HttpClients(options, time),
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = options.Retries,
            AllowAutoRedirect = false,
        });
    }
}

/// <summary>A folder of a bucket.</summary>
/// <param name="Bucket">Bucket.</param>
/// <param name="Prefix">Folder without slashes at its ends; empty: the bucket itself.</param>
internal sealed record S3Place(string Bucket, string Prefix)
{
    public string Address => Prefix.Length == 0 ? $"s3://{Bucket}" : $"s3://{Bucket}/{Prefix}";

    /// <summary>Key in the bucket.</summary>
    public string Full(string key) => Prefix.Length == 0 ? key : $"{Prefix}/{key}";

    /// <summary>Key below the folder.</summary>
    public string Below(string full) => Prefix.Length == 0 ? full : full[(Prefix.Length + 1)..];
}
