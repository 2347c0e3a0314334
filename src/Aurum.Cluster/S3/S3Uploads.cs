using System.Buffers;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Win32.SafeHandles;

namespace Aurum.Cluster.S3;

/// <summary>Sends large files in parts, a few at once. What fails is aborted, so that no parts are left to pay for.</summary>
internal sealed class S3Uploads(IAmazonS3 s3, S3Options options, S3Calls calls, S3Place place)
{
    /// <summary>Parts of an object at most. Source: the limits of Amazon S3.</summary>
    private const int MostParts = 10_000;

    private const int AbortSeconds = 30;

    public async Task Send(string key, string file, long size, CancellationToken cancel)
    {
        var what = $"put {place.Address}/{key}";
        var partBytes = PartBytes(size);
        using var handle = Open(file);
        var begin = new InitiateMultipartUploadRequest { BucketName = place.Bucket, Key = place.Full(key) };
        begin.Metadata.Add("sha256", await HashOf(file, cancel));
        var upload = (await calls.Run(what, 0, limited => s3.InitiateMultipartUploadAsync(begin, limited), cancel)).UploadId;
        try
        {
            var tags = new PartETag[(size + partBytes - 1) / partBytes];
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.ParallelParts, CancellationToken = cancel };
            await Parallel.ForAsync(0, tags.Length, parallel, async (i, limited) =>
            {
                var offset = i * partBytes;
                var count = (int)Math.Min(partBytes, size - offset);
                var buffer = ArrayPool<byte>.Shared.Rent(count);
                try
                {
                    await ReadPart(handle, file, buffer.AsMemory(0, count), offset, limited);
                    tags[i] = await SendPart($"{what}, part {i + 1}", key, upload, i + 1, buffer, count, limited);
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            });
            var complete = new CompleteMultipartUploadRequest
            {
                BucketName = place.Bucket,
                Key = place.Full(key),
                UploadId = upload,
                PartETags = [.. tags],
            };
            await calls.Run(what, 0, limited => s3.CompleteMultipartUploadAsync(complete, limited), cancel);
        }
        catch
        {
            await Abort(key, upload);
            throw;
        }
    }

    public static SafeFileHandle Open(string file) =>
        File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous);

    /// <summary>Fills memory with bytes of a file.</summary>
    /// <exception cref="EndOfStreamException">The file is shorter.</exception>
    public static async Task ReadPart(
        SafeFileHandle handle, string file, Memory<byte> into, long offset, CancellationToken cancel)
    {
        for (var at = 0; at < into.Length;)
        {
            var read = await RandomAccess.ReadAsync(handle, into[at..], offset + at, cancel);
            at += read > 0 ? read : throw new EndOfStreamException($"{file}: it became shorter while it was sent");
        }
    }

    private long PartBytes(long size)
    {
        var usual = (long)options.PartMiB << 20;
        return Math.Max(usual, (size + MostParts - 1) / MostParts);
    }

    private async Task<PartETag> SendPart(
        string what, string key, string upload, int number, byte[] buffer, int count, CancellationToken cancel)
    {
        var sent = await calls.Run(
            what,
            count,
            limited => s3.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = place.Bucket,
                    Key = place.Full(key),
                    UploadId = upload,
                    PartNumber = number,
                    PartSize = count,
                    InputStream = new MemoryStream(buffer, 0, count, writable: false),
                    UseChunkEncoding = false,
                },
                limited),
            cancel);
        return new PartETag(number, sent.ETag);
    }

    private static async Task<string> HashOf(string file, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }

    /// <summary>Best effort: where the server is away, its own rule for unfinished uploads has to take the parts.</summary>
    private async Task Abort(string key, string upload)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(AbortSeconds));
        try
        {
            await s3.AbortMultipartUploadAsync(place.Bucket, place.Full(key), upload, limit.Token);
        }
        catch (Exception error) when (error is Amazon.Runtime.AmazonClientException or HttpRequestException or OperationCanceledException)
        {
            // What made the upload fail is what the caller is told.
        }
    }
}
