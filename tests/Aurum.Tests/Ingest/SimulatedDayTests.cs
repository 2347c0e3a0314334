using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Ingest;

/// <summary>A day with more work than is allowed, by a clock that moves from alarm to alarm: what goes out keeps every declared limit
/// in every window, and uses at least 95 % of the allowance that binds.</summary>
public sealed class SimulatedDayTests
{
    private const double LeastUse = 0.95;

    private static readonly Instant Start = Instant.FromUtc(2025, 6, 10, 0, 0);
    private static readonly Duration Day = Duration.FromDays(1);
    private static readonly FeedId Prices = new("site/prices");
    private static readonly FeedId Load = new("site/load");
    private static readonly FeedId Mix = new("site/mix");

    public static TheoryData<string, SiteLimits, double> Sites => new()
    {
        { "a pace by the minute", new SiteLimits(RequestsPerMinute: 2, Burst: 2, Concurrency: 2), 24 * 60 * 2 },
        { "a burst and an hour", new SiteLimits(RequestsPerMinute: 30, Burst: 10, Concurrency: 3, RequestsPerHour: 100), 24 * 100 },
        { "a daily quota", new SiteLimits(RequestsPerMinute: 60, Burst: 5, Concurrency: 2, RequestsPerDay: 1000), 1000 },
    };

    public static TheoryData<string> PublishersSites => [.. FeedCatalog.Sites.Select(static site => site.Name)];

    [Theory]
    [MemberData(nameof(Sites))]
    public void A_day_of_too_much_work_keeps_the_limits_of_a_site_and_uses_them(string what, SiteLimits limits, double allowance)
    {
        using var day = new WorkedDay(Start, limits);
        day.Work(Prices, isLive: true, workers: 2);
        day.Work(Load, isLive: false, workers: 2);

        day.RunTo(Start + Day);

        HoldsEveryWindow(day.Asked, limits);
        Assert.True(day.Asked.Count >= LeastUse * allowance, $"{what}: {day.Asked.Count} of {allowance}");
    }

