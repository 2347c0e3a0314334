using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Sandbox;

/// <summary>Publisher, wire, request builder and parser agree: what comes out is exactly what is so.</summary>
public sealed class RoundTripTests
{
    private static readonly SandboxNetwork Network = new(new World(7));

    /// <summary>Ordinary days of summer and winter, and the days of 23 and 25 hours.</summary>
    private static readonly LocalDate[] Days =
    [
        new(2025, 3, 9), new(2025, 7, 15), new(2025, 11, 2), new(2026, 1, 20), new(2026, 3, 8), new(2026, 11, 1),
    ];

    /// <summary>Dashboards show today and yesterday alone.</summary>
    private static readonly string[] DashboardFeeds =
    [
        "ercot/fuel-mix", "ercot/system-load", "ercot/storage", "miso/fuel-mix", "miso/real-time-lmp", "aeso/wind-forecast",
        "aeso/solar-forecast", "aeso/wind-outlook", "aeso/solar-outlook",
    ];

    public static TheoryData<string> Feeds => [.. Network.Truth.Feeds.Select(f => f.Text)];

    [Fact]
    public void Every_feed_of_the_four_publishers_has_a_known_truth()
    {
        var publishers = Network.Publishers.Select(p => p.Name).ToHashSet();
        Assert.Equal(
            FeedCatalog.All.Where(f => publishers.Contains(f.Id.Publisher)).Select(f => f.Id.Text).Order(StringComparer.Ordinal),
            Network.Truth.Feeds.Select(f => f.Text).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task A_whole_day_comes_back_exactly_from_the_freshest_to_the_corrected_state(string id)
    {
        var feed = FeedCatalog.Find(new FeedId(id));
        foreach (var date in Days)
        {
            var day = feed.Day(date);
            var complete = feed.Schedule.KeptDays == 1
                ? day.Start + feed.Schedule.CompleteAt
                : Instant.Max(day.End + Duration.FromHours(4), day.Start + feed.Schedule.CompleteAt + Duration.FromHours(1));
            await feed.Accept(new Check(day, complete));
            await feed.Accept(new Check(day, complete + Duration.FromHours(48)));
        }
    }

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task A_running_day_comes_back_as_far_as_it_is_known(string id)
    {
        var feed = FeedCatalog.Find(new FeedId(id));
        foreach (var minutes in (int[])[1, 61, 601, 607, 1201, 1436])
        {
            var day = feed.Day(new LocalDate(2026, 11, 1));
            await feed.Accept(new Check(day, day.Start + Duration.FromMinutes(minutes), isWhole: false));
        }
    }

    [Fact]
    public async Task A_day_of_more_rows_than_a_page_holds_comes_back_through_its_pages()
    {
        var network = new SandboxNetwork(new World(3, new WorldOptions(ErcotResourceNodes: 520)));
        var feed = (Feed<LmpRow>)FeedCatalog.Find(new FeedId("ercot/real-time-spp"));
        var day = feed.Day(new LocalDate(2025, 11, 2));
        var now = day.End + Duration.FromDays(1);
        using var client = new SandboxClient(network, now);
        var (rows, results) = await client.FetchAsync(feed, day);
        Assert.Equal(2, results.Count);
        Assert.InRange(rows.Count, 50_001, 100_000);
        Assert.Equal(network.Truth.Rows<LmpRow>(feed.Id, day, now).ToHashSet(), [.. rows]);
    }

    [Theory]
    [MemberData(nameof(Feeds))]
    public void Corrections_come_while_the_feed_still_looks_for_them(string id)
    {
        var feed = FeedCatalog.Find(new FeedId(id));
        for (var date = new LocalDate(2025, 10, 20); date < new LocalDate(2025, 12, 10); date = date.PlusDays(1))
        {
            var day = feed.Day(date);
            var until = day.Start + feed.Schedule.CompleteAt + feed.Schedule.CorrectionsFor;
            Assert.All(Network.Truth.Revisions(feed.Id, day), r =>
                Assert.True(r.At > day.End && r.At < until, $"{id} {date} {r} is not before {until}"));
        }
    }

    private sealed class Check(OperatingDay day, Instant now, bool isWhole = true) : IFeedVisitor<Task>
    {
        public async Task Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            if (feed.Schedule.KeptDays == 1 && now > day.End + Duration.FromHours(1))
            {
                Assert.Empty(feed.Locate(day, now));
                return;
            }

            using var client = new SandboxClient(Network, now);
            var (rows, results) = await client.FetchAsync(feed, day);
            if (DashboardFeeds.Contains(feed.Id.Text) && OperatingDay.Of(now, day.Zone) > day.Next)
            {
                Assert.Equal(Outcome.Unavailable, Assert.Single(results).Outcome);
                return;
            }

            var truth = Network.Truth.Rows<TRow>(feed.Id, day, now).ToList();
            if (feed.Locate(day, now).Count == 0)
            {
                Assert.Empty(truth);
                return;
            }

            if (truth.Count == 0)
            {
                Assert.True(feed.MayBeEmpty || !isWhole, $"{feed.Id} {day} is empty");
                Assert.Empty(rows);
                Assert.All(results, r => Assert.True(r.Outcome is Outcome.ProvenEmpty or Outcome.NotYetPublished, $"{feed.Id} {r}"));
                return;
            }

            Assert.True(results.All(r => r.Outcome == Outcome.Data || (!isWhole && r.Outcome == Outcome.ProvenEmpty)),
                $"{feed.Id} {day} at {now}: {string.Join("; ", results)}");
            var comparer = EqualityComparer<TRow>.Default;
            var missing = truth.Except(rows, comparer).Take(3).ToList();
            var extra = rows.Except(truth, comparer).Take(3).ToList();
            Assert.True(
                missing.Count == 0 && extra.Count == 0 && rows.Count == truth.Count,
                $"{feed.Id} {day} at {now}: {rows.Count} rows, {truth.Count} expected; "
                    + $"missing {string.Join(" | ", missing)}; extra {string.Join(" | ", extra)}");
        }
    }
}
