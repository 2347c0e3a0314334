using System.Text.Json;
using Aurum.Cluster.Contracts;
using Aurum.Curves.Feeds;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store.Avro;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.Tests.Engines.Contracts;

/// <summary>What a delivery does beside its rows, sent through the outbox, and read by our codec and avsc.</summary>
public sealed class DeliveryContractTests : IDisposable
{
    private const string Failed =
        """[{"Name":"expect_between(lmp)","Severity":"Row","Status":"Warn","Checked":9,"Failed":1,"Example":"9999"}]""";

    private static readonly LocalDate Day = new(2025, 11, 2);
    private static readonly Feed<LmpRow> Prices = EventWorld.Of<LmpRow>("nyiso/day-ahead-lmp-zone");

    private readonly EventWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_place_is_sent_when_it_appears_and_when_it_has_retired()
    {
        _world.Deliver(Prices, Day, Row(Day, "N.Y.C."), Row(Day, "H Q"));
        var appeared = await _world.EventsReadByBoth("aurum.iso.nyiso.pnode.v1");
        _world.Deliver(Prices, Day.PlusDays(1), Row(Day.PlusDays(1), "N.Y.C."));
        Assert.DoesNotContain(_world.Events(), e => e.Topic.Name == "aurum.iso.nyiso.pnode.v1");
        _world.Deliver(Prices, Day.PlusDays(7), Row(Day.PlusDays(7), "N.Y.C."));
        var retired = Assert.Single(await _world.EventsReadByBoth("aurum.iso.nyiso.pnode.v1"));

        Assert.Equal(["61844 of H Q", "61844 of N.Y.C."], appeared.Select(e => $"{e["pnode_id"]} of {e["pnode_name"]}"));
        Assert.All(appeared, e => Assert.Null(e["effective_end"]));
        Assert.Equal(("H Q", "NYISO", "ZONE"), (retired["pnode_name"], retired["iso_code"], retired["type"]));
        Assert.Equal(Instant.FromUtc(2025, 11, 3, 5, 0).ToUnixTimeTicks() / 10, retired["effective_end"]);
    }

    [Fact]
    public async Task The_gate_s_verdict_goes_with_its_delivery_and_a_warning_goes_to_the_alerts()
    {
        _world.Deliver(Prices, Day, new GateRecord("iso_lmp", "PassWithQuarantine", 9, 1, Failed), isComplete: true, Row(Day, "N.Y.C."));

        var results = await _world.EventsReadByBoth(EventTopics.QualityTopic);
        var alert = Assert.Single(await _world.EventsReadByBoth(EventTopics.AlertTopic));

        Assert.Equal(
            [("batch", "WARN"), ("expect_between(lmp)", "WARN")],
            results.Select(e => ((string)e["check_name"]!, (string)e["status"]!)));
        Assert.Equal(("delivery/1/gate", "DATA_QUALITY", "WARN", "nyiso/day-ahead-lmp-zone", Failed), (
            alert.Key, alert["category"], alert["severity"], alert["source"], alert["payload"]));
        Assert.Equal("iso_lmp held 1 of 9 rows back, nyiso/day-ahead-lmp-zone 2025-11-02", alert["message"]);
    }

    [Fact]
    public void A_stopped_delivery_is_critical_and_a_good_one_alarms_nobody()
    {
        _world.Deliver(Prices, Day, new GateRecord("iso_lmp", "Pass", 9, 0, "[]"), isComplete: true, Row(Day, "N.Y.C."));
        Assert.DoesNotContain(_world.Events(), e => e.Topic.Name == EventTopics.AlertTopic);
        Assert.Equal(["PASS"], _world.Events().Where(e => e.Topic.Name == EventTopics.QualityTopic).Select(e => e["status"]));

        _world.Deliver(Prices, Day, new GateRecord("iso_lmp", "BatchFailed", 9, 0, "[]"), isComplete: false, Row(Day, "N.Y.C."));
        var alert = Assert.Single(_world.Events(), e => e.Topic.Name == EventTopics.AlertTopic);
        Assert.Equal(("CRITICAL", "iso_lmp stopped the delivery of nyiso/day-ahead-lmp-zone 2025-11-02: 9 rows were not stored"), (
            alert["severity"], alert["message"]));
    }