    [Theory]
    [MemberData(nameof(PublishersSites))]
    public void The_declared_limits_of_every_publisher_hold_and_are_used(string site) => WorkThrough(site, hours: 3);

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(PublishersSites))]
    public void The_declared_limits_of_every_publisher_hold_and_are_used_all_day(string site) => WorkThrough(site, hours: 24);

    [Theory]
    [InlineData(50_000, 0)]
    [InlineData(0, 2_000_000)]
    public void Rows_and_bytes_stay_within_the_hour_and_use_it(long rowsPerHour, long bytesPerHour)
    {
        using var day = new WorkedDay(Start, new SiteLimits(
            RequestsPerMinute: 60, Burst: 5, Concurrency: 2, RowsPerHour: rowsPerHour, BytesPerHour: bytesPerHour))
        {
            RowsOfAnswer = 500,
            BytesOfAnswer = 20_000,
        };
        day.Work(Prices, isLive: true, workers: 2);
        day.Work(Load, isLive: false, workers: 1);

        day.RunTo(Start + Day);

        var each = rowsPerHour > 0 ? 500 : 20_000;
        var limit = rowsPerHour > 0 ? rowsPerHour : bytesPerHour;
        Assert.True(MostInAny(day.Asked, Duration.FromHours(1)) * each <= limit);
        Assert.True(day.Asked.Count * each >= LeastUse * 24 * limit, $"{day.Asked.Count * each} of {24 * limit}");
        Assert.Equal(0, day.Gate.Standing()[0].Overdrawn);
    }

    [Fact]
    public void A_dataset_keeps_its_own_limits_while_others_use_the_rest_of_the_site()
    {
        using var day = new WorkedDay(Start, new SiteLimits(RequestsPerMinute: 10, Burst: 3, Concurrency: 2),
            new Dictionary<string, FeedLimitOptions>
        {
            [Prices.Text] = new() { RequestsPerHour = 60, Concurrency = 1 },
            [Load.Text] = new() { RequestsPerDay = 400 },
        });
        day.Work(Prices, isLive: true, workers: 2);
        day.Work(Load, isLive: false, workers: 2);
        day.Work(Mix, isLive: false, workers: 2);

        day.RunTo(Start + Day);

        Assert.True(MostInAny(Of(day, Prices), Duration.FromHours(1)) <= 60);
        Assert.InRange(Of(day, Prices).Count, LeastUse * 24 * 60, 24 * 60);
        Assert.InRange(Of(day, Load).Count, LeastUse * 400, 400);
        Assert.True(MostInAny(day.Asked, Duration.FromMinutes(1)) <= 10);
        Assert.True(day.Asked.Count >= LeastUse * 24 * 600, $"{day.Asked.Count} of {24 * 600}");
    }

    [Fact]
    public void Live_and_backfill_share_by_weight_and_neither_starves()
    {
        using var day = new WorkedDay(Start, new SiteLimits(RequestsPerMinute: 6, Burst: 1, Concurrency: 1));
        day.Work(Prices, isLive: true, workers: 3);
        day.Work(Load, isLive: false, workers: 3);

        day.RunTo(Start + Duration.FromHours(6));

        var live = Of(day, Prices).Count / (double)day.Asked.Count;
        Assert.InRange(live, 0.77, 0.83);
        var longest = Of(day, Load).Zip(Of(day, Load).Skip(1), static (a, b) => b - a).Max();
        Assert.True(longest <= Duration.FromSeconds(60), $"backfill waited {longest}");
    }

    [Fact]
    public void Datasets_take_turns_by_their_priority()
    {
        using var day = new WorkedDay(Start, new SiteLimits(RequestsPerMinute: 60, Burst: 1, Concurrency: 1),
            new Dictionary<string, FeedLimitOptions>
        {
            [Prices.Text] = new() { Priority = 1 },
            [Load.Text] = new() { Priority = 6 },
        });
        day.Work(Prices, isLive: false, workers: 3);
        day.Work(Load, isLive: false, workers: 3);

        day.RunTo(Start + Duration.FromHours(1));

        Assert.InRange(Of(day, Prices).Count / (double)Of(day, Load).Count, 1.9, 2.1);
    }

    [Fact]
    public void A_daily_quota_holds_over_restarts_also_when_the_process_was_killed()
    {
        using var folder = new TestFolder();
        var asked = new List<(Instant At, FeedId Feed)>();
        var limits = new SiteLimits(RequestsPerMinute: 60, Burst: 5, Concurrency: 2, RequestsPerDay: 200);
        for (var life = 0; life < 6; life++)
        {
            var from = Start + (Duration.FromHours(5) * life);
            using var day = new WorkedDay(from, limits, folder: folder.Path);
            day.Work(Prices, isLive: false, workers: 2);
            day.RunTo(from + Duration.FromMinutes(45) + (Duration.FromMinutes(30) * (life % 3)));
            asked.AddRange(day.Asked);
        }

        Assert.True(MostInAny(asked, Day) <= 200);
        Assert.True(asked.Count >= LeastUse * 200, $"{asked.Count} of 200");
    }

    [Fact]
    public async Task Files_from_before_the_journal_count_too()
    {
        var time = new HandClock(Start);
        var site = new Site("site", new Uri("http://site.test"), new SiteLimits(RequestsPerMinute: 600, Burst: 50, RequestsPerDay: 10));
        var sites = new SiteDirectory([site], new Dictionary<string, SiteOptions>(), time);
        sites.Recall([], [new RecentFiles("site", Prices, Start - Duration.FromHours(3), 8, 100, 1000)], Start);

        (await sites["site"].Enter(Prices, isLive: true, CancellationToken.None)).Dispose();
        (await sites["site"].Enter(Prices, isLive: true, CancellationToken.None)).Dispose();
        var refused = await Assert.ThrowsAsync<QuotaSpentException>(
            () => sites["site"].Enter(Prices, isLive: true, CancellationToken.None));

        Assert.Contains("leaves no request before 2025-06-10 21:0", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, sites["site"].Standing()[0].Refused);
        Assert.Equal(10, sites["site"].Standing()[0].Uses.Single(u => u.Name == "requests_per_day").Used);
    }

    /// <summary>Live collection and backfill have more to ask than a site of the catalog allows.</summary>
    private static void WorkThrough(string name, int hours)
    {
        var limits = FeedCatalog.Site(name).Limits;
        using var day = new WorkedDay(Start, limits);
        day.Work(Prices, isLive: true, workers: limits.Concurrency);
        day.Work(Load, isLive: false, workers: limits.Concurrency);

        day.RunTo(Start + Duration.FromHours(hours));

        HoldsEveryWindow(day.Asked, limits);
        Assert.Equal(0, day.Gate.Standing()[0].Overdrawn);
        double[] allowances =
        [
            limits.Concurrency / WorkedDay.TimeOfAnswer.TotalHours * hours,
            limits.RequestsPerMinute * 60 * hours,
            limits.RequestsPerHour > 0 ? limits.RequestsPerHour * hours : double.MaxValue,
            limits.RequestsPerDay > 0 ? limits.RequestsPerDay : double.MaxValue,
            limits.RowsPerHour > 0 ? limits.RowsPerHour / day.RowsOfAnswer * hours : double.MaxValue,
            limits.BytesPerHour > 0 ? limits.BytesPerHour / day.BytesOfAnswer * hours : double.MaxValue,
        ];
        Assert.True(day.Asked.Count >= LeastUse * allowances.Min(), $"{name}: {day.Asked.Count} of {allowances.Min()}");
    }

    private static List<Instant> Of(WorkedDay day, FeedId feed) => [.. day.Asked.Where(a => a.Feed == feed).Select(a => a.At)];

    private static void HoldsEveryWindow(List<(Instant At, FeedId Feed)> asked, SiteLimits limits)
    {
        Assert.True(MostInAny(asked, Duration.FromMinutes(1)) <= limits.RequestsPerMinute);
        Assert.True(limits.RequestsPerHour == 0 || MostInAny(asked, Duration.FromHours(1)) <= limits.RequestsPerHour);
        Assert.True(limits.RequestsPerDay == 0 || MostInAny(asked, Day) <= limits.RequestsPerDay);
    }

    private static int MostInAny(List<(Instant At, FeedId Feed)> asked, Duration window) => MostInAny([.. asked.Select(a => a.At)], window);

    /// <summary>The most requests in any window of the length, ends included as they fall.</summary>
    private static int MostInAny(List<Instant> asked, Duration window)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < asked.Count; last++)
        {
            while (asked[last] - asked[first] >= window)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
