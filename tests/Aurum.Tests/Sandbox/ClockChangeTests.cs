using Aurum.Market.Feeds;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Sandbox;

/// <summary>How long the days of the clock changes of 2026 are at each publisher, from its wire to its rows: 23 and 25 hours where the
/// market's clock changes, 24 where it stands on Eastern Standard Time or UTC.</summary>
public sealed class ClockChangeTests
{
    private static readonly SandboxNetwork Network = new(new World(7));

    private static readonly LocalDate Spring = new(2026, 3, 8);
    private static readonly LocalDate Autumn = new(2026, 11, 1);

    [Theory]
    [InlineData("caiso/day-ahead-lmp")]
    [InlineData("nyiso/day-ahead-lmp-zone")]
    [InlineData("ercot/day-ahead-spp")]
    [InlineData("pjm/day-ahead-lmp")]
    [InlineData("spp/day-ahead-lmp")]
    [InlineData("isone/day-ahead-lmp")]
    public async Task A_market_whose_clock_changes_has_23_hours_in_spring_and_25_in_autumn(string feed)
    {
        await HasHours(feed, Spring, 23);
        await HasHours(feed, Autumn, 25);
    }

    [Theory]
    [InlineData("miso/day-ahead-lmp")]
    [InlineData("ieso/day-ahead-lmp")]
    [InlineData("eia/region-data")]
    public async Task A_market_on_a_standing_clock_has_24_hours_on_both_days(string feed)
    {
        await HasHours(feed, Spring, 24);
        await HasHours(feed, Autumn, 24);
    }

    /// <summary>Alberta's clock stays on summer time from 2026 on, as the time zone database has it.</summary>
    [Fact]
    public async Task Alberta_has_23_and_25_hours_in_2025_and_none_to_give_back_in_November_2026()
    {
        await HasHours("aeso/pool-price", new LocalDate(2025, 3, 9), 23);
        await HasHours("aeso/pool-price", new LocalDate(2025, 11, 2), 25);
        await HasHours("aeso/pool-price", Spring, 23);
        await HasHours("aeso/pool-price", Autumn, 24);
    }

    private static async Task HasHours(string id, LocalDate date, int hours)
    {
        var feed = FeedCatalog.Find(new FeedId(id));
        var day = feed.Day(date);
        Assert.Equal(hours, day.Hours);
        var starts = await feed.Accept(new Starts(date));
        Assert.Equal(Enumerable.Range(0, hours).Select(n => day.Start + Duration.FromHours(n)), starts);
    }

    /// <summary>The distinct starts of a day's hours, in order.</summary>
    private sealed class Starts(LocalDate date) : IFeedVisitor<Task<IReadOnlyList<Instant>>>
    {
        public async Task<IReadOnlyList<Instant>> Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            var day = feed.Day(date);
            using var client = new SandboxClient(Network, day.End + Duration.FromDays(3));
            var (rows, _) = await client.FetchAsync(feed, day);
            var start = ((InstantColumn<TRow>)feed.Table["interval_start_utc"]).Of;
            return [.. rows.Select(row => Instant.FromUnixTimeSeconds(start(row))).Distinct().Order()];
        }
    }
}
