using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Quality.Gates;
using NodaTime;

namespace Aurum.Tests.Quality.Checks;

public sealed class IntervalTests
{
    private const string Count = "- { type: expect_exact_interval_count_of_operating_day }";
    private const string Tile = "- { type: expect_intervals_to_tile }";
    private const string InDay = "- { type: expect_interval_in_operating_day, severity: row }";

    [Theory]
    [InlineData(3, 9, 60, 23)]
    [InlineData(7, 1, 60, 24)]
    [InlineData(11, 2, 60, 25)]
    [InlineData(3, 9, 5, 276)]
    [InlineData(11, 2, 5, 300)]
    [InlineData(11, 2, 15, 100)]
    public void A_day_has_as_many_intervals_as_its_clock_ran(int month, int day, int minutes, int intervals)
    {
        var operatingDay = Trial.Day(2025, month, day);
        var rows = Trial.WholeDay(operatingDay, minutes, "A", "B");
        Assert.Equal(intervals * 2, rows.Count);
        var feed = Trial.LmpFeed(minutes: minutes);
        Assert.Equal((2, 0), Counts(Trial.Of(Count, rows, new GateContext(operatingDay), feed)));
        var cut = Trial.Of(Count, rows[..^1], new GateContext(operatingDay), feed);
        Assert.Equal((2, 1), Counts(cut));
        Assert.Equal(GateOutcome.BatchFailed, cut.Report.Overall);
        Assert.Contains($"B NODE: {intervals - 1} of {intervals} intervals", cut.Report.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Twice_the_same_interval_does_not_make_up_for_a_missing_one()
    {
        var day = Trial.Day(2025, 7, 1);
        var rows = Trial.WholeDay(day, 60, "A");
        rows[5] = rows[4];
        var trial = Trial.Of(Count, rows, new GateContext(day));
        Assert.Equal(["A NODE: 23 of 24 intervals, the first missing starts 2025-07-01T12:00:00Z"], trial.Result.Examples);
    }

    [Fact]
    public void Without_a_day_every_day_that_occurs_is_counted()
    {
        var rows = Trial.WholeDay(Trial.Day(2025, 11, 1), 60, "A").Concat(Trial.WholeDay(Trial.Day(2025, 11, 2), 60, "A").Skip(1))
            .ToList();
        Assert.Equal((2, 1), Counts(Trial.Of(Count, rows)));
    }

    [Fact]
    public void A_day_of_which_nothing_came_is_short()
    {
        var trial = Trial.Of(Count, [], new GateContext(Trial.Day(2025, 7, 1)));
        Assert.Equal(["there is no interval of 2025-07-01"], trial.Result.Examples);
        Assert.Equal(GateOutcome.BatchFailed, trial.Report.Overall);
        Assert.True(Trial.Of(Count, [], new GateContext(Trial.Day(2025, 7, 1)), Trial.LmpFeed(mayBeEmpty: true)).Result.Success);
    }

    [Fact]
    public void What_cannot_be_counted_says_why()
    {
        var day = Trial.Day(2025, 7, 1);
        AssertNotApplicable(
            "the day is not complete yet", Trial.Of(Count, [Trial.Price(1)], new GateContext(day, DayIsComplete: false)));
        AssertNotApplicable("the feed has no fixed interval",
            Trial.Of(Count, [Trial.Price(1)], new GateContext(day), Trial.LmpFeed(minutes: null)));
        AssertNotApplicable(
            "rows of this feed reach beyond the day, and no day was asked for",
            Trial.Of(Count, [Trial.Price(1)], feed: Trial.LmpFeed(rowsLieInDay: false)));
        AssertNotApplicable("no operating day was asked for", Trial.Of(InDay, [Trial.Price(1)]));
        AssertNotApplicable(
            "rows of this feed reach beyond the day",
            Trial.Of(InDay, [Trial.Price(1)], new GateContext(day), Trial.LmpFeed(rowsLieInDay: false)));
    }

    [Fact]
    public void Of_a_forecast_that_reaches_further_the_day_asked_for_is_counted()
    {
        var day = Trial.Day(2025, 11, 2);
        var rows = Trial.WholeDay(day, 60, "A").Concat(Trial.WholeDay(day.Next, 60, "A").Take(3)).ToList();
        Assert.Equal((1, 0), Counts(Trial.Of(Count, rows, new GateContext(day), Trial.LmpFeed(rowsLieInDay: false))));
    }

    [Fact]
    public void Of_a_forecast_whose_files_hold_whole_days_each_of_them_is_counted()
    {
        var day = Trial.Day(2025, 11, 1);
        var feed = Trial.LmpFeed(rowsLieInDay: false, wholeDays: 3);
        var rows = Trial.WholeDay(day, 60, "A").Concat(Trial.WholeDay(day.Next, 60, "A"))
            .Concat(Trial.WholeDay(day.Next.Next, 60, "A")).ToList();
        Assert.Equal((3, 0), Counts(Trial.Of(Count, rows, new GateContext(day), feed)));
        Assert.Equal(
            ["A NODE: 23 of 24 intervals, the first missing starts 2025-11-04T07:00:00Z"],
            Trial.Of(Count, rows[..^1], new GateContext(day), feed).Result.Examples);
        Assert.Equal(
            ["there is no interval of 2025-11-03"], Trial.Of(Count, rows[..^24], new GateContext(day), feed).Result.Examples);
    }

    [Fact]
    public void A_gap_between_intervals_is_found()
    {
        var rows = Trial.WholeDay(Trial.Day(2025, 11, 2), 60, "A", "B");
        Assert.Equal((2, 0), Counts(Trial.Of(Tile, rows)));
        rows.RemoveAt(10);
        Assert.Equal(["A NODE: gap at 2025-11-02T12:00:00Z"], Trial.Of(Tile, rows).Result.Examples);
    }

    [Fact]
    public void A_day_that_begins_late_or_ends_early_still_tiles() =>
        Assert.Equal((1, 0), Counts(Trial.Of(Tile, Trial.WholeDay(Trial.Day(2025, 11, 2), 60, "A").GetRange(5, 9))));

    [Fact]
    public void An_interval_of_another_length_or_beside_the_raster_does_not_tile()
    {
        var start = Trial.Day(2025, 7, 1).Start;
        var feed = Trial.LmpFeed(minutes: 5);
        var trial =
            Trial.Of(Tile,
            [Trial.Row("A", start, 5, 1), Trial.Row("B", start, 15, 1), Trial.Row("C", start + Duration.FromSeconds(7), 5, 1)],
            feed: feed);
        Assert.Equal(
            [
                "B NODE: 2025-07-01T07:00:00Z/2025-07-01T07:15:00Z is not one of the 5-minute intervals of its day",
                "C NODE: 2025-07-01T07:00:07Z/2025-07-01T07:05:07Z is not one of the 5-minute intervals of its day",
            ],
            trial.Result.Examples);
    }

    [Fact]
    public void Of_a_feed_with_several_lengths_each_is_judged_by_itself()
    {
        var day = Trial.Day(2025, 7, 1);
        var feed = Trial.LmpFeed(minutes: 15, hasOtherIntervals: true);
        var rows = Trial.WholeDay(day, 15, "A").Concat(Trial.WholeDay(day, 5, "A")).ToList();
        Assert.Equal((1, 0), Counts(Trial.Of(Tile, rows, feed: feed)));

        rows.RemoveAt(96 + 7);
        Assert.Equal(
            ["A NODE: gap between 2025-07-01T07:30:00Z/2025-07-01T07:35:00Z and 2025-07-01T07:40:00Z/2025-07-01T07:45:00Z"],
            Trial.Of(Tile, rows, feed: feed).Result.Examples);

        rows.RemoveAt(2);
        Assert.Equal(["A NODE: gap at 2025-07-01T07:30:00Z"], Trial.Of(Tile, rows, feed: feed).Result.Examples);
        var beside = Trial.Of(Tile, [Trial.Row("A", day.Start + Duration.FromMinutes(2), 5, 1)], feed: feed).Result.Examples;
        Assert.EndsWith("is not one of the 15-minute intervals of its day", Assert.Single(beside), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 5, null)]
    [InlineData(12, 5, "gap")]
    [InlineData(9, 5, "overlap")]
    public void Intervals_without_a_fixed_length_follow_each_other(int secondStart, int minutes, string? fault)
    {
        var start = Trial.Day(2025, 7, 1).Start;
        LmpRow[] rows = [Trial.Row("A", start, 10, 1), Trial.Row("A", start + Duration.FromMinutes(secondStart), minutes, 1)];
        var trial = Trial.Of(Tile, rows, feed: Trial.LmpFeed(minutes: null));
        Assert.Equal(fault is null, trial.Result.Success);
        Assert.All(
            trial.Result.Examples, example => Assert.StartsWith($"A NODE: {fault} between", example, StringComparison.Ordinal));
    }

    [Fact]
    public void Readings_at_instants_have_no_length_to_tile()
    {
        var start = Trial.Day(2025, 7, 1).Start;
        LmpRow[] rows = [Trial.Row("A", start, 0, 1), Trial.Row("A", start + Duration.FromSeconds(437), 0, 1)];
        Assert.Equal((0, 0), Counts(Trial.Of(Tile, rows, feed: Trial.LmpFeed(minutes: null))));
    }

    [Fact]
    public void Rows_of_the_neighbouring_days_are_quarantined()
    {
        var day = Trial.Day(2025, 11, 2);
        LmpRow[] rows =
        [
            Trial.Row("A", day.Start - Duration.FromHours(1), 60, 1), Trial.Row("A", day.Start, 60, 1),
            Trial.Row("A", day.End - Duration.FromHours(1), 60, 1), Trial.Row("A", day.End, 60, 1),
            Trial.Row("A", day.End - Duration.FromMinutes(30), 60, 1),
        ];
        var trial = Trial.Of(InDay, rows, new GateContext(day));
        Assert.Equal([0, 3, 4], trial.Failed);
        Assert.Equal(
            "interval 2025-11-02T06:00:00Z to 2025-11-02T07:00:00Z is outside operating day 2025-11-02", trial.Reasons[0]);
    }

    [Fact]
    public void A_condition_on_the_market_picks_the_expectation()
    {
        const string DayAheadOnly =
            "- { type: expect_exact_interval_count_of_operating_day, when: 'iso_market == \"DAY_AHEAD\"' }";
        var context = new GateContext(Trial.Day(2025, 11, 2));
        Assert.Equal(CheckStatus.Fail, Trial.Of(DayAheadOnly, [Trial.Price(1)], context).Result.Status);
        AssertNotApplicable(
            "iso_market == \"DAY_AHEAD\" is not so for trial/prices",
            Trial.Of(DayAheadOnly, [Trial.Price(1)], context, Trial.LmpFeed(IsoMarket.RealTime)));
    }

    private static (long Checked, long Failed) Counts(Trial trial) => (trial.Result.Checked, trial.Result.Failed);

    private static void AssertNotApplicable(string why, Trial trial)
    {
        Assert.Equal((CheckStatus.NotApplicable, why), (trial.Result.Status, trial.Result.Details));
        Assert.Equal(GateOutcome.Pass, trial.Report.Overall);
        Assert.Null(trial.Result.ObservedFraction);
    }
}
