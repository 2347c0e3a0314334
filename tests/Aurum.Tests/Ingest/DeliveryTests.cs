using System.Text.Json;
using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Quality.Gates;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.Tests.Ingest;

public sealed class DeliveryTests : IDisposable
{
    private readonly DeliveryRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_whole_day_is_complete_and_moves_the_watermark()
    {
        var report = await _rig.Deliver(DeliveryRig.After, LineFeed.Lines(DeliveryRig.Day, 20));

        Assert.Equal((Outcome.Data, true, 48L), (report.Outcome, report.IsComplete, report.Receipt.New));
        Assert.Equal("", report.Why);
        Assert.Equal(DeliveryRig.Day.Date, _rig.Store.Ledger.WatermarkOf(LineFeed.RealTime.Id)!.Through);
    }

    [Fact]
    public async Task The_same_files_again_write_nothing_and_say_so()
    {
        await _rig.Deliver(DeliveryRig.After, LineFeed.Lines(DeliveryRig.Day, 20));
        var again = await _rig.Deliver(DeliveryRig.After + Duration.FromHours(1), LineFeed.Lines(DeliveryRig.Day, 20));

        Assert.Equal((0L, 48L), (again.Receipt.Written, again.Receipt.Identical));
        Assert.Equal("test/real-time 2025-06-10: 48 identical", again.ToString());
        Assert.Equal(48, _rig.Count("iso_lmp"));
    }

    [Fact]
    public async Task A_malformed_file_among_good_ones_becomes_a_dead_letter_and_the_others_are_stored()
    {
        var report = await _rig.Deliver(
            DeliveryRig.After,
            LineFeed.Lines(DeliveryRig.Day, 20, null, "NODE_A"),
            "0,NODE_B,1\n1,NODE_B,what\n",
            LineFeed.Lines(DeliveryRig.Day, 30, null, "NODE_C"));

        Assert.Equal((Outcome.Malformed, false, 48L), (report.Outcome, report.IsComplete, report.Receipt.New));
        Assert.Equal("file-1.csv:2: expected hour,node,price, found 1,NODE_B,what", report.Why);
        Assert.Equal(0, _rig.Count("iso_lmp where location_id = 'NODE_B'"));
        var letter = Assert.Single(_rig.Store.Read.DeadLetters(new RecordQuery()));
        Assert.Equal(("file-1.csv:2", "hour,node,price", "1,NODE_B,what"), (letter.Place, letter.Expected, letter.Found));
        Assert.Equal(3, _rig.Count("files"));
        Assert.Null(_rig.Store.Ledger.WatermarkOf(LineFeed.RealTime.Id)!.Through);
    }

    [Fact]
    public async Task Where_no_file_can_be_read_nothing_is_stored_but_the_files_and_letters()
    {
        var report = await _rig.Deliver(DeliveryRig.After, "one", "two");

        Assert.Equal(Outcome.Malformed, report.Outcome);
        Assert.Equal((0, 2, 2), (_rig.Count("iso_lmp"), _rig.Count("files"), _rig.Count("dead_letters")));
    }

    [Fact]
    public async Task A_batch_that_the_gate_stops_leaves_no_row_and_names_the_expectation()
    {
        var report = await _rig.Deliver(LineFeed.DayAhead, DeliveryRig.After, null, LineFeed.Lines(DeliveryRig.Day, 20, hours: 23));

        Assert.Equal((Outcome.Malformed, false), (report.Outcome, report.IsComplete));
        Assert.StartsWith(
            "stopped by the quality gate: expect_exact_interval_count_of_operating_day", report.Why, StringComparison.Ordinal);
        Assert.Equal(GateOutcome.BatchFailed, report.Gate!.Overall);
        Assert.Equal((0, 1), (_rig.Count("iso_lmp"), _rig.Count("dead_letters")));
    }

    [Fact]
    public async Task A_short_file_while_the_day_runs_is_data_that_is_not_complete()
    {
        var report = await _rig.Deliver(
            LineFeed.DayAhead, DeliveryRig.Day.Start + Duration.FromHours(5), null, LineFeed.Lines(DeliveryRig.Day, 20, hours: 5));

        Assert.Equal((Outcome.Data, false, 10L), (report.Outcome, report.IsComplete, report.Receipt.New));
        Assert.EndsWith("(day not complete yet)", report.ToString(), StringComparison.Ordinal);
        var due = _rig.Store.Ledger.Find(LineFeed.DayAhead.Id, DeliveryRig.Day.Date)!.NextDue;
        Assert.Equal(DeliveryRig.Day.Start + Duration.FromHours(6), due);
    }

