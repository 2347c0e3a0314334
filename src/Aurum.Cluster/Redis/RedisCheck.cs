using System.Globalization;
using Aurum.Cluster.Redis.Wire;

namespace Aurum.Cluster.Redis;

/// <summary>Looks whether Redis can be used as it is configured: reached, new enough, rights, memory.</summary>
public static class RedisCheck
{
    private const string Engine = "Redis";
    private const int LeastMajor = 6;

    /// <returns>What was found; nothing in it is secret.</returns>
    public static async Task<IReadOnlyList<EngineFinding>> Run(RedisOptions options, CancellationToken cancel) =>
        await Run(options, TimeProvider.System, cancel);

    internal static async Task<IReadOnlyList<EngineFinding>> Run(RedisOptions options, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            options.Check();
            await using var client = new RedisClient(options with { RequestTimeoutMs = options.ConnectTimeoutMs }, time, new Random(1));
            var findings = new List<EngineFinding> { await Reached(client, cancel) };
            findings.AddRange(await Rights(client, cancel));
            findings.AddRange(await Memory(client, cancel));
            return findings;
        }
        catch (ArgumentException error)
        {
            return [new EngineFinding(Engine, EngineState.Failed, error.Message, "mend the setting")];
        }
        catch (RedisException fault)
        {
            return [new EngineFinding(Engine, EngineState.Failed, fault.Message, ToDo(fault, options))];
        }
    }

    private static string ToDo(RedisException fault, RedisOptions options) => fault.Fault switch
    {
        RedisFault.Login => "set Redis:User and Redis:Password to those of an ACL user ('redis-cli ACL LIST' shows them)",
        RedisFault.Unreachable => $"see that a server listens at {options.Host}:{options.Port} and that the network lets us there",
        RedisFault.Timeout =>
            "see whether the server is overloaded or frozen ('redis-cli --latency'), or allow more (Redis:ConnectTimeoutMs)",
        RedisFault.Protocol => "see that it is a Redis server, and whether it wants TLS (Redis:Tls)",
        _ => "see the server's log",
    };

    private static async Task<EngineFinding> Reached(RedisClient client, CancellationToken cancel)
    {
        await client.Call(["PING"], cancel);
        var version = client.ServerVersion ?? "";
        var what = $"Redis {version} at {client.Options.Address}";
        var isNew = int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && major >= LeastMajor;
        return isNew
            ? new EngineFinding(Engine, EngineState.Well, what)
            : new EngineFinding(Engine, EngineState.Warned, what, "use Redis 6.2 or newer; tested with 7.0");
    }

    /// <summary>Does what the platform does, with a key of its own.</summary>
    private static async Task<IReadOnlyList<EngineFinding>> Rights(RedisClient client, CancellationToken cancel)
    {
        var key = $"{client.Options.Namespace}:check";
        var batch = new RedisBatch();
        batch.Add(["SET", key, "1", "PX", 1_000]);
        batch.Add(["GET", key]);
        batch.Add(["EVAL", "return redis.call('PTTL', KEYS[1])", 1, key]);
        batch.Add(["ZADD", $"{key}:z", 0, "1"]);
        batch.Add(["EXPIRE", $"{key}:z", 1]);
        batch.Add(["PUBLISH", $"{client.Options.Namespace}:updates:check", "1"]);
        string[] names = ["SET", "GET", "EVAL", "ZADD", "EXPIRE", "PUBLISH"];
        var replies = await client.Call(batch, cancel);
        return
        [
            .. replies.Select((reply, i) => (reply, name: names[i])).Where(static r => r.reply.IsError).Select(r => new EngineFinding(
                Engine, EngineState.Failed, $"{r.name} of {key}: {r.reply}", ToDoFor(r.reply.Text, client.Options))),
        ];
    }

    private static string ToDoFor(string refusal, RedisOptions options) =>
        refusal.StartsWith("OOM", StringComparison.Ordinal)
            ? "give the server more memory, or an eviction policy ('CONFIG SET maxmemory-policy allkeys-lru')"
        : refusal.StartsWith("READONLY", StringComparison.Ordinal) ? "name the master, or what always stands for it, in Redis:Host"
        : refusal.StartsWith("NOPERM", StringComparison.Ordinal)
            ? $"let the user at keys ~{options.Namespace}:* and channels &{options.Namespace}:*, with +@read +@write +@scripting +@pubsub"
        : "see the server's log";

    private static async Task<IReadOnlyList<EngineFinding>> Memory(RedisClient client, CancellationToken cancel)
    {
        RespValue info;
        try
        {
            info = await client.Call(["INFO", "memory"], cancel);
        }
        catch (RedisException refused) when (refused.Fault == RedisFault.Refused)
        {
            return [new EngineFinding(Engine, EngineState.Warned, "INFO memory is not allowed, so limits of memory were not looked at")];
        }

        var lines = info.Text.Split("\r\n").Where(static l => l.Contains(':'))
            .ToDictionary(static l => l[..l.IndexOf(':')], static l => l[(l.IndexOf(':') + 1)..]);
        var limit = long.Parse(lines.GetValueOrDefault("maxmemory", "0"), CultureInfo.InvariantCulture);
        var policy = lines.GetValueOrDefault("maxmemory_policy", "");
        return limit == 0
            ? [new EngineFinding(
                Engine, EngineState.Warned, "the server has no limit of memory",
                "set maxmemory, and maxmemory-policy allkeys-lru: all that lies there can be made again")]
            : policy == "noeviction"
                ? [new EngineFinding(
                    Engine, EngineState.Warned, $"maxmemory is {limit >> 20} MiB with noeviction: a full server refuses new values",
                    "set maxmemory-policy allkeys-lru: all that lies there can be made again")]
                : [new EngineFinding(Engine, EngineState.Well, $"maxmemory {limit >> 20} MiB, {policy}")];
    }
}
