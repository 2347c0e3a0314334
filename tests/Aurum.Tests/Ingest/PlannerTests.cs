using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Ingest;

public sealed class PlannerTests
{
    private static readonly Feed<LmpRow> Feed = LineFeed.RealTime;

    [Fact]
    public void A_day_that_was_never_tried_is_due_when_its_first_rows_come() =>
        Assert.Equal(Instant.FromUtc(2025, 6, 9, 19, 0), Planner.DueAt(Feed, Day(2025, 6, 10), null));

    [Theory]
    [InlineData(2025, 3, 9, 13)]
    [InlineData(2025, 11, 2, 13)]
    [InlineData(2025, 6, 10, 13)]
    public void A_day_is_complete_so_long_after_its_start_however_long_it_is(int year, int month, int date, int hour)
    {
        var day = Day(year, month, date);
        var completeAt = day.Start + Duration.FromHours(30);

        Assert.False(Planner.IsCompleteBy(Feed, day, completeAt - Duration.Epsilon));
        Assert.True(Planner.IsCompleteBy(Feed, day, completeAt));
        Assert.InRange(completeAt.InUtc().Hour, hour - 1, hour + 2);
    }

    [Fact]
    public void The_last_day_follows_the_markets_clock_over_clock_changes()
    {
        var feed = LineFeed.Make("test/at-midnight", IsoMarket.RealTime, LineFeed.Schedule with { FirstAt = Duration.Zero });

        Assert.Equal(new LocalDate(2025, 3, 9), Planner.LastDay(feed, Instant.FromUtc(2025, 3, 10, 6, 59)).Date);
        Assert.Equal(new LocalDate(2025, 3, 10), Planner.LastDay(feed, Instant.FromUtc(2025, 3, 10, 7, 0)).Date);
        Assert.Equal(new LocalDate(2025, 11, 2), Planner.LastDay(feed, Instant.FromUtc(2025, 11, 3, 7, 59)).Date);
        Assert.Equal(new LocalDate(2025, 11, 3), Planner.LastDay(feed, Instant.FromUtc(2025, 11, 3, 8, 0)).Date);
    }

    [Fact]
    public void A_running_day_is_refreshed_and_looked_at_again_at_the_moment_it_is_complete()
    {
        var day = Day(2025, 11, 2);
        var completeAt = day.Start + Duration.FromHours(30);
        var early = State(Outcome.Data, day.Start + Duration.FromHours(3));
        var late = State(Outcome.Data, completeAt - Duration.FromMinutes(20));

        Assert.Equal(early.LastTried + Duration.FromHours(1), Planner.DueAt(Feed, day, early));
        Assert.Equal(completeAt, Planner.DueAt(Feed, day, late));
    }

    [Fact]
    public void A_day_that_comes_in_one_piece_is_not_looked_at_before_it_is_complete()
    {
        var feed = LineFeed.Make("test/one-piece", IsoMarket.DayAhead, LineFeed.Schedule with { RefreshEvery = null });
        var day = Day(2025, 6, 10);

        Assert.Equal(day.Start + Duration.FromHours(30), Planner.DueAt(feed, day, State(Outcome.Data, day.Start)));
    }

    [Fact]
    public void A_day_with_lost_intervals_is_asked_for_a_few_times_a_day()
    {
        var day = Day(2025, 6, 10);
        var state = State(Outcome.Data, day.Start + Duration.FromHours(40));

        Assert.Equal(state.LastTried + Planner.HoleCheck, Planner.DueAt(Feed, day, state));
    }

    [Fact]
    public void What_is_only_late_is_asked_for_every_half_hour_at_least()
    {
        var day = Day(2025, 6, 10);
        var late = State(Outcome.NotYetPublished, day.Start + Duration.FromHours(2), attempts: 30);
        var neverComes = State(Outcome.NotYetPublished, day.Start + Duration.FromDays(9), attempts: 30);

        Assert.Equal(late.LastTried + Planner.LongestWaitWhileLate, Planner.DueAt(Feed, day, late));
        Assert.Equal(neverComes.LastTried + Planner.LongestRetry, Planner.DueAt(Feed, day, neverComes));
    }

