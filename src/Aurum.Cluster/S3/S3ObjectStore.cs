using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.Runtime.Internal.Util;
using Amazon.S3;
using Amazon.S3.Model;
using Aurum.Store.Objects;
using NodaTime;

namespace Aurum.Cluster.S3;

/// <summary>A folder of a bucket over Amazon's client. Each object has its SHA-256 in its metadata (<c>x-amz-meta-sha256</c>).</summary>
internal sealed class S3ObjectStore : IObjectStore
{
    private const string Sha256 = "sha256";
    private const int CopyBytes = 1 << 17;

    private readonly IAmazonS3 _s3;
    private readonly S3Options _options;
    private readonly S3Place _place;
    private readonly S3Calls _calls;
    private readonly S3Uploads _uploads;
    private readonly S3NewObjects _new;
    private readonly Func<ulong> _nextToken;

    public S3ObjectStore(S3Connection connection, S3Place place, HttpClient http, TimeProvider time, Func<ulong> nextToken)
    {
        (_s3, _options, _place, _nextToken) = (connection.Client, connection.Options, place, nextToken);
        _calls = new S3Calls(_options, time, nextToken);
        _uploads = new S3Uploads(_s3, _options, _calls, place);
        var leases = new S3Leases(this, connection, place, _calls, http, time, nextToken);
        _new = new S3NewObjects(this, connection, _calls, leases, nextToken);
    }

    public string Address => _place.Address;

    public Task<ObjectCapabilities> Capabilities(CancellationToken cancel) => _new.Capabilities(cancel);

    public Task<bool> PutNew(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancel) => _new.Put(key, bytes, cancel);

    public Task Put(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancel) => _calls.Run(
        $"put {Named(key)}", bytes.Length, limited => _s3.PutObjectAsync(PutRequest(key, bytes), limited), cancel);

    public async Task Upload(string key, string file, CancellationToken cancel)
    {
        var size = new FileInfo(file).Length;
        var part = (long)_options.PartMiB << 20;
        if (size <= part)
        {
            await PutWhole(key, file, (int)size, cancel);
            return;
        }

        await _uploads.Send(key, file, size, cancel);
        var found = await Find(key, cancel);
        if (found?.SizeBytes != size)
        {
            throw new ObjectStoreException(
                $"put {Named(key)}: expected {size} bytes after the parts were put together, found {found?.SizeBytes ?? 0}",
                ObjectFailure.Damaged);
        }
    }

    public Task<ObjectInfo?> Find(string key, CancellationToken cancel) => _calls.Run<ObjectInfo?>(
        $"head {Named(key)}",
        0,
        async limited =>
        {
            try
            {
                var head = await _s3.GetObjectMetadataAsync(_place.Bucket, _place.Full(key), limited);
                return new ObjectInfo(key, head.ContentLength, At(head.LastModified), head.Metadata[Sha256]);
            }
            catch (AmazonS3Exception error) when (S3Calls.IsNotThere(error))
            {
                return null;
            }
        },
        cancel);

