using System.Security.Cryptography;
using System.Text;
using Aurum.Cluster.Contracts;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Avro;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using Aurum.Store.Sinks;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Contracts;

public sealed class DeliveryEventsTests : IDisposable
{
    private static readonly Instant Known = Instant.FromUtc(2025, 11, 3, 7, 30, 15);
    private static readonly LocalDate FallBack = new(2025, 11, 2);
    private static readonly Feed<LmpRow> Prices = Of<LmpRow>("caiso/day-ahead-lmp");

    private readonly TestFolder _folder = new();
    private readonly AurumStore _store;

    public DeliveryEventsTests() => _store = AurumStore.Open(
        new StoreOptions(_folder.Path) { MemoryLimitMiB = 256, Threads = 1 }, FeedCatalog.All, new StoppedClock(Known));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_price_is_sent_with_its_parts_its_place_and_the_day_of_its_clock()
    {
        // The second HE02 of the day on which the clock goes back: 09:00 UTC.
        var start = Instant.FromUtc(2025, 11, 2, 9, 0);
        Deliver(Prices, new LmpRow(
            new Location("TH_NP15_GEN-APND", LocationType.Hub), DeliveryInterval.StartingAt(start, 60), -1.25, 30.5, double.NaN, 0, 2.5));

        var sent = Assert.Single(Events(), e => e.Topic == "aurum.iso.caiso.lmp.v1");

        Assert.Equal("TH_NP15_GEN-APND", sent.Key);
        Assert.Equal(Micros(Known), sent.TimestampMicros);
        var value = sent.Value!;
        Assert.Equal("CAISO", value["iso_code"]);
        Assert.Equal("DAY_AHEAD", value["market"]);
        Assert.Equal(DaysOf(FallBack), value["delivery_date"]);
        Assert.Equal(Micros(start), value["interval_start"]);
        Assert.Equal(Micros(start) + 3_600_000_000, value["interval_end"]);
        Assert.Equal(60, value["interval_minutes"]);
        Assert.Equal("HUB", value["location_type"]);
        Assert.Equal("America/Los_Angeles", value["timezone"]);
        Assert.Equal(-1.25, value["price_total"]);
        Assert.Equal(30.5, value["price_energy"]);
        Assert.Null(value["price_congestion"]);
        Assert.Equal(0.0, value["price_loss"]);
        Assert.Equal(("USD", "MWh"), (value["currency"], value["uom"]));
        Assert.Equal(Micros(Known), value["ingest_ts"]);
        var text = "CAISO|TH_NP15_GEN-APND|2025-11-02T09:00:00Z|-1.25|DAY_AHEAD|HUB|2025-11-02T10:00:00Z|1";
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), value["record_hash"]);
        var metadata = (IReadOnlyDictionary<string, object?>)value["metadata"]!;
        Assert.Equal(("caiso/day-ahead-lmp", "1", "2.5"), (metadata["feed"], metadata["revision"], metadata["price_ghg"]));
    }

    [Fact]
    public void A_price_that_is_unknown_has_no_event_and_is_counted()
    {
        Deliver(Prices, new LmpRow(
            new Location("A", LocationType.Node), DeliveryInterval.StartingAt(Known, 60), double.NaN, 1, 1, 1, double.NaN));
        using var events = new DeliveryEvents(static _ => 1);

        var topics = events.Of(Delivery(), default).SelectMany(b => Enumerable.Range(0, b.Count).Select(i => b.Topic(i).Name)).ToList();

        Assert.Equal([EventTopics.DeliveryTopic, "aurum.iso.caiso.pnode.v1"], topics);
        Assert.Equal(1, events.RowsWithoutEvent);
    }

    [Fact]
    public void A_further_revision_is_another_fact()
    {
        LmpRow Row(double lmp) => new(
            new Location("A", LocationType.Node), DeliveryInterval.StartingAt(Known, 60), lmp, double.NaN, double.NaN, double.NaN,
            double.NaN);
        Deliver(Prices, Row(10));
        Deliver(Prices, Row(11));
        Deliver(Prices, Row(10));

        var hashes = Deliveries().SelectMany(d => Events(d)).Where(e => e.Topic.EndsWith("lmp.v1", StringComparison.Ordinal))
            .Select(e => e.Value!["record_hash"]).ToList();

        Assert.Equal(3, hashes.Distinct().Count());
        Assert.Equal(hashes, Deliveries().SelectMany(d => Events(d)).Where(e => e.Topic.EndsWith("lmp.v1", StringComparison.Ordinal))
            .Select(e => e.Value!["record_hash"]));
    }

    [Fact]
    public void Load_and_generation_say_what_they_are_forecast_of_in_their_metadata()
    {
        var issued = Instant.FromUtc(2025, 11, 1, 20, 0).ToUnixTimeSeconds();
        Deliver(Of<LoadRow>("caiso/load-forecast-day-ahead"), new LoadRow(
            new Location("CA ISO-TAC", LocationType.System), DeliveryInterval.StartingAt(Known, 60), 25_000.5, issued));
        var load = Assert.Single(Events(), e => e.Topic == "aurum.iso.caiso.load.v1");
        Assert.Equal(("CA ISO-TAC", 25_000.5), (load.Key, load.Value!["mw"]));
        Assert.Equal("CA ISO-TAC", load.Value!["area"]);
        var metadata = (IReadOnlyDictionary<string, object?>)load.Value!["metadata"]!;
        Assert.Equal(
            ("LOAD_FORECAST", "2025-11-01T20:00:00Z", "SYSTEM"),
            (metadata["product"], metadata["issued_at"], metadata["location_type"]));

        Deliver(Of<GenerationRow>("nyiso/fuel-mix"), new GenerationRow(
            new Location("NYCA", LocationType.System), new Symbol("Other Renewables"), DeliveryInterval.StartingAt(Known, 5), -3));
        var mix = Assert.Single(Events(), e => e.Topic == "aurum.iso.nyiso.genmix.v1");
        Assert.Equal(
            ("NYISO", "Other Renewables", -3.0, "MW"),
            (mix.Value!["iso_code"], mix.Value["fuel_type"], mix.Value["mw"], mix.Value["unit"]));
        Assert.Equal("NYCA", ((IReadOnlyDictionary<string, object?>)mix.Value["metadata"]!)["area"]);
    }

    [Fact]
    public void Observations_go_to_the_topic_of_all_series_and_to_their_providers()
    {
        var period = DeliveryInterval.FromUnixSeconds(Instant.FromUtc(2025, 9, 17, 0, 0).ToUnixTimeSeconds(), 86_400);
        Deliver(Of<SeriesPoint>("ecb/reference-rates"), new SeriesPoint(new SeriesKey("EUR/USD", "USD per EUR"), period, 1.1837));
        var rate = Assert.Single(Events(), e => e.Topic == EventTopics.RateTopic);
        Assert.Equal(("EUR|USD", 1.1837, DaysOf(new LocalDate(2025, 9, 17))), (rate.Key, rate.Value!["rate"], rate.Value["as_of_date"]));
        var observed = Assert.Single(Events(), e => e.Topic == EventTopics.ObservationTopic);
        Assert.Equal(("ecb|EUR/USD", 1.1837), (observed.Key, observed.Value!["value"]));

        Deliver(Of<SeriesPoint>("eia/region-data"), new SeriesPoint(
            new SeriesKey("rto/region-data/CISO/D", "megawatthours"),
            DeliveryInterval.FromUnixSeconds(Known.ToUnixTimeSeconds(), 3_600), double.NaN, 0, new Symbol("E")));
        var point = Assert.Single(Events(), e => e.Topic == "aurum.ref.eia.iso.load.hourly.v1");
        Assert.Equal(
            ("rto/region-data/CISO/D", "HOURLY", "2025-11-03T07"), (point.Key, point.Value!["frequency"], point.Value["period"]));
        Assert.Null(point.Value["value"]);
        Assert.Equal("E", Assert.Single(Events(), e => e.Topic == EventTopics.ObservationTopic).Value!["quality_flag"]);
    }

    [Fact]
    public void What_was_held_back_and_what_could_not_be_read_is_sent_as_an_error()
    {
        var day = Prices.Day(FallBack);
        using (var intake = _store.BeginDay(Prices, day, Known))
        {
            var file = File(Prices, FallBack);
            intake.AddFile(file);
            var row = new LmpRow(new Location("A", LocationType.Node), DeliveryInterval.StartingAt(Known, 60), 9_999, 1, 1, 1, 1);
            intake.Quarantine(in row, "expect_column_values_to_be_between(lmp)", "lmp 9999 above 2000", line: 12);
            intake.AddDeadLetter(new DeadLetter(file, "prices.csv:7", "a decimal in LMP", "n/a"));
            intake.Commit(new DayOutcome(Outcome.Malformed, "why", IsComplete: false));
        }

        var errors = Events().Where(e => e.Topic == EventTopics.ErrorTopic).ToList();

        Assert.Equal(["WARN", "ERROR"], errors.Select(e => e.Value!["severity"]));
        Assert.Equal("prices.csv:7: expected a decimal in LMP, found n/a", errors[1].Value!["error_message"]);
        Assert.Equal("12", ((IReadOnlyDictionary<string, object?>)errors[0].Value!["context"]!)["line"]);
        Assert.All(errors, e => Assert.Equal("caiso/day-ahead-lmp", e.Key));
        var delivery = Assert.Single(Events(), e => e.Topic == EventTopics.DeliveryTopic).Value!;
        Assert.Equal(("MALFORMED", 0L, 1L), (delivery["outcome"], delivery["rows_new"], delivery["rows_quarantined"]));
    }

    [Fact]
    public void Batches_end_at_their_limit_and_nothing_is_lost_between_them()
    {
        Deliver(Prices, [.. Enumerable.Range(0, 5_000).Select(i => new LmpRow(
            new Location($"N{i}", LocationType.Node), DeliveryInterval.StartingAt(Known, 60), i, i, 0, 0, double.NaN))]);
        using var events = new DeliveryEvents(static _ => 1, maxBatchBytes: 1 << 16);
        var (batches, keys) = (0, new HashSet<string>());

        foreach (var batch in events.Of(Delivery(), default))
        {
            batches++;
            Assert.InRange(batch.LengthBytes, 1, (1 << 16) + 4_096);
            for (var i = 0; i < batch.Count; i++)
            {
                keys.Add(Encoding.UTF8.GetString(batch.Key(i).Span));
            }
        }

        Assert.InRange(batches, 10, 100);
        Assert.Equal(5_001, keys.Count);
    }

    private static Feed<TRow> Of<TRow>(string id)
        where TRow : struct => (Feed<TRow>)FeedCatalog.Find(new FeedId(id));

    private static long Micros(Instant instant) => instant.ToUnixTimeTicks() / 10;

    private static int DaysOf(LocalDate date) => Period.DaysBetween(new LocalDate(1970, 1, 1), date);

    private static FileRecord File(Feed feed, LocalDate day) => new(
        new Fetch(feed.Id, day, "test", "/f", "prices.csv", 200), new string('a', 64), 100, Known);

    private void Deliver<TRow>(Feed<TRow> feed, params ReadOnlySpan<TRow> rows)
        where TRow : struct
    {
        using var intake = _store.BeginDay(feed, feed.Day(FallBack), Known);
        intake.AddFile(File(feed, FallBack));
        intake.Append(rows);
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    private IEnumerable<SinkDelivery> Deliveries() =>
        _store.Read.Outbox(new RecordQuery()).Select(e => new SinkDelivery(e, _store.Read));

    private SinkDelivery Delivery() => Deliveries().Last();

    private List<Sent> Events(SinkDelivery? delivery = null)
    {
        using var events = new DeliveryEvents(static topic => topic.Name.Length);
        var sent = new List<Sent>();
        foreach (var batch in events.Of(delivery ?? Delivery(), default))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                var topic = batch.Topic(i);
                Assert.Equal(topic.Name.Length, ConfluentFrame.Read(batch.Value(i).Span, out var avro));
                var reader = new AvroReader(avro);
                var value = (AvroRecord)reader.Read(topic.Contract.Schema)!;
                Assert.True(reader.IsAtEnd, $"{topic}: {reader.Position} of {avro.Length} bytes");
                sent.Add(new Sent(topic.Name, Encoding.UTF8.GetString(batch.Key(i).Span), batch.TimestampMicros(i), value));
            }
        }

        return sent;
    }

    private sealed record Sent(string Topic, string Key, long TimestampMicros, AvroRecord? Value);
}
