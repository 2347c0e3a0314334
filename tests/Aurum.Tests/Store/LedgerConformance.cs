using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using Aurum.Store.Ledger;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.Tests.Store;

/// <summary>The gap ledger, watermarks, files, dead letters and the outbox.</summary>
public abstract class LedgerConformance : StoreConformance
{
    private static readonly FeedId Feed = StoreFeeds.Prices.Id;

    [Fact]
    public void A_throttled_day_is_a_gap_and_stops_the_watermark()
    {
        Try(Day, Outcome.Data, 0);
        Try(Day.PlusDays(1), Outcome.Throttled, 1);
        Try(Day.PlusDays(2), Outcome.Data, 2);

        Assert.Equal(new Watermark(Feed, Day, Day), Store.Ledger.WatermarkOf(Feed));
        var gap = Assert.Single(Store.Ledger.Gaps());
        Assert.Equal((Day.PlusDays(1), Outcome.Throttled), (gap.Day, gap.Entry!.Outcome));
    }

    [Fact]
    public void The_watermark_jumps_over_the_days_behind_a_closed_gap()
    {
        Try(Day, Outcome.Data, 0);
        Try(Day.PlusDays(2), Outcome.ProvenEmpty, 1);
        Try(Day.PlusDays(3), Outcome.Data, 2);
        Try(Day.PlusDays(1), Outcome.Data, 3);

        Assert.Equal(Day.PlusDays(3), Store.Ledger.WatermarkOf(Feed)!.Through);
        Assert.Empty(Store.Ledger.Gaps());
    }

    [Fact]
    public void A_day_before_the_first_one_opens_a_hole_until_the_days_between_are_there()
    {
        Try(Day, Outcome.Data, 0);
        Try(Day.PlusDays(-3), Outcome.Data, 1);

        Assert.Equal(new Watermark(Feed, Day.PlusDays(-3), Day.PlusDays(-3)), Store.Ledger.WatermarkOf(Feed));
        Assert.Equal([Day.PlusDays(-2), Day.PlusDays(-1)], Store.Ledger.Gaps().Select(g => g.Day));

        Try(Day.PlusDays(-1), Outcome.Data, 2);
        Try(Day.PlusDays(-2), Outcome.Data, 3);
        Assert.Equal(Day, Store.Ledger.WatermarkOf(Feed)!.Through);
    }

    [Fact]
    public void A_day_that_is_not_complete_is_a_gap_although_it_has_rows()
    {
        Deliver([Price(0, 1)], At(0), new DayOutcome(Outcome.Data, "", IsComplete: false, NextDue: At(5)));

        Assert.Null(Store.Ledger.WatermarkOf(Feed)!.Through);
        var entry = Store.Ledger.Find(Feed, Day)!;
        Assert.Equal((false, 1L, At(5)), (entry.IsSettled, entry.Rows, entry.NextDue));

        Deliver([Price(0, 1), Price(1, 1)], At(5));
        entry = Store.Ledger.Find(Feed, Day)!;
        Assert.Equal((true, 2L, 2, null), (entry.IsSettled, entry.Rows, entry.Attempts, entry.NextDue));
        Assert.Equal((At(0), At(5)), (entry.FirstTriedAt, entry.LastTriedAt));
    }

    [Fact]
    public void A_settled_day_stays_settled_when_a_later_look_fails()
    {
        Try(Day, Outcome.Data, 0);
        Try(Day, Outcome.Unavailable, 1, "timed out");

        var entry = Store.Ledger.Find(Feed, Day)!;
        Assert.Equal((Outcome.Data, Outcome.Unavailable, "timed out"), (entry.Outcome, entry.LastOutcome, entry.LastWhy));
        Assert.True(entry.IsSettled);
        Assert.Equal(Day, Store.Ledger.WatermarkOf(Feed)!.Through);
    }

    [Fact]
    public void Every_try_is_in_the_history()
    {
        Try(Day, Outcome.NotYetPublished, 0, "too early");
        Try(Day, Outcome.Malformed, 1, "cut zip");
        Deliver([Price(0, 1), Price(0, 1)], At(2));

        var history = Store.Ledger.History(Feed, Day);
        Assert.Equal(
            [(1, Outcome.NotYetPublished), (2, Outcome.Malformed), (3, Outcome.Data)],
            history.Select(a => (a.Attempt, a.Outcome)));
        Assert.Equal((1L, 1L), (history[2].New, history[2].Duplicate));
    }

    [Fact]
    public void Stored_watermarks_equal_those_computed_from_the_entries()
    {
        var random = new Random(7);
        for (var i = 0; i < 120; i++)
        {
            Try(Day.PlusDays(random.Next(-12, 12)), random.Next(3) == 0 ? Outcome.Throttled : Outcome.Data, i);
            Assert.Equal(Store.Ledger.ComputeWatermark(Feed), Store.Ledger.WatermarkOf(Feed));
        }
    }

