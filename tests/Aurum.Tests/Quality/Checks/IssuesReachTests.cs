using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using Aurum.Sources;
using Aurum.Sources.Aeso;
using NodaTime;
using SppLoad = Aurum.Sources.Spp.LoadForecast;

namespace Aurum.Tests.Quality.Checks;

public sealed class IssuesReachTests
{
    private const int Hours = 168;
    private const int Issues = 24;

    private static readonly Suite Reach = Trial.Suite("- { type: expect_issues_to_reach, severity: warn }");
    private static readonly OperatingDay Day = SppLoad.Feed.Day(new LocalDate(2026, 7, 1));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 100)]
    [InlineData(7, 1)]
    [InlineData(23, 1)]
    [InlineData(23, 167)]
    public void An_issue_that_ends_earlier_than_the_others_of_the_day_shows(int cut, int hoursLost)
    {
        Assert.True(Judge(Rows(static _ => Hours)).Success);

        var result = Judge(Rows(issue => issue == cut ? Hours - hoursLost : Hours));

        Assert.Equal((Issues, 1), (result.Checked, result.Failed));
        Assert.StartsWith("SPP ", Assert.Single(result.Examples), StringComparison.Ordinal);
    }

    [Fact]
    public void Issues_that_all_end_with_the_same_day_are_whole_and_one_that_does_not_shows()
    {
        Assert.True(Judge(Rows(static issue => Hours + Issues - issue)).Success);
        Assert.Equal(1, Judge(Rows(static issue => Hours + Issues - issue - (issue == 5 ? 1 : 0))).Failed);
    }

    [Fact]
    public void Alone_an_issue_reaches_as_far_as_its_feed_declares()
    {
        var least = SppLoad.Feed.IssueReachHours!.Value;
        Assert.True(Judge([.. Issue(0, least)]).Success);
        Assert.Equal(1, Judge([.. Issue(0, least - 1)]).Failed);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Of_a_file_whose_series_end_apart_the_longest_must_reach(int hoursLost, int failed)
    {
        var feed = RenewableOutlook.Wind;
        var midnight = feed.Day(new LocalDate(2026, 7, 1)).Start;
        IEnumerable<SeriesPoint> Series(string name, int hours) => Enumerable.Range(0, hours).Select(hour => new SeriesPoint(
            new SeriesKey($"wind-outlook/{name}", "MW"), DeliveryInterval.StartingAt(midnight + Duration.FromHours(hour), 60), hour));

        var least = feed.IssueReachHours!.Value - hoursLost;
        SeriesPoint[] rows = [.. Series("min", least), .. Series("max", least), .. Series("actual", 10)];
        var suite = Suite.Load("timeseries_observation");
        var run = SuiteCompiler.Compile(suite, feed).Begin(new GateContext(feed.Day(new LocalDate(2026, 7, 1)), DayIsComplete: true));
        run.Check(rows, new RowVerdicts());
        var result = Assert.Single(run.Finish().Results, static r => r.Type == "expect_issues_to_reach");

        Assert.Equal((1, failed), (result.Checked, result.Failed));
        Assert.All(result.Examples, static e => Assert.StartsWith("all series: the issue of", e, StringComparison.Ordinal));
    }

    [Fact]
    public void A_running_day_and_a_feed_that_declares_nothing_are_not_judged()
    {
        Assert.Equal(CheckStatus.NotApplicable, Judge([.. Issue(0, 1)], isWhole: false).Status);
        var trial = Trial.Of("- { type: expect_issues_to_reach, severity: warn }", [Trial.Price(30)]);
        Assert.Equal(CheckStatus.NotApplicable, trial.Result.Status);
    }

    [Fact]
    public void Who_reads_forecasts_from_files_without_an_end_declares_how_far_they_reach() =>
        Assert.Equal(
            [
                "aeso/wind-forecast", "aeso/solar-forecast", "aeso/wind-outlook", "aeso/solar-outlook", "spp/load-forecast",
                "spp/renewable-forecast",
            ],
            FeedCatalog.All.Where(static f => f.IssueReachHours is not null).Select(static f => f.Id.Text)
                .OrderBy(static id => id.Split('/')[0], StringComparer.Ordinal));

    private static ExpectationResult Judge(IReadOnlyList<LoadRow> rows, bool isWhole = true) =>
        Trial.Of(SuiteCompiler.Compile(Reach, SppLoad.Feed), rows, new GateContext(Day, isWhole), batch: 100).Result;

    private static List<LoadRow> Rows(Func<int, int> hoursOf) =>
        [.. Enumerable.Range(0, Issues).SelectMany(issue => Issue(issue, hoursOf(issue)))];

    private static IEnumerable<LoadRow> Issue(int issue, int hours)
    {
        var made = Day.Start + Duration.FromHours(issue);
        var place = new Location("SPP", LocationType.System);
        return Enumerable.Range(0, hours).Select(hour => new LoadRow(
            place, DeliveryInterval.StartingAt(made + Duration.FromHours(hour), 60), 30_000 + hour, made.ToUnixTimeSeconds()));
    }
}