    [Fact]
    public async Task A_file_cut_between_two_places_leaves_the_day_open_and_the_whole_one_closes_it()
    {
        var before = DeliveryRig.Day.Previous;
        await _rig.Deliver(LineFeed.Ordered, before, DeliveryRig.After, null, LineFeed.Lines(before, 20, null, "A", "B", "C"));
        var cut = await _rig.Deliver(LineFeed.Ordered, DeliveryRig.After, null, LineFeed.Lines(DeliveryRig.Day, 20, null, "A", "B"));
        var whole = await _rig.Deliver(
            LineFeed.Ordered, DeliveryRig.After + Duration.FromHours(1), null, LineFeed.Lines(DeliveryRig.Day, 20, null, "A", "B", "C"));

        Assert.Equal((Outcome.Data, false), (cut.Outcome, cut.IsComplete));
        Assert.Equal("the end of the list is missing, as in a cut file: 1 of 3 places, first: C is missing behind B", cut.Why);
        Assert.Equal((Outcome.Data, true, ""), (whole.Outcome, whole.IsComplete, whole.Why));
    }

    [Fact]
    public async Task A_place_that_is_gone_from_the_end_of_the_list_for_good_closes_the_day_when_the_patience_is_used_up()
    {
        var before = DeliveryRig.Day.Previous;
        await _rig.Deliver(LineFeed.Ordered, before, DeliveryRig.After, null, LineFeed.Lines(before, 20, null, "A", "B"));
        var late = await _rig.Deliver(LineFeed.Ordered, DeliveryRig.LongAfter, null, LineFeed.Lines(DeliveryRig.Day, 20, null, "A"));
        Assert.Equal((Outcome.Data, true), (late.Outcome, late.IsComplete));
    }

