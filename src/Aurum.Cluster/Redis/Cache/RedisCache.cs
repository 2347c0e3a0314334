using Aurum.Cluster.Redis.Wire;

namespace Aurum.Cluster.Redis.Cache;

/// <summary>Keeps values in Redis for several processes. Never fails: where Redis does not answer, nothing is found, nothing is kept, and
/// nobody holds a lock; the metrics tell.</summary>
public sealed class RedisCache(RedisClient client, TimeProvider time, RedisMetrics metrics)
{
    /// <summary>Deletes a lock that one still holds: another's is left alone.</summary>
    private const string ReleaseScript = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

    public RedisOptions Options => client.Options;

    /// <summary>Looks for a value.</summary>
    /// <param name="kind">Kind of value, for the metrics.</param>
    /// <param name="key">Key.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<RedisFound> Find(string kind, string key, CancellationToken cancel)
    {
        var batch = new RedisBatch();
        batch.Add(["GET", key]);
        batch.Add(["PTTL", key]);
        if (await Try("get", batch, cancel) is not [var value, var left])
        {
            metrics.Looked(kind, "error");
            return new RedisFound(RedisAnswer.Unknown, default, default);
        }

        var isThere = value.Kind == RespKind.Text && left.Number > 0;
        metrics.Looked(kind, isThere ? "hit" : "miss");
        return isThere
            ? new RedisFound(RedisAnswer.Yes, value.Bytes, TimeSpan.FromMilliseconds(left.Number))
            : new RedisFound(RedisAnswer.No, default, default);
    }

    /// <summary>Keeps a value for a while. One that is too large is not kept.</summary>
    public async ValueTask Keep(string kind, string key, ReadOnlyMemory<byte> value, TimeSpan stay, CancellationToken cancel)
    {
        if (value.Length > Options.MaxValueKiB << 10)
        {
            return;
        }

        var batch = new RedisBatch();
        batch.Add(["SET", key, value, "PX", (long)Math.Max(1, stay.TotalMilliseconds)]);
        if (await Try("set", batch, cancel) is not null)
        {
            metrics.Updated(kind, 1);
        }
    }

    /// <summary>Takes the lock of a key where nobody has it.</summary>
    /// <param name="key">Key of the value.</param>
    /// <param name="owner">Who takes it: another one each time.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Unknown where Redis does not say.</returns>
    public async ValueTask<RedisAnswer> Lock(string key, string owner, CancellationToken cancel)
    {
        var batch = new RedisBatch();
        batch.Add(["SET", RedisKeys.Lock(key), owner, "NX", "PX", Options.LockMs]);
        return await Try("lock", batch, cancel) switch
        {
            [{ Kind: RespKind.Text }] => RedisAnswer.Yes,
            [_] => RedisAnswer.No,
            _ => RedisAnswer.Unknown,
        };
    }

    /// <summary>Gives the lock back, where it is still one's own.</summary>
    public async ValueTask Release(string key, string owner, CancellationToken cancel)
    {
        var batch = new RedisBatch();
        batch.Add(["EVAL", ReleaseScript, 1, RedisKeys.Lock(key), owner]);
        await Try("release", batch, cancel);
    }

    /// <summary>Sends commands.</summary>
    /// <returns>The replies; null where Redis is gone or refused one.</returns>
    private async ValueTask<IReadOnlyList<RespValue>?> Try(string operation, RedisBatch batch, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        RedisException? fault;
        try
        {
            var replies = await client.Call(batch, cancel);
            metrics.Took(operation, time.GetElapsedTime(started));
            fault = RedisClient.RefusalIn(replies);
            if (fault is null)
            {
                return replies;
            }

            client.LeaveAfter(fault);
        }
        catch (RedisException gone)
        {
            fault = gone;
        }

        metrics.Failed(operation, fault.Fault);
        return null;
    }
}

/// <summary>What Redis says to a question of yes or no.</summary>
public enum RedisAnswer
{
    No,
    Yes,

    /// <summary>It does not answer.</summary>
    Unknown,
}

/// <summary>A value that was looked for.</summary>
/// <param name="IsThere">Whether it is there.</param>
/// <param name="Value">The value.</param>
/// <param name="Left">How long it stays.</param>
public readonly record struct RedisFound(RedisAnswer IsThere, ReadOnlyMemory<byte> Value, TimeSpan Left);
