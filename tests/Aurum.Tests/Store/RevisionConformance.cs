using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.Tests.Store;

/// <summary>Rows, their revisions and what a delivery's rows become.</summary>
public abstract class RevisionConformance : StoreConformance
{
    [Fact]
    public void New_rows_are_first_revisions()
    {
        var receipt = Deliver(PricesOf(3, hour => 10 + hour), At(0));

        Assert.Equal((3L, 0L, 0L, 0L, 0L), (receipt.New, receipt.Changed, receipt.Identical, receipt.Duplicate, receipt.Quarantined));
        Assert.Equal(["0 HUB_A 10 1", "1 HUB_A 11 1", "2 HUB_A 12 1"], Lines(Prices));
    }

    [Fact]
    public void The_same_delivery_again_writes_nothing()
    {
        Deliver(PricesOf(24, hour => hour), At(0));
        var before = Store.Read.ContentHash("iso_lmp");

        var receipt = Deliver(PricesOf(24, hour => hour), At(5));

        Assert.Equal((0L, 24L), (receipt.Written, receipt.Identical));
        Assert.Equal(24, Store.Read.RowCounts()["iso_lmp"]);
        Assert.Equal(before, Store.Read.ContentHash("iso_lmp"));
    }

    [Fact]
    public void A_changed_price_is_a_new_revision_and_the_old_one_stays_readable()
    {
        Deliver(PricesOf(2, _ => 10), At(0));
        var receipt = Deliver([Price(0, 10), Price(1, 99)], At(60));
        Deliver([Price(1, 98)], At(120));

        Assert.Equal((0L, 1L, 1L), (receipt.New, receipt.Changed, receipt.Identical));
        Assert.Equal(["0 HUB_A 10 1", "1 HUB_A 98 3"], Lines(Prices));
        Assert.Equal(["0 HUB_A 10 1", "1 HUB_A 99 2"], Lines(Prices with { AsOf = At(119) }));
        Assert.Equal(["0 HUB_A 10 1", "1 HUB_A 10 1"], Lines(Prices with { AsOf = At(0) }));
        Assert.Empty(Lines(Prices with { AsOf = At(0) - Duration.FromSeconds(1) }));
        Assert.Equal(4, Scalar("SELECT count(*) FROM iso_lmp"));
        Assert.Equal(2, Scalar("SELECT count(*) FROM iso_lmp_current"));
    }

    [Fact]
    public void An_unknown_part_that_becomes_known_is_a_change_and_an_unknown_one_equals_itself()
    {
        Deliver([Price(0, 10), Price(1, 10)], At(0));
        var receipt = Deliver([Price(0, 10) with { LossUsdPerMwh = 0.5 }, Price(1, 10)], At(1));
        var back = Deliver([Price(0, 10)], At(2));

        Assert.Equal((1L, 1L), (receipt.Changed, receipt.Identical));
        Assert.Equal(1, back.Changed);
        Assert.Equal(2, Scalar(
            "SELECT count(*) FROM iso_lmp WHERE loss IS NULL AND interval_start_utc = (SELECT min(interval_start_utc) FROM iso_lmp)"));
    }

    [Fact]
    public void New_rows_beside_stored_ones_of_the_same_hour_are_told_apart()
    {
        Deliver([Price(0, 10, "HUB_A")], At(0));
        var receipt = Deliver([Price(0, 10, "HUB_A"), Price(0, 20, "HUB_B"), Price(1, 30, "HUB_A")], At(1));

        Assert.Equal((2L, 0L, 1L), (receipt.New, receipt.Changed, receipt.Identical));
    }

