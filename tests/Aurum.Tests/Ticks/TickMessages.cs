using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.Tests.Ticks;

/// <summary>Messages of contracts B and A that are right, to be made wrong by tests.</summary>
internal static class TickMessages
{
    /// <summary>2026-03-02T15:05:00Z.</summary>
    public const long Occurred = 1_772_463_900_000_000;

    private const long IngestedAfter = 1_250_000;

    /// <summary>A message of contract B.</summary>
    public static JsonObject B(
        string eventId = "evt-90211",
        long occurred = Occurred,
        double price = 27.115,
        double? volume = 12.5,
        long? sequence = null) => new()
        {
            ["event_id"] = eventId,
            ["trace_id"] = "4bf92f3577b34da6",
            ["schema_version"] = "1.0.0",
            ["tenant_id"] = "acme",
            ["producer"] = "caiso-connector@2.0.0",
            ["occurred_at"] = occurred,
            ["ingested_at"] = occurred + IngestedAfter,
            ["payload"] = new JsonObject
            {
                ["source_system"] = "caiso-oasis",
                ["market"] = "CAISO",
                ["symbol"] = "TH_NP15_GEN-APND",
                ["sequence"] = sequence,
                ["received_at"] = occurred + IngestedAfter,
                ["encoding"] = "json",
                ["retry_count"] = 0,
                ["metadata"] = new JsonObject { ["instrument_id"] = "CAISO.NP15.RT5", ["unit"] = "MWh" },
                ["raw_payload"] = new JsonObject { ["price"] = price, ["volume"] = volume, ["currency"] = "USD" }.ToJsonString(),
            },
        };

    /// <summary>A message of contract A.</summary>
    public static JsonObject A() => new()
    {
        ["envelope"] = new JsonObject
        {
            ["event_type"] = "ingestion.market.raw.v1",
            ["event_id"] = "5e0c",
            ["timestamp"] = "2026-03-02T15:05:02Z",
            ["tenant_id"] = "acme",
            ["source"] = "ingestion.miso",
            ["version"] = "1.0",
            ["metadata"] = new JsonObject { ["market"] = "MISO" },
        },
        ["payload"] = new JsonObject
        {
            ["market"] = "MISO",
            ["instrument_id"] = "MISO.INDIANA.HUB.RT5",
            ["raw_data"] = new JsonObject
            {
                ["timestamp"] = "2026-03-02T15:05:00Z",
                ["price"] = 31.84,
                ["volume"] = 640,
                ["bid"] = 31.8,
                ["ask"] = 31.9,
                ["node"] = "INDIANA.HUB",
                ["zone"] = "Z5",
                ["market_status"] = "open",
            },
        },
    };

    /// <summary>The same message with other fields in its raw payload.</summary>
    public static JsonObject WithRaw(this JsonObject message, string rawPayload)
    {
        message["payload"]!["raw_payload"] = rawPayload;
        return message;
    }

    public static JsonObject With(this JsonObject message, string path, JsonNode? value)
    {
        var parts = path.Split('.');
        var at = message;
        foreach (var part in parts[..^1])
        {
            at = at[part]!.AsObject();
        }

        at[parts[^1]] = value;
        return message;
    }

    public static JsonObject Without(this JsonObject message, string path)
    {
        var parts = path.Split('.');
        var at = message;
        foreach (var part in parts[..^1])
        {
            at = at[part]!.AsObject();
        }

        at.Remove(parts[^1]);
        return message;
    }

    public static byte[] Lines(params IEnumerable<JsonObject> messages) => Encoding.UTF8.GetBytes(
        string.Concat(messages.Select(m => m.ToJsonString(JsonSerializerOptions.Default) + "\n")));

    /// <summary>What a fresh stage makes of bytes.</summary>
    public static Normalized Normalize(
        ReadOnlySpan<byte> bytes, NormalizeOptions? options = null, TickStreamOptions? streamOptions = null)
    {
        var stage = new NormalizeStage(options ?? new NormalizeOptions());
        var stream = stage.Open(streamOptions ?? new TickStreamOptions());
        var ticks = new Batch<Tick>();
        var dead = new Batch<DeadLetter>();
        for (var used = 0; used < bytes.Length;)
        {
            var taken = stage.OnBytes(stream, bytes[used..], used, isEnd: true, int.MaxValue / 2, ticks, dead);
            Assert.NotEqual(0, taken);
            used += taken;
        }

        Assert.Equal(stage.Messages, ticks.Count + stage.Duplicates + dead.Count);
        return new Normalized(stage, ticks.Items.ToArray(), dead.Items.ToArray());
    }

    public static Normalized Normalize(JsonObject message) => Normalize(Lines(message));

    public static Normalized Csv(string text, string market = "") =>
        Normalize(Encoding.UTF8.GetBytes(text), streamOptions: new TickStreamOptions(TickFormat.Csv) { Market = market });

    public static long Micros(string utc) =>
        DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture).Subtract(DateTimeOffset.UnixEpoch).Ticks / 10;

    internal sealed record Normalized(NormalizeStage Stage, Tick[] Ticks, DeadLetter[] Dead)
    {
        public Tick Tick => Assert.Single(Ticks);

        public DeadLetter Letter => Assert.Single(Dead);

        public TickInstrument Instrument => Stage.Instruments[Tick.Instrument];
    }
}
