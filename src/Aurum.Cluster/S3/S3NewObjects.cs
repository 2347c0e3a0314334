using System.Globalization;
using System.Net;
using System.Text;
using Amazon.S3;
using Aurum.Store.Objects;

namespace Aurum.Cluster.S3;

/// <summary>Creates objects that must not be there: by <c>If-None-Match: *</c> where the server refuses such puts, by a lease where it
/// does not.</summary>
/// <remarks>The server is asked once: two puts of a probe under one key, of which the second must be refused and must leave the first's
/// bytes. Servers that ignore the condition are found out that way.</remarks>
internal sealed class S3NewObjects(
    S3ObjectStore objects, S3Connection connection, S3Calls calls, S3Leases leases, Func<ulong> nextToken)
{
    private const int MostConflicts = 5;

    private readonly string _bucket = objects.Address["s3://".Length..].Split('/')[0];

    /// <summary>Two that ask at once both look: each with a probe of its own.</summary>
    public async Task<ObjectCapabilities> Capabilities(CancellationToken cancel) =>
        connection.Options.NewObjects switch
        {
            S3Options.Condition => new ObjectCapabilities(PutIfAbsent: true),
            S3Options.Lease => new ObjectCapabilities(PutIfAbsent: false),
            _ when connection.Known.TryGetValue(_bucket, out var known) => known,
            _ => connection.Known[_bucket] = new ObjectCapabilities(await Probe(cancel)),
        };

    public async Task<bool> Put(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (!(await Capabilities(cancel)).PutIfAbsent)
        {
            return await leases.PutNew(key, bytes, cancel);
        }

        return await PutConditional(key, bytes, cancel) switch
        {
            Answer.Written => true,
            Answer.NotKnown => throw new ObjectStoreException(
                $"put {objects.Named(key)}: the server does not know If-None-Match; set S3:NewObjects to lease", ObjectFailure.Refused),
            _ => await IsOurs(key, bytes, cancel),
        };
    }

    /// <summary>Whether an object that is there has these bytes: a put whose answer was lost is tried again by the client, and is then
    /// refused because of itself. Contents that must not be taken for another writer's carry something unique.</summary>
    public async Task<bool> IsOurs(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancel) =>
        await objects.Read(key, long.MaxValue, cancel) is { } found && found.AsSpan().SequenceEqual(bytes.Span);

    private async Task<Answer> PutConditional(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await calls.Run(
                $"put {objects.Named(key)}", bytes.Length, limited => TryPut(key, bytes, limited), cancel);
            if (answer != Answer.Conflict)
            {
                return answer;
            }

            if (attempt == MostConflicts)
            {
                throw new ObjectStoreException(
                    $"put {objects.Named(key)}: others write it at each of {attempt + 1} tries", ObjectFailure.Unavailable);
            }
        }
    }

    private async Task<Answer> TryPut(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var request = objects.PutRequest(key, bytes);
        request.IfNoneMatch = "*";
        try
        {
            await connection.Client.PutObjectAsync(request, cancel);
            return Answer.Written;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return Answer.IsThere;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.Conflict)
        {
            return Answer.Conflict;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotImplemented || error.ErrorCode == "NotImplemented")
        {
            return Answer.NotKnown;
        }
    }

    private async Task<bool> Probe(CancellationToken cancel)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $".aurum-probe/{nextToken():x16}");
        var first = Encoding.ASCII.GetBytes("first");
        try
        {
            return await IsWritten(key, first, cancel)
                && await PutConditional(key, Encoding.ASCII.GetBytes("second"), cancel) == Answer.IsThere
                && await IsOurs(key, first, cancel);
        }
        finally
        {
            await objects.Delete(key, cancel);
        }
    }

    /// <summary>Whether the first put of the probe was done, also where its answer was lost and the client's further try was refused
    /// because of it: this process would use leases otherwise, where all others use the condition, and neither keeps the other
    /// out.</summary>
    private async Task<bool> IsWritten(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancel) =>
        await PutConditional(key, bytes, cancel) switch
        {
            Answer.Written => true,
            Answer.IsThere => await IsOurs(key, bytes, cancel),
            _ => false,
        };

    private enum Answer
    {
        Written,
        IsThere,
        Conflict,
        NotKnown,
    }
}
