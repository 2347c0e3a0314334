using Amazon.S3;
using Amazon.S3.Model;
using NodaTime;

namespace Aurum.Cluster.S3;

/// <summary>Uploads in parts that were begun and never ended: their process was killed. Nobody sees them as objects, and they are paid
/// for.</summary>
/// <param name="connection">Connection; its options name the buckets.</param>
/// <param name="time">Clock of limits.</param>
public sealed class S3Unfinished(S3Connection connection, TimeProvider time)
{
    private readonly S3Calls _calls = new(connection.Options, time, Chance.Token);

    /// <summary>Unfinished uploads below the folders of archive, lake and exports, oldest first.</summary>
    /// <param name="begunBefore">Later ones may be under way.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="Aurum.Store.Objects.ObjectStoreException">The server does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<UnfinishedUpload>> List(Instant begunBefore, CancellationToken cancel)
    {
        var options = connection.Options;
        (string? Bucket, string Prefix)[] places =
        [
            (options.RawBucket, options.RawPrefix), (options.CuratedBucket, options.CuratedPrefix),
            (options.ExportBucket, options.ExportPrefix),
        ];
        var found = new List<UnfinishedUpload>();
        foreach (var (bucket, prefix) in places.Distinct())
        {
            if (bucket is not null)
            {
                found.AddRange(await ListIn(new S3Place(bucket, prefix), cancel));
            }
        }

        return [.. found.Where(u => u.BegunAt < begunBefore).DistinctBy(static u => u.Id).OrderBy(static u => u.BegunAt)];
    }

    /// <summary>Gives an upload up; its parts go. One that is gone is as good.</summary>
    /// <exception cref="Aurum.Store.Objects.ObjectStoreException">The server does not answer, or refuses.</exception>
    public Task Abort(UnfinishedUpload upload, CancellationToken cancel) => _calls.Run(
        $"abort the upload to {upload.Address}",
        0,
        async limited =>
        {
            try
            {
                await connection.Client.AbortMultipartUploadAsync(upload.Bucket, upload.Key, upload.Id, limited);
            }
            catch (AmazonS3Exception error) when (S3Calls.IsNotThere(error))
            {
                // Its writer has ended it meanwhile.
            }

            return true;
        },
        cancel);

    private async Task<List<UnfinishedUpload>> ListIn(S3Place place, CancellationToken cancel)
    {
        var found = new List<UnfinishedUpload>();
        var request = new ListMultipartUploadsRequest
        {
            BucketName = place.Bucket,
            Prefix = place.Full(""),
            MaxUploads = connection.Options.PageKeys,
        };
        for (var isOver = false; !isOver;)
        {
            var page = await _calls.Run(
                $"list uploads of {place.Address}", 0, limited => connection.Client.ListMultipartUploadsAsync(request, limited), cancel);
            found.AddRange((page.MultipartUploads ?? []).Select(u => new UnfinishedUpload(
                place.Bucket, u.Key, u.UploadId, Instant.FromDateTimeUtc((u.Initiated ?? DateTime.UnixEpoch).ToUniversalTime()))));
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
            isOver = page.IsTruncated != true;
        }

        return found;
    }
}

/// <summary>An upload in parts that was begun.</summary>
/// <param name="Bucket">Bucket.</param>
/// <param name="Key">Key that the object is to have.</param>
/// <param name="Id">The server's id.</param>
/// <param name="BegunAt">When, by the server's clock.</param>
public sealed record UnfinishedUpload(string Bucket, string Key, string Id, Instant BegunAt)
{
    public string Address => $"s3://{Bucket}/{Key}";
}
