using Aurum.App.Running;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources;
using Aurum.Store.Rows;
using Aurum.Tests.Ingest;
using NodaTime;

namespace Aurum.Tests.Running;

public sealed class WorkListTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2025, 6, 20, 20, 0);
    private static readonly LocalDate Today = new(2025, 6, 20);

    private readonly DeliveryRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void An_empty_ledger_wants_today_the_look_back_and_what_is_published_early()
    {
        var list = Of(lookbackDays: 2, LineFeed.RealTime);

        Assert.Equal([Today.PlusDays(1), Today, Today.PlusDays(-1), Today.PlusDays(-2)], Dates(list));
        Assert.Equal(LineFeed.RealTime.Day(Today.PlusDays(2)).Start - Duration.FromHours(12), list.NextDue);
    }

    [Fact]
    public void A_forecast_of_a_week_ahead_is_still_asked_for_today_and_before() =>
        Assert.Contains(Today.PlusDays(-1), Dates(Of(1, FeedCatalog.Find(new FeedId("caiso/load-forecast-7-day")))));

    [Fact]
    public void A_feed_that_lags_looks_back_from_its_latest_day()
    {
        var feed = Feed(LineFeed.Schedule with { FirstAt = Duration.FromDays(75), CompleteAt = Duration.FromDays(80) });
        var last = Today.PlusDays(-75);

        Assert.Equal([last, last.PlusDays(-1)], Dates(Of(1, feed)));
    }

    [Fact]
    public void No_day_is_asked_for_that_the_publisher_no_longer_shows()
    {
        var feed = Feed(LineFeed.Schedule with { FirstAt = Duration.Zero, KeptDays = 2 });

        Assert.Equal([Today, Today.PlusDays(-1)], Dates(Of(7, feed)));
    }

    [Fact]
    public void Settled_days_are_left_out_and_a_hole_before_the_look_back_is_caught_up_with()
    {
        for (var day = Today.PlusDays(-9); day <= Today.PlusDays(1); day = day.PlusDays(1))
        {
            if (day != Today.PlusDays(-6))
            {
                Record(LineFeed.RealTime, day, Outcome.Data, isComplete: true, Now);
            }
        }

        Assert.Equal([Today.PlusDays(-6)], Dates(Of(1, LineFeed.RealTime)));
    }

    [Fact]
    public void Holes_older_than_a_month_are_left_to_a_backfill()
    {
        Record(LineFeed.RealTime, Today.PlusDays(-400), Outcome.Unavailable, isComplete: false, Now - Duration.FromDays(400));

        Assert.Equal(Today.PlusDays(-31), Dates(Of(1, LineFeed.RealTime)).Min());
    }

    [Fact]
    public void A_day_is_not_looked_at_more_often_than_the_least_refresh_allows()
    {
        Record(LineFeed.RealTime, Today, Outcome.Data, isComplete: false, Now - Duration.FromHours(2));

        Assert.Contains(Today, Dates(Of(0, LineFeed.RealTime)));
        var slow = WorkList.Of(_rig.Store.Ledger, [LineFeed.RealTime], 0, Duration.FromHours(3), Now);
        Assert.DoesNotContain(Today, Dates(slow));
        Assert.Equal(Now + Duration.FromHours(1), slow.NextDue);
    }

    [Fact]
    public void A_day_that_is_taken_away_after_its_end_is_looked_at_when_it_is_whole_however_short_ago_the_last_look_was()
    {
        var completeAt = Now + Duration.FromMinutes(20) - LineFeed.RealTime.Day(Today).Start;
        var kept = Feed(LineFeed.Schedule with { FirstAt = Duration.Zero, CompleteAt = completeAt, KeptDays = 1 });
        Record(kept, Today, Outcome.Data, isComplete: false, Now - Duration.FromMinutes(5));
        Assert.Equal(Now + Duration.FromMinutes(20), NextDue(kept));

        var late = Feed(LineFeed.Schedule with { FirstAt = Duration.Zero, CompleteAt = completeAt, KeptDays = 2 });
        Assert.Equal(Now + Duration.FromHours(3) - Duration.FromMinutes(5), NextDue(late));

        Instant? NextDue(Feed feed) => WorkList.Of(_rig.Store.Ledger, [feed], 0, Duration.FromHours(3), Now).NextDue;
    }

    [Fact]
    public void Newer_days_come_first_and_prices_before_the_rest()
    {
        var list = Of(1, FeedCatalog.Find(new FeedId("nyiso/interface-flows")), FeedCatalog.Find(new FeedId("nyiso/load")),
            FeedCatalog.Find(new FeedId("nyiso/real-time-lmp-zone")));

        Assert.Equal(
            ["nyiso/real-time-lmp-zone", "nyiso/load", "nyiso/interface-flows"],
            list.Due.Where(i => i.Day.Date == Today).Select(i => i.Feed.Id.Text));
        var inTurn = list.Due.Where((_, place) => place % 4 != 3).Select(i => i.Day.Date).ToList();
        Assert.Equal(inTurn.OrderDescending(), inTurn);
    }

    [Fact]
    public void Every_fourth_place_goes_to_the_day_that_was_never_asked_for_and_has_waited_longest()
    {
        Feed[] feeds = [.. Enumerable.Range(0, 4).Select(i => LineFeed.Make($"test/feed-{i}", IsoMarket.RealTime, LineFeed.Schedule))];
        var list = Of(3, feeds);

        Assert.Equal(Today.PlusDays(-3), list.Due[3].Day.Date);
        Assert.Equal(Today.PlusDays(-3), list.Due[7].Day.Date);
        Assert.Equal(list.Due.Count, list.Due.Distinct().Count());
        Assert.Equal(4 * 5, list.Due.Count);
    }

    [Fact]
    public void Who_is_stopped_after_a_few_days_of_the_list_each_time_asks_for_each_of_them_in_the_end()
    {
        using var rig = new DeliveryRig();
        Feed[] feeds = [FeedCatalog.Find(new FeedId("nyiso/load")), FeedCatalog.Find(new FeedId("nyiso/interface-flows"))];
        var now = Now;
        for (var life = 0; life < 12; life++, now += Duration.FromHours(1))
        {
            // What fails falls due again before the next start, and is newer than what was never asked for.
            foreach (var item in WorkList.Of(rig.Store.Ledger, feeds, 4, Duration.FromMinutes(1), now).Due.Take(4))
            {
                rig.Store.RecordOutcome(item.Feed, item.Day, now, new DayOutcome(Outcome.NotYetPublished, "", IsComplete: false), [], []);
            }
        }

        Assert.All(feeds, feed => Assert.Equal(5, rig.Store.Ledger.Entries(feed.Id, Today.PlusDays(-4), Today).Count));
    }

    [Fact]
    public void No_feed_is_no_work() => Assert.Equal((0, null), (Of(3).Due.Count, Of(3).NextDue));

    private WorkList Of(int lookbackDays, params IReadOnlyList<Feed> feeds) =>
        WorkList.Of(_rig.Store.Ledger, feeds, lookbackDays, Duration.FromMinutes(1), Now);

    private static IEnumerable<LocalDate> Dates(WorkList list) => list.Due.Select(i => i.Day.Date);

    private static Feed<LmpRow> Feed(Schedule schedule) => LineFeed.Make("test/real-time", IsoMarket.RealTime, schedule);

    private void Record(Feed feed, LocalDate day, Outcome outcome, bool isComplete, Instant at) =>
        _rig.Store.RecordOutcome(feed, feed.Day(day), at, new DayOutcome(outcome, "", isComplete), [], []);
}