    [Fact]
    public void Corrections_are_looked_for_until_their_time_is_over_with_a_last_look_at_its_end()
    {
        var day = Day(2025, 6, 10);
        var lastLook = day.Start + Duration.FromHours(30) + Duration.FromDays(4);
        var early = State(Outcome.Data, day.End, isComplete: true);

        Assert.Equal(early.LastTried + Duration.FromDays(1), Planner.DueAt(Feed, day, early));
        Assert.Equal(lastLook, Planner.DueAt(Feed, day, early with { LastTried = lastLook - Duration.FromHours(1) }));
        Assert.Null(Planner.DueAt(Feed, day, early with { LastTried = lastLook }));
    }

    [Fact]
    public void A_complete_day_whose_file_the_publisher_takes_away_is_left_alone_in_the_end()
    {
        var day = Day(2025, 6, 10);
        var lastLook = day.Start + Duration.FromHours(30) + Duration.FromDays(4);
        var gone = State(Outcome.NotYetPublished, lastLook, isComplete: true);

        Assert.NotNull(Planner.DueAt(Feed, day, gone));
        Assert.Null(Planner.DueAt(Feed, day, gone with { LastTried = lastLook + Planner.CorrectionGrace }));
    }

    [Fact]
    public void A_complete_day_past_its_corrections_is_never_due_and_an_open_one_always_is()
    {
        var dice = new Random(7);
        foreach (var feed in FeedCatalog.All)
        {
            for (var i = 0; i < 300; i++)
            {
                var day = feed.Day(new LocalDate(2024, 1, 1).PlusDays(dice.Next(1000)));
                var completeAt = day.Start + feed.Schedule.CompleteAt;
                var tried = day.Start + feed.Schedule.FirstAt + Duration.FromMinutes(dice.Next(60 * 24 * 40));
                var state = new DayState((Outcome)dice.Next(1, 7), dice.Next(2) == 0, dice.Next(1, 5000), dice.Next(2) == 0, tried);
                var due = Planner.DueAt(feed, day, state);
                var isOver = tried >= completeAt + feed.Schedule.CorrectionsFor + Planner.CorrectionGrace
                    || feed.Schedule.CorrectionChecks is null;

                if (state.IsComplete)
                {
                    Assert.True(!isOver || due is null, $"{feed.Id} {day}: {state} is due at {due}");
                }
                else
                {
                    Assert.NotNull(due);
                }

                Assert.True(due is null || due > tried, $"{feed.Id} {day}: {state} is due at once");
            }
        }
    }

    [Fact]
    public void Waits_after_failures_grow_and_are_bounded()
    {
        var day = Day(2025, 6, 10);
        var tried = day.Start + Duration.FromDays(20);
        var waits = Enumerable.Range(1, 100)
            .Select(n => Planner.DueAt(Feed, day, State(Outcome.Unavailable, tried, attempts: n))!.Value - tried).ToList();

        Assert.Equal(Planner.FirstRetry, waits[0]);
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(Planner.LongestRetry, waits[^1]);
    }

    [Fact]
    public void Following_the_rule_from_day_to_day_ends_with_every_day_complete_and_few_looks()
    {
        foreach (var feed in FeedCatalog.All)
        {
            var day = feed.Day(new LocalDate(2025, 11, 2));
            var now = Planner.DueAt(feed, day, null)!.Value;
            var looks = 0;
            for (Instant? due = now; due is { } at; looks++)
            {
                var outcome = at >= day.Start + feed.Schedule.FirstAt + Duration.FromHours(1) ? Outcome.Data : Outcome.NotYetPublished;
                var state = new DayState(outcome, Planner.IsCompleteBy(feed, day, at), looks + 1, outcome == Outcome.Data, at);
                due = Planner.DueAt(feed, day, state);
                Assert.True(looks < 2000, $"{feed.Id} is looked at more than 2,000 times");
                now = at;
            }

            Assert.True(Planner.IsCompleteBy(feed, day, now), $"{feed.Id}: the last look at {now} is before the day is complete");
        }
    }

    private static OperatingDay Day(int year, int month, int day) => Feed.Day(new LocalDate(year, month, day));

    private static DayState State(Outcome outcome, Instant tried, int attempts = 3, bool isComplete = false) =>
        new(outcome, isComplete, attempts, outcome == Outcome.Data, tried);
}
