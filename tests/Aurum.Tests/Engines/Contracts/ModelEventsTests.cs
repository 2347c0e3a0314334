using System.Text;
using Aurum.Cluster.Contracts;
using Aurum.Market.Feeds;
using Aurum.Market.Ticks;
using Aurum.Store.Avro;
using Aurum.Store.Locations;
using Aurum.Store.Models;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using NodaTime;
using DeadLetter = Aurum.Market.Ticks.DeadLetter;
using LatestPrice = Aurum.Market.Ticks.LatestPrice;

namespace Aurum.Tests.Engines.Contracts;

/// <summary>Events that are not of rows of feeds.</summary>
public sealed class ModelEventsTests : IDisposable
{
    private const long Micros = 1_772_463_900_000_000;

    private static readonly Instant At = Instant.FromUtc(2026, 3, 2, 15, 5);
    private static readonly TickInstrument Hub = new(3, "acme", "CAISO.NP15", "CAISO", "TH_NP15", 0, "USD", "MWh");
    private static readonly TickInstrument Month = new(4, "acme", "ICE.PJMW", "PJM", "PJM WH", 202604, "USD", "MWh");

    private readonly EventBatch _batch = new();

    public void Dispose() => _batch.Dispose();

    [Fact]
    public void A_run_of_a_scenario_is_ordered_and_answered()
    {
        var run = new RunRecord
        {
            Tenant = "acme", Id = "run-1", ScenarioId = "sc-1", ScenarioVersion = 2, Priority = RunPriority.High, InputHash = "hash",
            Inputs = "{}", Options = "{}", TimeoutMinutes = 30, MaxMemoryMiB = 512, MaxRetries = 2, QueuedAt = At, CompletedAt = At,
        };
        var scenario = new ScenarioRecord(
            "acme", "sc-1", 2, "n", null, ScenarioStatus.Active,
            """[{"driver_type": "load_growth", "payload": {"annual_growth_pct": 2.5}, "version": "v1"}, {"driver_type": "policy"}]""",
            "{}", [], At, At);

        ScenarioEvents.WriteRequest(run, scenario, "ana", new LocalDate(2026, 3, 1), ["k1", "k2"], static _ => 9, _batch);
        ScenarioEvents.WriteOutput(
            run,
            new OutputRecord("k1", "name", new LocalDate(2026, 3, 1), "MONTHLY", new LocalDate(2026, 4, 1), "Apr 2026", "mid", "USD/MWh",
                40, 41.5, 41, double.NaN, """[{"component": "load_growth", "delta": 1.5}]""", "v"),
            static _ => 9,
            _batch);

        var request = Value(0, "acme|sc-1");
        Assert.Equal(["k1", "k2"], (List<object?>)request["curve_def_ids"]!);
        var drivers = ((List<object?>)request["assumptions"]!).Cast<AvroRecord>().ToList();
        Assert.Equal(("1", "load_growth", """{"annual_growth_pct": 2.5}""", "v1"), Driver(drivers[0]));
        Assert.Equal(("2", "policy", "{}", null), Driver(drivers[1]));
        Assert.Equal(
            ("high", 30, 2, "run-1"),
            (request["priority"], request["timeout_minutes"], request["max_retries"], Meta(request, "run_id")));
        var output = Value(1, "acme|sc-1");
        Assert.Equal((41.5, 41.0, null), (output["value"], output["band_lower"], output["band_upper"]));
        Assert.Equal(1.5, ((AvroRecord)((List<object?>)output["attribution"]!)[0]!)["delta"]);

        static (object?, object?, object?, object?) Driver(AvroRecord d) => (d["assumption_id"], d["type"], d["payload"], d["version"]);
    }

    [Fact]
    public void A_place_holds_from_midnight_to_midnight_of_its_clock()
    {
        PlaceEvents.Write(
            new LocationRecord("PJM", "WESTERN HUB", "HUB", "Western Hub", "51288", "PJM", null, "America/New_York",
                new LocalDate(2025, 3, 9), new LocalDate(2025, 11, 2), true, null, null),
            At, static _ => 9, _batch);

        var place = Value(0, "51288");
        Assert.Equal("aurum.iso.pjm.pnode.v1", _batch.Topic(0).Name);
        Assert.Equal(
            ("51288", "WESTERN HUB", "HUB", "PJM", null),
            (place["pnode_id"], place["pnode_name"], place["type"], place["zone"], place["hub"]));
        Assert.Equal(Instant.FromUtc(2025, 3, 9, 5, 0).ToUnixTimeTicks() / 10, place["effective_start"]);
        Assert.Equal(Instant.FromUtc(2025, 11, 3, 5, 0).ToUnixTimeTicks() / 10, place["effective_end"]);
    }

