using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aurum.Cluster.Contracts;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Avro;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.Benchmarks.Engines;

/// <summary>Stored prices as events of <c>iso.lmp.v1</c>: key, five bytes of the registry, Avro, hash of the record.</summary>
/// <remarks>Budget: at least 500,000 events a CPU-second, nothing allocated an event. Baselines make the same events of the same rows, hash
/// included: .NET's JSON writer into a buffer that is used again, and a tree of values that the general encoder walks.</remarks>
internal static class EventEncoding
{
    private const int Rows = 2_000;
    private const string FeedName = "caiso/day-ahead-lmp";

    public static IReadOnlyList<BenchResult> Run(BenchOptions options) => BenchFolder.Use(folder => Measure(options, folder));

    private static IReadOnlyList<BenchResult> Measure(BenchOptions options, string folder)
    {
        var feed = (Feed<LmpRow>)FeedCatalog.Find(new FeedId(FeedName));
        var known = Instant.FromUtc(2025, 11, 2, 12, 0);
        using var store = AurumStore.Open(new StoreOptions(folder), [feed], new StillClock(known));
        Deliver(store, feed, known, options.Scaled(Rows));
        var entry = store.Read.Outbox(new RecordQuery())[^1];
        using var rows = store.Read.Rows(new RowQuery(entry.Table) { Limit = 1_000_000 });
        if (!rows.NextChunk())
        {
            throw new InvalidOperationException("the store has no rows");
        }

        using var events = new LmpEvents(feed, rows.Columns, Places.Read(store.Read, feed.Contract!.IsoCode, default), static _ => 7);
        using var batch = new EventBatch();
        var json = new JsonEvents(rows);
        var trees = new TreeEvents(rows);
        var measured = Race.Run(
            options,
            new Contestant("Aurum", () => Encode(events, rows, batch)),
            new Contestant("Utf8JsonWriter", json.Encode),
            new Contestant("tree of values, general encoder", trees.Encode));
        var bytes = batch.LengthBytes / Math.Max(1, batch.Count);
        var input = FormattableString.Invariant($"{rows.Count:N0} rows, {bytes} bytes an event");
        return
        [
            BenchResult.OfRates("engines/events", "events", measured[0], measured[1], input),
            BenchResult.OfRates("engines/events-tree", "events", measured[0], measured[2], input),
        ];
    }

    private static long Encode(LmpEvents events, RowReader rows, EventBatch batch)
    {
        batch.Clear();
        for (var row = 0; row < rows.Count; row++)
        {
            events.Write(rows, row, batch);
        }

        return batch.Count;
    }

    private static void Deliver(AurumStore store, Feed<LmpRow> feed, Instant known, int places)
    {
        var day = feed.Day(new LocalDate(2025, 11, 2));
        using var intake = store.BeginDay(feed, day, known);
        intake.AddFile(new FileRecord(new Fetch(feed.Id, day.Date, "bench", "/", "prices.csv", 0), new string('0', 64), 0, known));
        for (var i = 0; i < places; i++)
        {
            var lmp = 30 + (i * 7919L % 10_007 / 1000.0);
            intake.Append([new LmpRow(
                new Location($"NODE_{i:D5}_7_N001", LocationType.Node), DeliveryInterval.StartingAt(day.Start, 60), lmp, 30, lmp - 30, 0,
                double.NaN)]);
        }

        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    /// <summary>What all baselines read of a row: the columns of <c>iso_lmp</c> in their order.</summary>
    private static (string Id, string Type, long Start, long End, double[] Prices, long Known, string Hash) Cells(RowReader rows, int row)
    {
        var (id, type) = (Encoding.UTF8.GetString(rows.Text(2, row)), Encoding.UTF8.GetString(rows.Text(3, row)));
        var (start, end) = (rows.InstantMicros(4, row), rows.InstantMicros(5, row));
        double[] prices = [.. Enumerable.Range(6, 4).Select(c => rows.IsNull(c, row) ? double.NaN : rows.Number(c, row))];
        var text = FormattableString.Invariant($"CAISO|{id}|{Stamp(start)}|{prices[0]}|DAY_AHEAD|{type}|{Stamp(end)}|1");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return (id, type, start, end, prices, rows.InstantMicros(13, row), hash);
    }

    private static string Stamp(long micros) =>
        DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-ddTHH:mm:ssZ", null);

    private sealed class JsonEvents(RowReader rows)
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(1 << 20);

        public long Encode()
        {
            _buffer.ResetWrittenCount();
            using var json = new Utf8JsonWriter(_buffer);
            for (var row = 0; row < rows.Count; row++)
            {
                var cells = Cells(rows, row);
                json.Reset(_buffer);
                json.WriteStartObject();
                json.WriteString("iso_code"u8, "CAISO"u8);
                json.WriteString("market"u8, "DAY_AHEAD"u8);
                json.WriteNumber("interval_start"u8, cells.Start);
                json.WriteNumber("interval_end"u8, cells.End);
                json.WriteNumber("interval_minutes"u8, (cells.End - cells.Start) / 60_000_000);
                json.WriteString("location_id"u8, cells.Id);
                json.WriteString("location_type"u8, cells.Type);
                json.WriteNumber("price_total"u8, cells.Prices[0]);
                json.WriteNumber("price_energy"u8, cells.Prices[1]);
                json.WriteNumber("price_congestion"u8, cells.Prices[2]);
                json.WriteNumber("price_loss"u8, cells.Prices[3]);
                json.WriteString("currency"u8, "USD"u8);
                json.WriteString("uom"u8, "MWh"u8);
                json.WriteNumber("ingest_ts"u8, cells.Known);
                json.WriteString("record_hash"u8, cells.Hash);
                json.WriteEndObject();
                json.Flush();
            }

            return rows.Count;
        }
    }

    private sealed class TreeEvents(RowReader rows)
    {
        private readonly AvroType _type = EventContracts.Find("iso.lmp.v1").Schema;

        public long Encode()
        {
            using var buffer = new AvroBuffer();
            for (var row = 0; row < rows.Count; row++)
            {
                var cells = Cells(rows, row);
                AvroWriter.Write(buffer, _type, new AvroRecord(_type)
                {
                    ["iso_code"] = "CAISO", ["market"] = "DAY_AHEAD", ["delivery_date"] = (int)(cells.Start / 86_400_000_000),
                    ["interval_start"] = cells.Start, ["interval_end"] = cells.End, ["interval_minutes"] = 60,
                    ["location_id"] = cells.Id, ["location_name"] = cells.Id, ["location_type"] = cells.Type,
                    ["timezone"] = "America/Los_Angeles", ["price_total"] = cells.Prices[0], ["price_energy"] = cells.Prices[1],
                    ["price_congestion"] = cells.Prices[2], ["price_loss"] = cells.Prices[3], ["currency"] = "USD", ["uom"] = "MWh",
                    ["settlement_point"] = cells.Id, ["source_run_id"] = "1", ["ingest_ts"] = cells.Known, ["record_hash"] = cells.Hash,
                });
            }

            return rows.Count;
        }
    }

    private sealed class StillClock(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}