    public Task<byte[]?> Read(string key, long maxBytes, CancellationToken cancel) => _calls.RunAgain<byte[]?>(
        $"get {Named(key)}",
        async limit =>
        {
            using var found = await Get(key, limit.Token);
            if (found is null)
            {
                return null;
            }

            if (found.ContentLength > maxBytes)
            {
                throw new ObjectStoreException(
                    $"get {Named(key)}: expected at most {maxBytes} bytes, found {found.ContentLength}", ObjectFailure.Refused);
            }

            limit.Expect(found.ContentLength);
            var bytes = new byte[found.ContentLength];
            await BodyOf(found).ReadExactlyAsync(bytes, limit.Token);
            CheckSum(key, found, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            return bytes;
        },
        cancel);

    public Task<byte[]> ReadRange(string key, long offset, int count, CancellationToken cancel) => _calls.RunAgain(
        $"get {Named(key)}",
        async limit =>
        {
            limit.Expect(count);
            var request = new GetObjectRequest
            {
                BucketName = _place.Bucket,
                Key = _place.Full(key),
                ByteRange = new ByteRange(offset, offset + count - 1),
            };
            using var found = await _s3.GetObjectAsync(request, limit.Token);
            if (found.ContentLength != count)
            {
                throw new ObjectStoreException(
                    $"get {Named(key)}: expected {count} bytes from {offset} on, found {found.ContentLength}", ObjectFailure.Refused);
            }

            var bytes = new byte[count];
            await found.ResponseStream.ReadExactlyAsync(bytes, limit.Token);
            return bytes;
        },
        cancel);

    public async Task<bool> Download(string key, string file, CancellationToken cancel)
    {
        var part = string.Create(CultureInfo.InvariantCulture, $"{file}.{_nextToken():x16}.part");
        try
        {
            var isThere = await _calls.RunAgain($"get {Named(key)}", limit => Copy(key, part, limit), cancel);
            if (isThere)
            {
                File.Move(part, file, overwrite: true);
            }

            return isThere;
        }
        finally
        {
            File.Delete(part);
        }
    }

    public async IAsyncEnumerable<ObjectInfo> List(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = _place.Bucket,
            Prefix = _place.Full(prefix),
            MaxKeys = _options.PageKeys,
        };
        do
        {
            var page = await _calls.Run(
                $"list {Named(prefix)}", 0, limited => _s3.ListObjectsV2Async(request, limited), cancel);
            foreach (var found in page.S3Objects ?? [])
            {
                yield return new ObjectInfo(_place.Below(found.Key), found.Size ?? 0, At(found.LastModified));
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    public async Task<IReadOnlyList<string>> Folders(string prefix, CancellationToken cancel)
    {
        var folders = new List<string>();
        var below = _place.Full(prefix);
        var request = new ListObjectsV2Request
        {
            BucketName = _place.Bucket,
            Prefix = below,
            Delimiter = "/",
            MaxKeys = _options.PageKeys,
        };
        do
        {
            var page = await _calls.Run(
                $"list {Named(prefix)}", 0, limited => _s3.ListObjectsV2Async(request, limited), cancel);
            folders.AddRange((page.CommonPrefixes ?? []).Select(f => f[below.Length..].TrimEnd('/')));
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
        return folders;
    }

    public Task Delete(string key, CancellationToken cancel) => _calls.Run(
        $"delete {Named(key)}",
        0,
        async limited =>
        {
            try
            {
                await _s3.DeleteObjectAsync(_place.Bucket, _place.Full(key), limited);
            }
            catch (AmazonS3Exception error) when (S3Calls.IsNotThere(error))
            {
                // Servers other than Amazon's say so; it is what was asked for.
            }

            return true;
        },
        cancel);

    /// <summary>A put in one request; its hash is signed with it and noted in it.</summary>
    internal PutObjectRequest PutRequest(string key, ReadOnlyMemory<byte> bytes)
    {
        var request = new PutObjectRequest
        {
            BucketName = _place.Bucket,
            Key = _place.Full(key),
            InputStream = Streamed(bytes),
            UseChunkEncoding = false,
        };
        request.Metadata.Add(Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
        return request;
    }

    internal string Named(string key) => $"{Address}/{key}";

    internal static MemoryStream Streamed(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    private async Task PutWhole(string key, string file, int size, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var bytes = buffer.AsMemory(0, size);
            using var handle = S3Uploads.Open(file);
            await S3Uploads.ReadPart(handle, file, bytes, 0, cancel);
            await Put(key, bytes, cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<GetObjectResponse?> Get(string key, CancellationToken cancel)
    {
        try
        {
            return await _s3.GetObjectAsync(_place.Bucket, _place.Full(key), cancel);
        }
        catch (AmazonS3Exception error) when (S3Calls.IsNotThere(error))
        {
            return null;
        }
    }

    private async Task<bool> Copy(string key, string part, CallLimit limit)
    {
        var cancel = limit.Token;
        using var found = await Get(key, cancel);
        if (found is null)
        {
            return false;
        }

        limit.Expect(found.ContentLength);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            await using var to = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
            var body = BodyOf(found);
            long size = 0;
            for (int read; (read = await body.ReadAtLeastAsync(
                buffer.AsMemory(0, CopyBytes), CopyBytes, throwOnEndOfStream: false, cancel)) > 0; size += read)
            {
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            }

            if (size != found.ContentLength)
            {
                throw new EndOfStreamException($"expected {found.ContentLength} bytes, found {size}");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        CheckSum(key, found, Convert.ToHexStringLower(hash.GetHashAndReset()));
        return true;
    }

    /// <summary>The bytes as they come. The client holds them against an MD5, which is half of its work, where we have a SHA-256.</summary>
    private static Stream BodyOf(GetObjectResponse found) =>
        found.Metadata[Sha256] is { Length: > 0 } && found.ResponseStream is WrapperStream withMd5
            ? withMd5.GetNonWrapperBaseStream()
            : found.ResponseStream;

    private void CheckSum(string key, GetObjectResponse found, string sha256)
    {
        if (found.Metadata[Sha256] is { Length: > 0 } expected && expected != sha256)
        {
            throw new ObjectStoreException(
                $"get {Named(key)}: expected the SHA-256 {expected} that was written, found {sha256}", ObjectFailure.Damaged);
        }
    }

    private static Instant At(DateTime? modified) => modified is { } known
        ? Instant.FromDateTimeUtc(known.ToUniversalTime())
        : Instant.MinValue;
}