    [Fact]
    public void A_file_that_cannot_be_read_leaves_a_dead_letter_with_its_place()
    {
        var file = FileOf(StoreFeeds.Prices, Day, "broken.csv");
        var letter = DeadLetter.Of(file, new FeedFormatException("broken.csv", "2", "a decimal in LMP", "'n/a'"));
        var malformed = new DayOutcome(Outcome.Malformed, "LMP", IsComplete: false);
        Store.RecordOutcome(StoreFeeds.Prices, StoreFeeds.Prices.Day(Day), At(0), malformed, [file], [letter]);

        var stored = Assert.Single(Store.Read.DeadLetters(new RecordQuery()));
        Assert.Equal(("broken.csv:2", "a decimal in LMP", "'n/a'"), (stored.Place, stored.Expected, stored.Found));
        Assert.Equal(stored.FileId, Assert.Single(Store.Read.Files(new RecordQuery())).Id);
    }

    [Fact]
    public void Files_keep_their_request_and_what_their_rows_became()
    {
        var first = FileOf(StoreFeeds.Prices, Day, "one.csv");
        var second = FileOf(StoreFeeds.Prices, Day, "two.csv") with { ScrubbedSecrets = 1 };
        using (var intake = Store.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(Day), At(0)))
        {
            intake.AddFile(first);
            intake.Append(PricesOf(3, hour => hour));
            intake.AddFile(second);
            intake.Append([Price(0, 0), Price(5, 5)]);
            intake.Quarantine(Price(6, 9999), "expect_column_values_to_be_between", "lmp 9999 above 2000", line: 12);
            Assert.Equal(6, intake.Commit(Complete).RowsIn);
        }

        var files = Store.Read.Files(new RecordQuery());
        Assert.Equal([first.Fetch.FileName, second.Fetch.FileName], files.Select(f => f.File.Fetch.FileName));
        Assert.Equal([("ETag", "\"1\"")], files[0].File.Fetch.ResponseHeaders.Select(h => (h.Key, h.Value)));
        Assert.Equal((3L, 0L, 0L), (files[0].New, files[0].Duplicate, files[0].Quarantined));
        Assert.Equal((1L, 1L, 1L, 1), (files[1].New, files[1].Duplicate, files[1].Quarantined, files[1].File.ScrubbedSecrets));
        var held = Assert.Single(Store.Read.Quarantine(new RecordQuery()));
        Assert.Equal((files[1].Id, 12L, "lmp 9999 above 2000"), (held.FileId, held.Line, held.Reason));
    }

    [Fact]
    public void Each_commit_is_one_outbox_entry_in_the_order_of_commits()
    {
        Deliver([Price(0, 1)], At(0));
        Try(Day, Outcome.Unavailable, 1);
        Deliver([Price(0, 2)], At(2));

        var entries = Store.Read.Outbox(new RecordQuery { AfterId = 1 });
        Assert.Equal([(2L, Outcome.Unavailable, 0L), (3L, Outcome.Data, 1L)], entries.Select(e => (e.Id, e.Outcome, e.Changed)));
        Assert.Equal([1L], Store.Read.Outbox(new RecordQuery { BeforeId = 2, Descending = true }).Select(e => e.Id));
        Assert.Equal([1L, 2L], Store.Read.Outbox(new RecordQuery { AsOf = At(1) }).Select(e => e.Id));
    }

    [Fact]
    public void Deliveries_come_back_with_their_files_for_a_replay()
    {
        Deliver([Price(0, 1)], At(0));
        Try(Day.PlusDays(1), Outcome.Unavailable, 1);
        Deliver<Aurum.Market.Power.LmpRow>(StoreFeeds.NewYork, [Price(0, 2)], At(2));

        var all = Store.Read.Deliveries().ToList();
        Assert.Equal([(At(0), 1), (At(1), 0), (At(2), 1)], all.Select(d => (d.KnownAt, d.Files.Count)));
        Assert.Equal([At(2)], Store.Read.Deliveries(StoreFeeds.NewYork.Id).Select(d => d.KnownAt));
        Assert.Equivalent(FileOf(StoreFeeds.Prices, Day), all[0].Files[0]);
    }

    [Fact]
    public void What_is_remembered_of_a_day_is_what_stands_in_the_ledger()
    {
        var random = new Random(5);
        Outcome[] outcomes = [Outcome.Data, Outcome.ProvenEmpty, Outcome.Throttled, Outcome.Unavailable];
        for (var turn = 0; turn < 150; turn++)
        {
            var outcome = outcomes[random.Next(outcomes.Length)];
            Store.RecordOutcome(
                StoreFeeds.Prices,
                StoreFeeds.Prices.Day(Day.PlusDays(random.Next(90))),
                At(turn),
                new DayOutcome(outcome, $"turn {turn}", outcome.IsSettled(), At(turn) + Duration.FromNanoseconds(1_234)),
                Array.Empty<FileRecord>(),
                []);
            if (turn % 50 == 20)
            {
                AssertRemembered();
                Reopen();
                AssertRemembered();
            }
        }

        AssertRemembered();
    }

    private void AssertRemembered()
    {
        var stored = Store.Ledger.Entries(Feed).ToDictionary(e => e.Day);
        Assert.NotEmpty(stored);
        for (var day = Day.PlusDays(-5); day < Day.PlusDays(95); day = day.PlusDays(1))
        {
            Assert.Equal(stored.GetValueOrDefault(day), Store.Ledger.Find(Feed, day));
        }
    }

    private void Try(LocalDate day, Outcome outcome, int minute, string why = "") => Store.RecordOutcome(
        StoreFeeds.Prices,
        StoreFeeds.Prices.Day(day),
        At(minute),
        new DayOutcome(outcome, why, outcome.IsSettled()),
        Array.Empty<FileRecord>(),
        []);
}
