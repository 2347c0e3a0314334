using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aurum.Benchmarks.Ticks;

/// <summary>What is written first when nobody counts: an object a message, and dictionaries of event ids, bars and latest
/// prices.</summary>
public sealed class NaiveTicks
{
    private static readonly long[] IntervalMicros = [60_000_000, 300_000_000, 900_000_000, 3_600_000_000, 86_400_000_000];

    private readonly HashSet<(string Tenant, string Id)> _seen = [];
    private readonly Dictionary<(string Tenant, string Instrument, long Interval, long Start), NaiveBar> _bars = [];
    private readonly Dictionary<(string Tenant, string Instrument), (long Micros, double Price)> _latest = [];

    /// <summary>Takes JSON lines of contract B.</summary>
    /// <returns>Messages.</returns>
    public long Process(byte[] bytes)
    {
        var count = 0L;
        for (var from = 0; from < bytes.Length; count++)
        {
            var length = bytes.AsSpan(from).IndexOf((byte)'\n');
            Take(JsonSerializer.Deserialize(bytes.AsSpan(from, length), NaiveJson.Default.NaiveMessage)!);
            from += length + 1;
        }

        return count;
    }

    private void Take(NaiveMessage message)
    {
        if (!_seen.Add((message.TenantId, message.EventId)))
        {
            return;
        }

        var raw = JsonSerializer.Deserialize(message.Payload.RawPayload, NaiveJson.Default.NaiveRaw)!;
        var instrument = message.Payload.Metadata["instrument_id"];
        foreach (var interval in IntervalMicros)
        {
            var start = message.OccurredAt / interval * interval;
            var key = (message.TenantId, instrument, interval, start);
            if (!_bars.TryGetValue(key, out var bar))
            {
                _bars[key] = bar = new NaiveBar();
            }

            bar.Take(message.OccurredAt, raw.Price, raw.Volume);
        }

        if (!_latest.TryGetValue((message.TenantId, instrument), out var latest) || latest.Micros <= message.OccurredAt)
        {
            _latest[(message.TenantId, instrument)] = (message.OccurredAt, raw.Price);
        }
    }

    private sealed class NaiveBar
    {
        private long _first = long.MaxValue;
        private long _last = long.MinValue;
        private double _open;
        private double _high = double.MinValue;
        private double _low = double.MaxValue;
        private double _close;
        private double _volume;
        private double _paid;
        private long _count;

        public void Take(long micros, double price, double volume)
        {
            (_first, _open) = micros < _first ? (micros, price) : (_first, _open);
            (_last, _close) = micros >= _last ? (micros, price) : (_last, _close);
            _high = Math.Max(_high, price);
            _low = Math.Min(_low, price);
            _volume += volume;
            _paid += price * volume;
            _count++;
        }
    }
}

internal sealed record NaiveMessage(
    [property: JsonPropertyName("event_id")] string EventId,
    [property: JsonPropertyName("tenant_id")] string TenantId,
    [property: JsonPropertyName("producer")] string Producer,
    [property: JsonPropertyName("occurred_at")] long OccurredAt,
    [property: JsonPropertyName("ingested_at")] long IngestedAt,
    [property: JsonPropertyName("payload")] NaivePayload Payload);

internal sealed record NaivePayload(
    [property: JsonPropertyName("source_system")] string SourceSystem,
    [property: JsonPropertyName("market")] string Market,
    [property: JsonPropertyName("symbol")] string Symbol,
    [property: JsonPropertyName("sequence")] long Sequence,
    [property: JsonPropertyName("metadata")] Dictionary<string, string> Metadata,
    [property: JsonPropertyName("raw_payload")] string RawPayload);

internal sealed record NaiveRaw(
    [property: JsonPropertyName("price")] double Price, [property: JsonPropertyName("volume")] double Volume);

[JsonSerializable(typeof(NaiveMessage))]
[JsonSerializable(typeof(NaiveRaw))]
internal sealed partial class NaiveJson : JsonSerializerContext;
