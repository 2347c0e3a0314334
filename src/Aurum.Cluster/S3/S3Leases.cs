using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Aurum.Store.Objects;

namespace Aurum.Cluster.S3;

/// <summary>Creates objects on servers without conditional puts. A writer puts a claim of its own beside the key and lists the claims: it
/// goes on only where it is alone. Of two that claim at once at least one sees the other; the one whose claim sorts first waits, the
/// other withdraws. So at most one writes.</summary>
/// <remarks>
/// <para>Fence: the put is a presigned request that expires with the lease. A writer that was stopped in between (a pause, a slow
/// network) is refused by the server itself when it goes on. Others take a claim for abandoned once they have seen it unchanged for a
/// lease and <see cref="S3Options.LeaseGraceSeconds"/> by their own clock, so that clocks need not agree beyond that grace.</para>
/// <para>It needs a server whose lists and reads show what was written before they were asked for. Amazon S3, MinIO and Ceph promise
/// that; OpenStack Swift does on one node.</para>
/// </remarks>
internal sealed class S3Leases(
    S3ObjectStore objects, S3Connection connection, S3Place place, S3Calls calls, HttpClient http, TimeProvider time, Func<ulong> nextToken)
{
    /// <summary>Below this rest of a lease a put is not begun, seconds.</summary>
    private const int LeastRestSeconds = 2;

    private const string Claims = ".lease/";
    private const string Sha256Header = "x-amz-meta-sha256";

    private readonly S3Options _options = connection.Options;

    /// <summary>Creates an object; false: it is there already.</summary>
    /// <exception cref="ObjectStoreException">Not acknowledged, or others have held the lease all the time.</exception>
    public async Task<bool> PutNew(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        var begun = time.GetTimestamp();
        var patience = TimeSpan.FromSeconds(_options.TotalSeconds + _options.LeaseSeconds + _options.LeaseGraceSeconds);
        for (var attempt = 0; time.GetElapsedTime(begun) < patience; attempt++)
        {
            if (await objects.Find(key, cancel) is not null)
            {
                return false;
            }

            var claim = new Claim($"{key}{Claims}{nextToken():x16}", time.GetTimestamp());
            await objects.Put(claim.Key, Encoding.ASCII.GetBytes(claim.Key), cancel);
            try
            {
                if (await IsAlone(key, claim, seen, cancel) && await PutAlone(key, bytes, claim, cancel) is { } written)
                {
                    claim.IsSent = false;
                    return written;
                }
            }
            finally
            {
                // Of a put that was not acknowledged the claim stays: nobody may write before the server refuses it.
                if (!claim.IsSent)
                {
                    await objects.Delete(claim.Key, CancellationToken.None);
                }
            }

            await Task.Delay(calls.Wait(attempt), time, cancel);
        }

        throw new ObjectStoreException(
            $"put {objects.Named(key)}: others have held the lease for {patience.TotalSeconds:N0} s", ObjectFailure.Unavailable);
    }

    /// <summary>Waits until only the own claim is there; false: an earlier one is, or the lease is nearly over.</summary>
    private async Task<bool> IsAlone(string key, Claim own, Dictionary<string, long> seen, CancellationToken cancel)
    {
        for (var attempt = 0; Rest(own) >= LeastRestSeconds; attempt++)
        {
            var claims = new List<string>();
            await foreach (var claim in objects.List(key + Claims, cancel))
            {
                claims.Add(claim.Key);
            }

            var others = claims.Where(c => c != own.Key).ToList();
            if (others.Count == 0)
            {
                return claims.Count == 1;
            }

            if (await Abandoned(others, seen, cancel) || others.Exists(o => string.CompareOrdinal(o, own.Key) < 0))
            {
                return false;
            }

            await Task.Delay(calls.Wait(Math.Min(attempt, 3)), time, cancel);
        }

        return false;
    }

    /// <summary>Removes claims whose lease is over; whether there were any.</summary>
    private async Task<bool> Abandoned(List<string> others, Dictionary<string, long> seen, CancellationToken cancel)
    {
        var any = false;
        var life = TimeSpan.FromSeconds(_options.LeaseSeconds + _options.LeaseGraceSeconds);
        foreach (var other in others)
        {
            seen.TryAdd(other, time.GetTimestamp());
            if (time.GetElapsedTime(seen[other]) >= life)
            {
                await objects.Delete(other, cancel);
                any = true;
            }
        }

        return any;
    }

    /// <summary>Whether it was written; null: the lease was over before anything was sent, a further one is needed.</summary>
    private async Task<bool?> PutAlone(string key, ReadOnlyMemory<byte> bytes, Claim claim, CancellationToken cancel)
    {
        // Another one may have written and gone between the first look and the claim.
        if (await objects.Find(key, cancel) is not null)
        {
            return false;
        }

        try
        {
            var status = await calls.Run($"put {objects.Named(key)}", bytes.Length, limited => Put(key, bytes, claim, limited), cancel);
            if (status is < HttpStatusCode.OK or >= HttpStatusCode.Ambiguous)
            {
                throw new ObjectStoreException($"put {objects.Named(key)}: the server answers {(int)status} to a put under a lease",
                    (int)status >= 500 ? ObjectFailure.Unavailable : ObjectFailure.Refused);
            }
        }
        catch (ObjectStoreException) when (!claim.IsSent && Rest(claim) < LeastRestSeconds)
        {
            return null;
        }
        catch (ObjectStoreException error) when (
            error.Kind == ObjectFailure.Unavailable && claim.IsSent && Rest(claim) >= LeastRestSeconds)
        {
            // The answer was lost, perhaps not the put: what is there says.
        }

        return await objects.Read(key, long.MaxValue, cancel) is { } found && found.AsSpan().SequenceEqual(bytes.Span)
            ? true
            : throw new ObjectStoreException(
                $"put {objects.Named(key)}: expected to read what was written under the lease, found other bytes or none",
                ObjectFailure.Unavailable);
    }

    private async Task<HttpStatusCode> Put(string key, ReadOnlyMemory<byte> bytes, Claim claim, CancellationToken cancel)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var rest = Rest(claim);
        if (rest < LeastRestSeconds)
        {
            throw new ObjectStoreException($"put {objects.Named(key)}: the lease is over", ObjectFailure.Unavailable);
        }

        var presign = new GetPreSignedUrlRequest
        {
            BucketName = place.Bucket,
            Key = place.Full(key),
            Verb = HttpVerb.PUT,
            Protocol = _options.Endpoint.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? Protocol.HTTP : Protocol.HTTPS,
            Expires = time.GetUtcNow().UtcDateTime.AddSeconds(rest),
        };
        presign.Headers[Sha256Header] = sha256;
        using var request = new HttpRequestMessage(HttpMethod.Put, await connection.Client.GetPreSignedURLAsync(presign));
        request.Content = new ReadOnlyMemoryContent(bytes);
        request.Headers.Add(Sha256Header, sha256);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(rest), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        claim.IsSent = true;
        using var answer = await http.SendAsync(request, both.Token);
        return answer.StatusCode;
    }

    private double Rest(Claim claim) => _options.LeaseSeconds - time.GetElapsedTime(claim.Since).TotalSeconds;

    /// <param name="Key">Its object.</param>
    /// <param name="Since">Before it was put, by the own clock.</param>
    private sealed record Claim(string Key, long Since)
    {
        /// <summary>Whether a put under it may have reached the server and was not acknowledged.</summary>
        public bool IsSent { get; set; }
    }
}
