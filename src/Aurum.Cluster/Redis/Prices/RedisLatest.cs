using System.Globalization;
using System.Text.Json;
using Aurum.Cluster.Redis.Wire;
using Aurum.Market.Ticks;

namespace Aurum.Cluster.Redis.Prices;

/// <summary>Reads latest prices out of Redis for servers that do not take ticks in themselves. Who writes them there says how far in the
/// store they are complete, and when that was looked at. Never fails: where Redis is gone, nothing is found.</summary>
public sealed class RedisLatest(RedisClient client, TimeProvider time, RedisMetrics metrics)
{
    private const string Kind = "latest";
    private const int MostKeys = 500;
    private const int MicrosPerTick = 10;

    private readonly RedisKeys _keys = new(client.Options.Namespace);

    /// <summary>Says that the prices of all frames up to one are in Redis.</summary>
    /// <param name="frame">Number of the store's frame.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RedisException">Redis did not take it.</exception>
    public async Task Mark(long frame, CancellationToken cancel)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{frame} {time.GetUtcNow().ToUnixTimeMilliseconds()}");
        await client.Call(["SET", _keys.LatestFrame, text, "EX", client.Options.LatestSeconds], cancel);
    }

    /// <summary>Looks for latest prices.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="instruments">Names of instruments, given the store's frame up to which prices are there. Redis is not asked which there
    /// are: it forgets.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Null where none is there, or Redis is gone.</returns>
    public async ValueTask<LatestFound?> Find(
        string tenant, Func<long, IReadOnlyCollection<string>> instruments, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        try
        {
            var found = await Read(tenant, instruments, cancel);
            metrics.Took(Kind, time.GetElapsedTime(started));
            metrics.Looked(Kind, found is null ? "miss" : "hit");
            return found;
        }
        catch (Exception e) when (e is RedisException or JsonException or FormatException or OverflowException or ArgumentException
            or KeyNotFoundException or InvalidOperationException)
        {
            // Gone, or another program's values: the store knows.
            metrics.Looked(Kind, "error");
            return null;
        }
    }

    private async Task<LatestFound?> Read(
        string tenant, Func<long, IReadOnlyCollection<string>> instruments, CancellationToken cancel)
    {
        // Before the prices: they are at least as new as it says.
        var mark = await client.Call(["GET", _keys.LatestFrame], cancel);
        if (mark.Kind != RespKind.Text)
        {
            return null;
        }

        var (frame, at) = MarkOf(mark.Text);
        string[] names = [.. instruments(frame).Distinct()];
        var (prices, missing) = (new List<HotPrice>(names.Length), new List<string>());
        foreach (var part in names.Chunk(MostKeys))
        {
            var values = await client.Call(
                [(RedisArgument)"MGET", .. part.Select(name => (RedisArgument)_keys.LatestPrice(tenant, name))], cancel);
            for (var i = 0; i < part.Length; i++)
            {
                if (values.Items[i] is { Kind: RespKind.Text } value)
                {
                    prices.Add(PriceOf(value.Bytes));
                }
                else
                {
                    missing.Add(part[i]);
                }
            }
        }

        return prices.Count == 0 ? null : new LatestFound(frame, at, prices, missing);
    }

    private static (long Frame, DateTimeOffset At) MarkOf(string text) => text.Split(' ') is [var frame, var at]
        ? (long.Parse(frame, CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)))
        : throw new FormatException($"expected a frame and a time, found '{text}'");

    /// <summary>What <see cref="PriceText"/> wrote.</summary>
    private static HotPrice PriceOf(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var row = document.RootElement;
        var flags = QualityFlags.None;
        foreach (var name in row.GetProperty("flags").EnumerateArray())
        {
            flags |= QualityFlagNames.TryParse(name.GetString()!, out var flag)
                ? flag
                : throw new FormatException($"expected a flag, found '{name}'");
        }

        var price = new LatestPrice(
            0, MicrosOf(row.GetProperty("event_time").GetDateTimeOffset()),
            row.GetProperty("sequence") is { ValueKind: JsonValueKind.Number } sequence ? (long)sequence.GetDouble() : -1,
            0, Number(row, "price"), Number(row, "volume"), Number(row, "bid"), Number(row, "ask"), 0, flags);
        return new HotPrice(row.GetProperty("instrument_id").GetString()!, price, row.GetProperty("source").GetString()!);
    }

    private static long MicrosOf(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / MicrosPerTick;

    /// <summary>Null is unknown.</summary>
    private static double Number(JsonElement row, string name) =>
        row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN;
}

/// <summary>Latest prices that Redis has.</summary>
/// <param name="Frame">The store's frame up to which they are complete.</param>
/// <param name="At">When the store was at that frame.</param>
/// <param name="Prices">The prices, in no promised order.</param>
/// <param name="Missing">Instruments whose price has gone from Redis, or that have none.</param>
public sealed record LatestFound(long Frame, DateTimeOffset At, IReadOnlyList<HotPrice> Prices, IReadOnlyList<string> Missing);

/// <summary>A latest price with the names of its instrument and source.</summary>
/// <param name="Instrument">Name of the instrument.</param>
/// <param name="Price">The price; numbers that only a run has are 0 in it.</param>
/// <param name="Source">System that sent it.</param>
public readonly record struct HotPrice(string Instrument, LatestPrice Price, string Source);
