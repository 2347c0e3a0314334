using Aurum.App.Simulation;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sandbox.Hosting;
using Aurum.Tests.Commands;
using NodaTime;

namespace Aurum.Tests.Simulation;

/// <summary>A small full day: as many rows as are true, and a process that stays small. Time is never judged here; the figures at real
/// size are printed by <c>aurum bench full-day</c>.</summary>
public sealed class FullDayTests
{
    private const double Share = 0.01;
    private const double MostMiB = 900;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Every_feed_stores_exactly_the_rows_that_are_true()
    {
        using var folder = new TestFolder();
        var day = new FullDay(Share, folder["data"], TimeProvider.System);
        var plan = FullDayPlan.Of(day.Sandbox.Truth.Feeds).ToDictionary(i => i.Item.Feed.Id);
        var result = await day.Run(static _ => { }, CancellationToken.None);

        var wrong = day.Reports.Select(r => r.Feed.Accept(new Expected(day.Sandbox, plan[r.Feed.Id].At)) is var expected
                && day.Stored.GetValueOrDefault(r.Feed.Id) is var stored && stored != expected
            ? $"{r}: {stored} rows stored, {expected} are true"
            : "").Where(text => text.Length > 0);
        Assert.Empty(wrong);
        Assert.Equal(day.Sandbox.Truth.Feeds.Count(), result.Feeds);
        Assert.Equal(day.Stored.Values.Sum(), result.Rows);
        Assert.InRange(result.Prices, 200_000, 300_000);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_process_that_takes_it_in_stays_small()
    {
        var run = (await AurumProcess.Run("bench", "full-day", "--share", "0.02", "--json")).Ended(0);
        var figures = run.Json.EnumerateArray()
            .ToDictionary(f => f.GetProperty("name").GetString()!, f => f.GetProperty("figure").GetDouble());
        Assert.Equal(["full-day/memory", "full-day/prices", "full-day/wall"], figures.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(figures["full-day/memory"], 50, MostMiB);
        Assert.True(figures["full-day/prices"] > 0 && figures["full-day/wall"] > 0, run.Out);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    public async Task A_share_that_is_none_is_refused(string share)
    {
        var run = (await CommandRun.Of("bench", "full-day", "--share", share)).Ended(2);
        Assert.Contains($"expected --share above 0 and up to 1, found {share}", run.Error, StringComparison.Ordinal);
    }

    /// <summary>How many rows a feed has when it is asked. Where all nodes are asked for, truth has the usual ones: they are
    /// counted.</summary>
    private sealed class Expected(SandboxNetwork sandbox, Instant at) : IFeedVisitor<long>
    {
        public long Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            var options = sandbox.World.Options;
            var intervals = 24 * 60 / (feed.IntervalMinutes ?? 60);
            return feed.Id.Text switch
            {
                _ when feed is Feed<LmpRow> && feed.Id.Publisher == "caiso" =>
                    intervals * sandbox.World.CaisoPlaces.Count(p => p.IsActive(FullDayPlan.Date)),

                // Twelve zones and hubs; the sixth bus is closed.
                "pjm/real-time-lmp" => intervals * (12 + options.PjmNodes - 1),
                // A release that several series belong to comes with each of them.
                _ => sandbox.Truth.Rows<TRow>(feed.Id, feed.Day(FullDayPlan.Date), at).Distinct().LongCount(),
            };
        }
    }
}
