using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Quality.Gates;
using NodaTime;

namespace Aurum.Tests.Quality.Checks;

public sealed class ReadingsCoverTests
{
    private const string Cover = "- { type: expect_readings_to_cover_operating_day, severity: warn }";

    [Theory]
    [InlineData(3, 9, 276)]
    [InlineData(7, 1, 288)]
    [InlineData(11, 2, 300)]
    public void A_day_of_readings_is_whole_and_one_reading_less_shows(int month, int day, int count)
    {
        var whole = Readings(Trial.Day(2025, month, day));
        Assert.Equal(count, whole.Count);
        Assert.True(Judge(whole, month, day).Result.Success);
        for (var missing = 0; missing < count; missing += 25)
        {
            var cut = whole.ToList();
            cut.RemoveAt(missing);
            Assert.Equal(1, Judge(cut, month, day).Result.Failed);
        }
    }

    [Fact]
    public void Readings_at_odd_times_fill_no_hole_and_make_none()
    {
        var day = Trial.Day(2025, 7, 1);
        var rows = Readings(day);
        var odd = Reading(day.Start + Duration.FromSeconds(454));
        Assert.True(Judge([.. rows, odd], 7, 1).Result.Success);
        rows.RemoveAt(1);
        var trial = Judge([.. rows, odd], 7, 1);
        Assert.Equal(["A NODE: no reading for more than 5 minutes after 2025-07-01T07:07:34Z"], trial.Result.Examples);
    }

    [Fact]
    public void A_day_that_is_cut_short_at_either_end_is_not_whole()
    {
        var rows = Readings(Trial.Day(2025, 7, 1));
        Assert.Equal(1, Judge(rows[..^1], 7, 1).Result.Failed);
        Assert.Equal(1, Judge(rows[1..], 7, 1).Result.Failed);
    }

    [Fact]
    public void Each_series_is_judged_on_its_own()
    {
        var day = Trial.Day(2025, 7, 1);
        var rows = Readings(day).Concat(Readings(day, "B").SkipLast(5)).ToList();
        var trial = Judge(rows, 7, 1);
        Assert.Equal((2, 1), (trial.Result.Checked, trial.Result.Failed));
        Assert.StartsWith(
            "B NODE: no reading for more than 5 minutes after", Assert.Single(trial.Result.Examples), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_judged_says_why()
    {
        var day = Trial.Day(2025, 7, 1);
        var feed = Trial.LmpFeed(minutes: null, readings: new ReadingPace(5, 5));
        Assert.Equal("the feed's readings have no usual distance",
            Trial.Of(Cover, [Trial.Price(1)], new GateContext(day)).Result.Details);
        Assert.Equal("the day is not complete yet",
            Trial.Of(Cover, [Trial.Price(1)], new GateContext(day, DayIsComplete: false), feed).Result.Details);
        Assert.Equal("no operating day was asked for", Trial.Of(Cover, [Trial.Price(1)], feed: feed).Result.Details);
    }

    [Fact]
    public void A_day_may_begin_with_a_reading_or_end_with_one()
    {
        var rows = Readings(Trial.Day(2025, 7, 1));
        Assert.Equal(1, Judge(rows, 7, 1, firstMinutes: 0).Result.Failed);
        Assert.True(Judge([Reading(Trial.Day(2025, 7, 1).Start), .. rows[..^1]], 7, 1, firstMinutes: 0).Result.Success);
    }

    private static Trial Judge(IReadOnlyList<LmpRow> rows, int month, int day, int firstMinutes = 5) => Trial.Of(
        Cover, rows, new GateContext(Trial.Day(2025, month, day)),
        Trial.LmpFeed(minutes: null, readings: new ReadingPace(5, firstMinutes)));

    private static List<LmpRow> Readings(OperatingDay day, string node = "A")
    {
        var rows = new List<LmpRow>();
        for (var at = day.Start + Duration.FromMinutes(5); at <= day.End; at += Duration.FromMinutes(5))
        {
            rows.Add(Reading(at, node));
        }

        return rows;
    }

    private static LmpRow Reading(Instant at, string node = "A") => Trial.Row(node, at, 0, 30);
}