    [Fact]
    public async Task Missing_intervals_are_named_and_the_day_stays_open_until_the_patience_is_used_up()
    {
        var lines = LineFeed.Lines(DeliveryRig.Day, 20, hours: 20);
        var early = await _rig.Deliver(DeliveryRig.After, lines);
        var late = await _rig.Deliver(DeliveryRig.LongAfter, lines);

        Assert.Equal((Outcome.Data, false), (early.Outcome, early.IsComplete));
        Assert.StartsWith("intervals are missing at 2 of 2 places, first: NODE_A", early.Why, StringComparison.Ordinal);
        Assert.Equal((Outcome.Data, true), (late.Outcome, late.IsComplete));
        Assert.StartsWith("intervals are missing at 2 of 2 places", late.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_says_of_a_day_with_holes_when_it_is_looked_at_again_as_the_planner_does()
    {
        await _rig.Deliver(DeliveryRig.After, LineFeed.Lines(DeliveryRig.Day, 20, hours: 20));
        var entry = _rig.Store.Ledger.Find(LineFeed.RealTime.Id, DeliveryRig.Day.Date)!;

        Assert.Equal(DeliveryRig.After + Planner.HoleCheck, entry.NextDue);
        Assert.Equal(entry.NextDue, Planner.DueAt(LineFeed.RealTime, DeliveryRig.Day, DayState.Of(entry)));
        Assert.False(entry.IsSettled);
    }

    [Fact]
    public async Task No_data_where_there_must_be_some_is_too_early_and_proven_only_where_there_may_be_none()
    {
        var must = await _rig.Deliver(LineFeed.RealTime, DeliveryRig.After, null, "none\n");
        var may = await _rig.Deliver(LineFeed.MayBeEmpty, DeliveryRig.After, null, "none\n");
        var mayLater = await _rig.Deliver(LineFeed.MayBeEmpty, DeliveryRig.Day.Start, null, "none\n");

        Assert.Equal(Outcome.NotYetPublished, must.Outcome);
        Assert.Equal((Outcome.ProvenEmpty, true), (may.Outcome, may.IsComplete));
        Assert.Equal((Outcome.NotYetPublished, false), (mayLater.Outcome, mayLater.IsComplete));
    }

    [Fact]
    public async Task A_file_without_rows_is_no_data()
    {
        var report = await _rig.Deliver(DeliveryRig.After, "");

        Assert.Equal((Outcome.NotYetPublished, false), (report.Outcome, report.IsComplete));
        Assert.False(_rig.Store.Ledger.Find(LineFeed.RealTime.Id, DeliveryRig.Day.Date)!.IsSettled);
    }

    [Theory]
    [InlineData(Outcome.Throttled)]
    [InlineData(Outcome.Unavailable)]
    [InlineData(Outcome.NotYetPublished)]
    public async Task A_request_that_failed_leaves_the_rows_of_the_others_and_an_open_day(Outcome outcome)
    {
        var report = await _rig.Deliver(
            LineFeed.DayAhead, DeliveryRig.After, (outcome, "so it was"), LineFeed.Lines(DeliveryRig.Day, 20, hours: 10));

        Assert.Equal((outcome, "so it was", false, 20L), (report.Outcome, report.Why, report.IsComplete, report.Receipt.New));
        Assert.Null(_rig.Store.Ledger.WatermarkOf(LineFeed.DayAhead.Id)!.Through);
    }

    [Fact]
    public async Task A_file_that_announces_more_keeps_a_past_day_open()
    {
        var report = await _rig.Deliver(
            LineFeed.DayAhead, DeliveryRig.After, null, LineFeed.Lines(DeliveryRig.Day, 20, hours: 10) + "more to come\n");

        Assert.Equal((Outcome.NotYetPublished, false, 20L), (report.Outcome, report.IsComplete, report.Receipt.New));
    }

    [Fact]
    public async Task A_throttle_text_in_a_file_is_not_data()
    {
        var report = await _rig.Deliver(DeliveryRig.After, "throttle\n");

        Assert.Equal((Outcome.Throttled, "a throttle text in the file"), (report.Outcome, report.Why));
        Assert.Equal(0, _rig.Count("iso_lmp"));
    }

    [Fact]
    public async Task Rows_that_fail_are_held_back_with_their_reason_between_those_that_pass()
    {
        var lines = LineFeed.Lines(DeliveryRig.Day, 20, null, "A", "B", "C", "D").Split('\n');
        (lines[0], lines[5], lines[95]) = ("0,A,99999", "1,B,nan", "23,D,-99999");

        var report = await _rig.Deliver(DeliveryRig.After, string.Join('\n', lines));

        Assert.Equal((93L, 3L), (report.Receipt.New, report.Receipt.Quarantined));
        var held = _rig.Store.Read.Quarantine(new RecordQuery());
        Assert.Equal(
            ["expect_price_within_market_limits", "expect_column_values_to_not_be_null", "expect_price_within_market_limits"],
            held.Select(q => q.Expectation.Split('(')[0]));
        Assert.Contains("99999", held[0].Reason, StringComparison.Ordinal);
        Assert.Contains("-99999", held[2].Reason, StringComparison.Ordinal);
        Assert.Equal(["A", "B", "D"], held.Select(q => JsonDocument.Parse(q.RowJson).RootElement.GetProperty("location_id").GetString()));
        Assert.Equal(93, _rig.Count("iso_lmp"));
    }

    [Fact]
    public async Task A_failed_look_at_a_complete_day_leaves_it_complete()
    {
        await _rig.Deliver(DeliveryRig.After, LineFeed.Lines(DeliveryRig.Day, 20));
        var report = await _rig.Deliver(LineFeed.RealTime, DeliveryRig.After + Duration.FromDays(1), (Outcome.Unavailable, "down"));
        var entry = _rig.Store.Ledger.Find(LineFeed.RealTime.Id, DeliveryRig.Day.Date)!;

        Assert.Equal(Outcome.Unavailable, report.Outcome);
        Assert.True(entry.IsSettled);
        Assert.Equal(Outcome.Unavailable, entry.LastOutcome);
        Assert.Equal(DeliveryRig.Day.Date, _rig.Store.Ledger.WatermarkOf(LineFeed.RealTime.Id)!.Through);
    }

    [Fact]
    public async Task Rows_of_each_site_are_counted_once_also_where_the_files_are_read_twice()
    {
        var answers = new Answers();
        await _rig.Deliver(DeliveryRig.After, LineFeed.Lines(DeliveryRig.Day, 20));
        foreach (var file in _rig.Store.Read.Files(new RecordQuery()))
        {
            answers.Add(file.File);
            answers.Count(file.File, 48);
            answers.Count(file.File, 48);
        }

        Assert.Equal(48, answers.Files.Sum(answers.RowsOf));
    }
}
