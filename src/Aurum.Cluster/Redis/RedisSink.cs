using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Aurum.Store.Reading;
using Aurum.Store.Sinks;

namespace Aurum.Cluster.Redis;

/// <summary>Tells those who follow Redis of deliveries: the newest that changed rows by table in a hash, and a message each.</summary>
/// <remarks>Answers that are kept in Redis have the state of their tables in their key, so that none has to be taken back here. A number
/// that came before is told again and changes nothing. The client is disposed with it.</remarks>
public sealed class RedisSink(RedisClient client) : IDeliverySink
{
    /// <summary>Deliveries of a batch at most.</summary>
    private const int MostDeliveries = 1_000;

    private const string NewestScript = """
        for i = 1, #ARGV, 2 do
          local had = redis.call('HGET', KEYS[1], ARGV[i])
          if not had or tonumber(had) < tonumber(ARGV[i + 1]) then
            redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
          end
        end
        return #ARGV / 2
        """;

    private readonly RedisKeys _keys = new(client.Options.Namespace);

    /// <summary>Name of its cursor in the store.</summary>
    public const string SinkName = "redis";

    public string Name => SinkName;

    public bool Follows(string table) => true;

    public async Task Deliver(IReadOnlyList<SinkDelivery> deliveries, CancellationToken cancel)
    {
        foreach (var part in deliveries.Chunk(MostDeliveries))
        {
            await Send([.. part.Select(static d => d.Entry)], cancel);
        }
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private async Task Send(OutboxEntry[] entries, CancellationToken cancel)
    {
        var batch = new RedisBatch();
        var changed = entries.Where(static e => e.New + e.Changed > 0).GroupBy(static e => e.Table)
            .SelectMany(static table => new RedisArgument[] { table.Key, table.Max(static e => e.Id) }).ToArray();
        if (changed.Length > 0)
        {
            batch.Add([(RedisArgument)"EVAL", NewestScript, 1, _keys.Deliveries(RedisKeys.MarketTenant), .. changed]);
        }

        var channel = _keys.Updates("delivery", RedisKeys.MarketTenant);
        foreach (var entry in entries)
        {
            batch.Add(["PUBLISH", channel, Message(entry)]);
        }

        try
        {
            var replies = await client.Call(batch, cancel);
            if (RedisClient.RefusalIn(replies) is { } refusal)
            {
                client.LeaveAfter(refusal);
                throw refusal;
            }
        }
        catch (RedisException fault)
        {
            throw new SinkException($"deliveries {entries[0].Id} to {entries[^1].Id} were not told: {fault.Message}", fault);
        }
    }

    private static byte[] Message(OutboxEntry entry)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("delivery", entry.Id);
            json.WriteString("feed", entry.Feed.Text);
            json.WriteString("day", entry.Day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("table", entry.Table);
            json.WriteString("outcome", entry.Outcome.ToString());
            json.WriteString("known_at", entry.KnownAt.ToString("uuuu-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
            json.WriteNumber("new", entry.New);
            json.WriteNumber("changed", entry.Changed);
            json.WriteNumber("quarantined", entry.Quarantined);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
