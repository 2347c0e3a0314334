using System.Globalization;

namespace Aurum.Cluster.Redis.Cache;

/// <summary>Token buckets of clients for all servers together, on the clock of Redis. Never fails: where Redis does not answer, nobody
/// knows, and each server counts for itself.</summary>
public sealed class RedisLimits(RedisClient client, RedisMetrics metrics)
{
    private const string TakeScript = """
        local rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
        local time = redis.call('TIME')
        local now = time[1] + time[2] / 1000000
        local had = redis.call('HMGET', KEYS[1], 'tokens', 'at')
        local tokens = math.min(burst, (tonumber(had[1]) or burst) + math.max(0, now - (tonumber(had[2]) or now)) * rate)
        local allowed = 0
        if tokens >= 1 then
          tokens, allowed = tokens - 1, 1
        end
        redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.6f', now))
        redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000) + 1000)
        return {allowed, string.format('%.6f', tokens)}
        """;

    private readonly RedisKeys _keys = new(client.Options.Namespace);

    /// <summary>Takes a token of a client's bucket, if there is one.</summary>
    /// <param name="of">The client.</param>
    /// <param name="perSecond">Tokens a second.</param>
    /// <param name="burst">Tokens that a full bucket holds.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Whether there was one, and what is left; null where Redis does not say.</returns>
    public async ValueTask<(bool IsAllowed, double Tokens)?> Take(string of, double perSecond, int burst, CancellationToken cancel)
    {
        try
        {
            var reply = await client.Call(
                ["EVAL", TakeScript, 1, _keys.RateLimit(RedisKeys.MarketTenant, of), Text(perSecond), burst], cancel);
            return (reply.Items[0].Number == 1, double.Parse(reply.Items[1].Text, CultureInfo.InvariantCulture));
        }
        catch (RedisException fault)
        {
            client.LeaveAfter(fault);
            metrics.Failed("limit", fault.Fault);
            return null;
        }
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