    [Fact]
    public void The_gate_s_verdict_is_one_event_and_one_for_each_check_that_failed()
    {
        const string failed =
            """[{"Name": "expect_between(lmp)", "Severity": "Row", "Status": "Warn", "Checked": 9, "Failed": 1, "Example": null}]""";
        GateEvents.Write(
            new FeedId("caiso/day-ahead-lmp"),
            new GateResult(new LocalDate(2026, 3, 2), new GateRecord("iso_lmp", "PassWithQuarantine", 9, 1, failed), At),
            static _ => 9, _batch);

        var (batch, check) = (Value(0), Value(1));
        Assert.Equal(
            ("batch", "WARN", "LOW", "9 rows checked, 1 held back"),
            (batch["check_name"], batch["status"], batch["severity"], batch["details"]));
        Assert.Equal(
            ("expect_between(lmp)", "expect_between", "WARN", "MEDIUM"),
            (check["check_name"], check["check_type"], check["status"], check["severity"]));
        Assert.Equal(batch["run_id"], check["run_id"]);
    }

    [Fact]
    public void A_tick_has_the_id_that_everybody_can_compute_and_unknown_numbers_are_null()
    {
        var events = new TickEvents(static _ => 9, "aurum@1");
        var tick = new Tick
        {
            Instrument = 4, Source = 0, EventMicros = Micros, IngestedMicros = Micros + 1_000_000, Sequence = -1, Key = 0x1234,
            KeyHigh = 0xab, Price = -12.5, Volume = double.NaN, Bid = -13, Ask = double.NaN,
            Flags = QualityFlags.PriceNegative | QualityFlags.MissingVolume,
        };

        events.WriteTick(in tick, Month, "ice", Taxonomy.None, Micros + 3_000_000, _batch);

        var value = Value(0, "acme|ICE.PJMW@2026-04");
        Assert.Equal(("00000000000000ab0000000000001234", TickId.Of("PJM WH", Micros, "ice")), (value["event_id"], value["tick_id"]));
        Assert.Equal(
            (-12.5, null, -13.0, null, null),
            (value["price"], value["volume"], value["bid_price"], value["ask_price"], value["sequence"]));
        Assert.Equal(["price_negative", "missing_volume"], (List<object?>)value["quality_issues"]!);
        Assert.Equal(
            (20544, 2000L, "canonical", null),
            (value["contract_month"], value["processing_lag_ms"], value["quality_status"], value["commodity"]));
    }

    [Fact]
    public void Bars_prices_points_and_letters_carry_what_they_are_of()
    {
        var events = new TickEvents(static _ => 9, "aurum@1");
        var bar = new Bar
        {
            Instrument = 3, Interval = BarInterval.FiveMinutes, StartMicros = Micros, EndMicros = Micros + 300_000_000, Open = 1, High = 4,
            Low = 0.5, Close = 2, Volume = 0, Vwap = double.NaN, Twap = 1.5, Count = 7, Revision = 1, Marks = BarMarks.PartialEnd,
        };
        events.WriteBar(in bar, Hub, _batch);
        events.WritePrice(new LatestPrice(3, Micros, 88, 1, 27.115, 5, 27, double.NaN, 0, QualityFlags.None), Hub, "oasis", _batch);
        events.WritePoint(new CurvePoint(0, 4, 202604, Micros, 40.25, double.NaN), new TickCurve("acme", "ICE.PJMW"), Month, _batch);
        events.WriteLetter(
            new DeadLetter(DeadLetterReason.MissingPrice, "payload.price", "a number", "", 120, 7), "e-1", ("raw", 2, 55L), "garbage"u8,
            Micros, _batch);

        var written = Value(0, "acme|CAISO.NP15");
        Assert.Equal(
            ("5m", 7L, 1, false, null, 1.5),
            (written["interval"], written["trade_count"], written["revision"], written["is_complete"], written["vwap"], written["twap"]));
        Assert.Equal((27.115, 88L, null), (Value(1)["price"], Value(1)["sequence"], Value(1)["ask_price"]));
        Assert.Empty((List<object?>)Value(1)["quality_issues"]!);
        Assert.Equal((20514, 20544, 40.25), (Value(2, "acme|ICE.PJMW")["as_of_date"], Value(2)["contract_month"], Value(2)["price"]));
        var letter = Value(3, "e-1");
        Assert.Equal(
            ("CONTRACT_VIOLATION", "NORMALIZATION", 55L),
            (letter["error_code"], letter["failure_stage"], letter["failed_offset"]));
        Assert.Equal("garbage"u8.ToArray(), (byte[])letter["raw_event"]!);
    }

    private static object? Meta(AvroRecord value, string name) => ((IReadOnlyDictionary<string, object?>)value["metadata"]!)[name];

    private AvroRecord Value(int index, string? key = null)
    {
        Assert.Equal(9, ConfluentFrame.Read(_batch.Value(index).Span, out var avro));
        var reader = new AvroReader(avro);
        var value = (AvroRecord)reader.Read(_batch.Topic(index).Contract.Schema)!;
        Assert.True(reader.IsAtEnd);
        Assert.Equal(key ?? Encoding.UTF8.GetString(_batch.Key(index).Span), Encoding.UTF8.GetString(_batch.Key(index).Span));
        return value;
    }
}