    [Fact]
    public void A_repeated_row_counts_once_and_a_contradicting_one_is_held_back()
    {
        var receipt = Deliver([Price(0, 10), Price(0, 10), Price(0, 77), Price(1, 11)], At(0));

        Assert.Equal((2L, 1L, 1L), (receipt.New, receipt.Duplicate, receipt.Quarantined));
        Assert.Equal(["0 HUB_A 10 1", "1 HUB_A 11 1"], Lines(Prices));
        var held = Assert.Single(Store.Read.Quarantine(new RecordQuery()));
        Assert.Equal("iso_lmp", held.Table);
        Assert.Contains("\"lmp\":77", held.RowJson, StringComparison.Ordinal);
        Assert.Contains("2025-03-04T08:00:00Z", held.RowJson, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contradiction_in_a_later_delivery_is_compared_with_the_first_row_only()
    {
        Deliver([Price(0, 10)], At(0));
        var receipt = Deliver([Price(0, 12), Price(0, 10), Price(0, 12)], At(1));

        Assert.Equal((0L, 1L, 0L, 1L, 1L), (receipt.New, receipt.Changed, receipt.Identical, receipt.Duplicate, receipt.Quarantined));
        Assert.Equal(["0 HUB_A 12 2"], Lines(Prices));
    }

    [Fact]
    public void A_key_does_not_go_back_in_time()
    {
        Deliver([Price(0, 10)], At(10));
        var error = Assert.Throws<StoreException>(() => Deliver([Price(0, 11), Price(1, 11)], At(9)));

        Assert.Contains("HUB_A", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0 HUB_A 10 1"], Lines(Prices));
        Assert.Equal((1L, 0L), (Deliver([Price(1, 11)], At(9)).New, Deliver([Price(0, 10)], At(9)).Changed));
    }

    [Fact]
    public void Without_a_commit_nothing_is_visible()
    {
        using (var intake = Store.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(Day), At(0)))
        {
            intake.AddFile(FileOf(StoreFeeds.Prices, Day));
            intake.Append(PricesOf(24, hour => hour));
            intake.Quarantine(Price(0, 1), "expect", "reason");
        }

        Assert.Equal(0, Store.Read.RowCounts()["iso_lmp"]);
        Assert.Empty(Store.Read.Quarantine(new RecordQuery()));
        Assert.Empty(Store.Read.Files(new RecordQuery()));
        Assert.Null(Store.Ledger.Find(StoreFeeds.Prices.Id, Day));
        Assert.Equal(24, Deliver(PricesOf(24, hour => hour), At(1)).New);
    }

    [Fact]
    public void Two_feeds_never_meet_even_with_equal_keys()
    {
        Deliver([Price(0, 10)], At(0));
        var other = Deliver<LmpRow>(StoreFeeds.NewYork, [Price(0, 20)], At(1));

        Assert.Equal((1L, 0L), (other.New, other.Changed));
        Assert.Equal(["0 HUB_A 10 1"], Lines(Prices with { Filters = [new("feed", "caiso/day-ahead-lmp")] }));
        Assert.Equal(["0 HUB_A 20 1"], Lines(Prices with { Filters = [new("iso_code", "NYISO")] }));
    }

    [Fact]
    public void Forecasts_of_one_hour_differ_by_when_they_were_made_and_one_without_a_time_is_a_key_too()
    {
        var area = new Location("CA ISO-TAC", LocationType.Zone);
        var hour = DeliveryInterval.StartingAt(At(0), 60);
        var issued = At(-600).ToUnixTimeSeconds();
        LoadRow[] rows = [new(area, hour, 100, issued), new(area, hour, 110, issued + 3600), new(area, hour, 120)];

        Assert.Equal(3, Deliver<LoadRow>(StoreFeeds.Forecast, rows, At(0)).New);
        var again = Deliver<LoadRow>(StoreFeeds.Forecast, [rows[0], rows[2] with { LoadMw = 121 }], At(1));

        Assert.Equal((0L, 1L, 1L), (again.New, again.Changed, again.Identical));
        Assert.Equal(1, Scalar("SELECT count(*) FROM iso_load_current WHERE issued_at_utc IS NULL AND mw = 121"));
    }

    [Fact]
    public void Rows_of_a_large_delivery_are_all_there()
    {
        var nodes = Enumerable.Range(0, 700).Select(n => $"NODE_WITH_A_LONG_NAME_{n}").ToArray();
        LmpRow[] rows = [.. nodes.SelectMany(node => PricesOf(24, hour => hour + (node.Length / 100.0), node))];

        Assert.Equal(rows.Length, Deliver(rows, At(0)).New);
        Assert.Equal(rows.Length, Deliver(rows, At(1)).Identical);
        Assert.Equal(nodes.Length, Scalar("SELECT count(DISTINCT location_id) FROM iso_lmp WHERE location_type = 'HUB'"));
    }

    [Fact]
    public void Revisions_outlive_a_restart()
    {
        Deliver([Price(0, 10)], At(0));
        Reopen();
        var receipt = Deliver([Price(0, 11), Price(1, 5)], At(1));

        Assert.Equal((1L, 1L), (receipt.New, receipt.Changed));
        Assert.Equal(2, receipt.OutboxId);
        Assert.Equal(["0 HUB_A 11 2", "1 HUB_A 5 1"], Lines(Prices));
    }

    [Fact]
    public void The_content_hash_depends_on_rows_and_times_and_not_on_the_order_of_rows()
    {
        Deliver(PricesOf(3, hour => hour), At(0));
        var hash = Store.Read.ContentHash("iso_lmp");
        Deliver<LmpRow>(StoreFeeds.NewYork, [Price(0, 1)], At(0));

        Assert.Equal(64, hash.Length);
        Assert.NotEqual(hash, Store.Read.ContentHash("iso_lmp"));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Store.Read.ContentHash("iso_load"));
    }

    [Fact]
    public void A_delivery_waits_for_the_one_before_it_of_the_same_feed()
    {
        using var first = Store.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(Day), At(0));
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(
            () => Store.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(Day), At(0), cancel: stop.Token));
        using var other = Store.BeginDay(StoreFeeds.NewYork, StoreFeeds.NewYork.Day(Day), At(0));
        Assert.Equal(0, other.RowsIn);
    }

    [Fact]
    public void Rows_without_a_file_are_refused()
    {
        using var intake = Store.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(Day), At(0));
        Assert.Throws<InvalidOperationException>(() => intake.Append(PricesOf(1, _ => 1)));
    }
}