    [Fact]
    public async Task A_file_that_could_not_be_read_is_a_critical_alert_where_nothing_was_read()
    {
        using (var intake = _world.Store.BeginDay(Prices, Prices.Day(Day), EventWorld.Known))
        {
            var file = EventWorld.File(Prices, Day);
            intake.AddFile(file);
            intake.AddDeadLetter(new DeadLetter(file, "prices.csv:7", "a decimal in LMP", "n/a"));
            intake.Commit(new DayOutcome(Outcome.Malformed, "why", IsComplete: false));
        }

        var alert = Assert.Single(await _world.EventsReadByBoth(EventTopics.AlertTopic));

        Assert.Equal(("delivery/1/unread", "PIPELINE", "CRITICAL"), (alert.Key, alert["category"], alert["severity"]));
        Assert.EndsWith("prices.csv:7: expected a decimal in LMP, found n/a", (string)alert["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_the_gate_stopped_is_one_alert_though_each_of_its_files_is_a_dead_letter()
    {
        using (var intake = _world.Store.BeginDay(Prices, Prices.Day(Day), EventWorld.Known))
        {
            var file = EventWorld.File(Prices, Day);
            intake.AddFile(file);
            intake.AddDeadLetter(new DeadLetter(file, "prices.csv", GateRecord.ExpectationOf("iso_lmp"), "9 rows"));
            intake.AddGate(new GateRecord("iso_lmp", "BatchFailed", 9, 0, "[]"));
            intake.Commit(new DayOutcome(Outcome.Malformed, "stopped by the quality gate: 9 rows", IsComplete: false));
        }

        Assert.Equal("delivery/1/gate", Assert.Single(_world.Events(), e => e.Topic.Name == EventTopics.AlertTopic).Key);
    }

    [Fact]
    public void A_delivery_that_stored_nothing_without_a_dead_letter_says_why_in_its_alert()
    {
        _world.Store.RecordOutcome(
            Prices, Prices.Day(Day), EventWorld.Known, new DayOutcome(Outcome.Malformed, "more than 9 pages", IsComplete: false), [], []);

        var alert = Assert.Single(_world.Events(), e => e.Topic.Name == EventTopics.AlertTopic);

        Assert.Equal(("delivery/1/unread", "CRITICAL", "nothing was stored, nyiso/day-ahead-lmp-zone 2025-11-02: more than 9 pages"), (
            alert.Key, alert["severity"], alert["message"]));
    }

    [Fact]
    public async Task What_was_held_back_or_refused_names_the_topic_that_it_is_kept_from()
    {
        using (var intake = _world.Store.BeginDay(Prices, Prices.Day(Day), EventWorld.Known))
        {
            var file = EventWorld.File(Prices, Day);
            intake.AddFile(file);
            var wrong = Row(Day, "N.Y.C.");
            intake.Quarantine(in wrong, "expect_between(lmp)", "lmp 30 above 20", line: 12);
            intake.AddDeadLetter(new DeadLetter(file, "prices.csv:7", "a decimal in LMP", "n/a"));
            intake.Commit(new DayOutcome(Outcome.Malformed, "why", IsComplete: false));
        }

        var sent = await _world.EventsReadByBoth(EventTopics.LetterTopic);

        Assert.All(sent, e => Assert.Equal(
            (Prices.Id.Text, "aurum.iso.nyiso.lmp.v1", null, Prices.Id.Text, null),
            (e.Key, e["original_topic"], e["original_key"], e["dataset"], e["tenant_id"])));
        Assert.All(sent, e => Assert.Equal((1, 0, 0), (e["processing_attempt"], e["max_retries"], e["retry_count"])));
        var known = EventWorld.Known.ToUnixTimeTicks() / 10;
        Assert.All(sent, e => Assert.Equal((known, known), (e["error_timestamp"], e["dlq_timestamp"])));
        Assert.Equal(
            [("row_held_back", "aurum.ingest.gate", "expect_between(lmp): lmp 30 above 20"),
                ("file_refused", "aurum.ingest", "prices.csv:7: expected a decimal in LMP, found n/a")],
            sent.Select(e => ((string)e["error_type"]!, (string)e["source_component"]!, (string)e["error_message"]!)));
        var held = Assert.Single(_world.Store.Read.Quarantine(new RecordQuery()));
        Assert.Equal(held.RowJson, System.Text.Encoding.UTF8.GetString((byte[])sent[0]["original_value"]!));
        Assert.Null(sent[1]["original_value"]);
        Assert.Equal(("iso_lmp", "2025-11-02", "1", "12"), (
            sent[0].Meta("table", "processing_metadata"), sent[0].Meta("day", "processing_metadata"),
            sent[0].Meta("delivery", "processing_metadata"), sent[0].Meta("line", "processing_metadata")));
        Assert.Equal("prices.csv:7", sent[1].Meta("place", "processing_metadata"));
    }

    [Fact]
    public void A_workbook_that_cannot_be_read_is_a_letter_and_alarms_by_its_vendors_curves_alone()
    {
        var landing = CurveFeeds.Vendors[0].Landing;
        var file = EventWorld.File(landing, Day);
        _world.Store.RecordOutcome(
            landing, landing.Day(Day), EventWorld.Known, new DayOutcome(Outcome.Malformed, "why", IsComplete: false), [file],
            [new DeadLetter(file, "Prices!B5", "a date", "nothing")]);
        var delivery = _world.Deliveries().Last();
        using var events = new DeliveryEvents(static topic => topic.Name.Length);

        var sent = events.Of(delivery, default)
            .SelectMany(b => Enumerable.Range(0, b.Count).Select(i => (b.Topic(i).Name, Value: b.Value(i).ToArray()))).ToList();

        Assert.True(DeliveryEvents.Follows(delivery.Entry.Table));
        Assert.Equal([EventTopics.CurveLetterTopic, EventTopics.DeliveryTopic, EventTopics.LetterTopic], sent.Select(e => e.Name));
        using var letter = JsonDocument.Parse(sent[0].Value);
        Assert.Equal(landing.Id.Text, letter.RootElement.GetProperty("source").GetString());
        ConfluentFrame.Read(sent[2].Value, out var avro);
        var refused = (AvroRecord)new AvroReader(avro).Read(EventContracts.Find("ingestion.dlq.v1").Schema)!;
        Assert.Equal((EventTopics.CurveTopic, "file_refused"), (refused["original_topic"], refused["error_type"]));
    }

    [Fact]
    public void What_the_gate_said_waits_for_a_sink_that_is_far_behind()
    {
        void Judge() => _world.Deliver(Prices, Day, new GateRecord("iso_lmp", "Pass", 1, 0, "[]"), isComplete: false, Row(Day, "N.Y.C."));
        _world.Store.Sinks.Move("kafka", 0, EventWorld.Known);
        for (var i = 0; i < GateRecord.Kept + 5; i++)
        {
            Judge();
        }

        Assert.All(_world.Deliveries(), d => Assert.NotNull(d.Gate()));
        _world.Store.Sinks.Move("kafka", GateRecord.Kept + 5, EventWorld.Known);
        Judge();
        Assert.Equal(GateRecord.Kept, _world.Deliveries().Count(d => d.Gate() is not null));
    }

    private static LmpRow Row(LocalDate day, string place) => new(
        new Location(place, LocationType.Zone, publisherId: "61844"), DeliveryInterval.StartingAt(Prices.Day(day).Start, 60), 30, 29, 1, 0,
        double.NaN);
}
