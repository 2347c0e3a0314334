using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.Market.Feeds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Running;

public sealed class RetentionTests
{
    /// <summary>Shown for two days.</summary>
    private static readonly Feed Mix = FeedCatalog.Find(new FeedId("ercot/fuel-mix"));

    private static readonly Feed Load = FeedCatalog.Find(new FeedId("ercot/system-load"));

    /// <summary>19:00 on the 19th in Texas.</summary>
    private static readonly Instant Now = Instant.FromUtc(2025, 12, 20, 1, 0);

    [Fact]
    public void A_day_of_a_feed_that_is_kept_for_two_days_goes_at_the_midnight_after_the_next_one()
    {
        Assert.Equal(Instant.FromUtc(2025, 12, 20, 6, 0), Retention.DropsAt(Mix, Mix.Day(new LocalDate(2025, 12, 18))));
        Assert.Null(Retention.DropsAt(
            FeedCatalog.Find(new FeedId("ercot/day-ahead-spp")), Mix.Day(new LocalDate(2025, 12, 18))));
    }

    [Fact]
    public void Days_that_are_gone_are_told_with_what_to_do()
    {
        var warnings = Warnings(requestsPerMinute: 60, Items(Mix, 15, 16, 17, 18, 19), Items(Load, 17));

        Assert.Equal(
            [
                "ercot/fuel-mix: 3 days (2025-12-15 to 2025-12-17) are no longer shown: the publisher keeps 2 days; "
                    + "'aurum ingest' takes files from elsewhere",
                "ercot/system-load: 1 day (2025-12-17) is no longer shown: the publisher keeps 2 days; "
                    + "'aurum ingest' takes files from elsewhere",
            ],
            warnings);
    }

    /// <summary>The burst goes out at once, then a request takes an hour and a half; in five hours the 18th is gone.</summary>
    [Fact]
    public void Days_that_go_before_their_turn_comes_at_the_quota_are_told()
    {
        var burst = FeedCatalog.Site("ercot-web").Limits.Burst;
        var before = Enumerable.Repeat(new WorkItem(Mix, Mix.Day(new LocalDate(2025, 12, 19))), burst).ToList();

        Assert.Empty(Warnings(1 / 90.0, before, Items(Load, 18)));
        Assert.Equal(
            ["ercot/system-load: 1 day (2025-12-18) is dropped by the publisher sooner than the limits of its sites let the job ask"],
            Warnings(1 / 90.0, before, [.. before.Take(3)], Items(Load, 18)));
        Assert.Empty(Warnings(1 / 60.0, before, [.. before.Take(3)], Items(Load, 18)));
        Assert.Empty(Warnings(1 / 90.0, before, Items(Load, 18), [.. before.Take(3)]));
    }

    [Fact]
    public void Nothing_is_said_of_days_that_stay() => Assert.Empty(
        Warnings(0.001, Items(FeedCatalog.Find(new FeedId("ercot/day-ahead-spp")), 1, 2, 3, 4, 5, 6, 7, 8)));

    private static IReadOnlyList<WorkItem> Items(Feed feed, params int[] days) =>
        [.. days.Select(d => new WorkItem(feed, feed.Day(new LocalDate(2025, 12, d))))];

    private static IReadOnlyList<string> Warnings(double requestsPerMinute, params IReadOnlyList<WorkItem>[] items)
    {
        using var sandbox = new SandboxPlatform(Now, ["ercot/fuel-mix"]);
        var slow = new SiteOptions { RequestsPerMinute = requestsPerMinute };
        var sites = new SiteDirectory(
            FeedCatalog.Sites, new Dictionary<string, SiteOptions> { ["ercot-web"] = slow, ["ercot-api"] = slow }, sandbox.Time);
        return Retention.Warnings([.. items.SelectMany(i => i)], new SitePace(sites, sandbox.Platform.Store), Now);
    }
}
