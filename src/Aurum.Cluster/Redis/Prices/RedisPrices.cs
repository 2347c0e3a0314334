using Aurum.Market.Ticks;

namespace Aurum.Cluster.Redis.Prices;

/// <summary>Writes latest prices and points of curves to Redis in batches, and tells those who follow. Of several prices of an instrument
/// in a batch the last alone is sent. One thread.</summary>
/// <remarks>Doing it twice is doing it once: a script lets a value in only where it is not older than what is there.</remarks>
public sealed class RedisPrices(RedisClient client, TimeProvider time, RedisMetrics metrics) : IDisposable
{
    /// <summary>Values of a batch at most; a script of so many runs about a millisecond.</summary>
    public const int MostValues = 500;

    private const string PriceScript = """
        local length, taken = tonumber(ARGV[2]), 0
        for i, key in ipairs(KEYS) do
          local value = ARGV[i + 2]
          local had = redis.call('GETRANGE', key, 0, length - 1)
          if had == '' or had <= string.sub(value, 1, length) then
            redis.call('SET', key, value, 'EX', ARGV[1])
            taken = taken + 1
          end
        end
        return taken
        """;

    private const string PointScript = """
        local length, taken = tonumber(ARGV[2]), 0
        for i, key in ipairs(KEYS) do
          local field, value = ARGV[i * 2 + 1], ARGV[i * 2 + 2]
          local had = redis.call('HGET', key, field)
          if not had or string.sub(had, 1, length) <= string.sub(value, 1, length) then
            redis.call('HSET', key, field, value)
            taken = taken + 1
          end
          redis.call('EXPIRE', key, ARGV[1])
        end
        return taken
        """;

    private const int MetadataSeconds = 300;

    private readonly RedisKeys _keys = new(client.Options.Namespace);
    private readonly Dictionary<TickInstrument, byte[]> _prices = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TickInstrument, byte[]> _points = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TickInstrument, long> _introduced = new(ReferenceEqualityComparer.Instance);
    private readonly RedisBatch _batch = new();
    private readonly PriceText _text = new();

    /// <summary>Values that wait for <see cref="Flush"/>.</summary>
    public int Count => _prices.Count + _points.Count;

    /// <summary>A price, in place of an earlier one of its instrument.</summary>
    public void Add(TickInstrument instrument, in LatestPrice price, string source) =>
        _prices[instrument] = _text.Of(instrument, in price, source);

    /// <summary>A point of a curve, in place of an earlier one of its month.</summary>
    public void Add(TickInstrument instrument, in CurvePoint point) => _points[instrument] = _text.Of(instrument, in point);

    /// <summary>Forgets what was added, and what the server was told of instruments: it may have lost it.</summary>
    public void Clear()
    {
        Empty();
        _introduced.Clear();
    }

    public void Dispose() => _text.Dispose();

    /// <summary>Sends what was added.</summary>
    /// <exception cref="RedisException">Redis did not take all of it; it is forgotten all the same.</exception>
    public async Task Flush(CancellationToken cancel)
    {
        if (Count == 0)
        {
            return;
        }

        AddPrices();
        AddPoints();
        var (count, started) = (Count, time.GetTimestamp());
        try
        {
            var replies = await client.Call(_batch, cancel);
            if (RedisClient.RefusalIn(replies) is { } refusal)
            {
                client.LeaveAfter(refusal);
                throw refusal;
            }

            metrics.Took("prices", time.GetElapsedTime(started));
            metrics.Updated("price", _prices.Count);
            metrics.Updated("curve", _points.Count);
            metrics.Messages("sent", count);
        }
        catch (RedisException fault)
        {
            metrics.Failed("prices", fault.Fault);
            throw;
        }
        finally
        {
            Empty();
        }
    }

    private void Empty()
    {
        _prices.Clear();
        _points.Clear();
        _batch.Clear();
    }

    private void AddPrices()
    {
        foreach (var tenant in _prices.GroupBy(static p => p.Key.Tenant))
        {
            foreach (var part in tenant.Chunk(MostValues))
            {
                Script(PriceScript, part.Length, [.. part.Select(p => (RedisArgument)_keys.LatestPrice(p.Key.Tenant, p.Key.Name))],
                    [.. part.Select(static p => (RedisArgument)p.Value)]);
                Introduce(tenant.Key, part);
                Tell("latest_price", tenant.Key, part);
            }
        }
    }

    /// <summary>Says what instruments are: when they are new, and again before that goes.</summary>
    private void Introduce(string tenant, KeyValuePair<TickInstrument, byte[]>[] values)
    {
        foreach (var (instrument, _) in values)
        {
            if (!_introduced.TryGetValue(instrument, out var at) || time.GetElapsedTime(at).TotalSeconds > MetadataSeconds / 2)
            {
                _introduced[instrument] = time.GetTimestamp();
                _batch.Add(["SET", _keys.Metadata(tenant, instrument.Name), _text.Of(instrument), "EX", MetadataSeconds]);
            }
        }
    }

    private void AddPoints()
    {
        foreach (var tenant in _points.GroupBy(static p => p.Key.Tenant))
        {
            foreach (var part in tenant.Chunk(MostValues))
            {
                Script(
                    PointScript, part.Length,
                    [.. part.Select(p => (RedisArgument)_keys.CurveSnapshot(p.Key.Tenant, p.Key.InstrumentId))],
                    [.. part.SelectMany(static p => new RedisArgument[] { TickInstrument.MonthText(p.Key.ContractMonth), p.Value })]);
                Tell("curve_snapshot", tenant.Key, part);
            }
        }
    }

    private void Script(string script, int keys, RedisArgument[] names, RedisArgument[] values) =>
        _batch.Add([(RedisArgument)"EVAL", script, keys, .. names, client.Options.LatestSeconds, PriceText.OrderBytes, .. values]);

    /// <summary>One message a batch and tenant: a line of JSON each.</summary>
    private void Tell(string kind, string tenant, KeyValuePair<TickInstrument, byte[]>[] values)
    {
        var lines = new byte[values.Sum(static v => v.Value.Length + 1)];
        var at = 0;
        foreach (var (_, value) in values)
        {
            value.CopyTo(lines, at);
            at += value.Length;
            lines[at++] = (byte)'\n';
        }

        _batch.Add(["PUBLISH", _keys.Updates(kind, tenant), lines]);
    }
}
