using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources.Eia;
using NodaTime;

namespace Aurum.Tests.Sandbox.Eia;

/// <summary>Routes by day, week and month come back exactly on the days that name their periods: the first of a quarter and of a month, a
/// Friday, a Monday, a Sunday.</summary>
public sealed class EiaSeriesRoundTripTests
{
    private static readonly SandboxNetwork Network = new(new World(7));

    public static TheoryData<string> Feeds => [.. EiaFeeds.All.Where(f => f.MayBeEmpty).Select(f => f.Id.Text)];

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task A_period_comes_back_exactly_once_it_is_published_and_not_before(string id)
    {
        var feed = (Feed<SeriesPoint>)EiaFeeds.All.First(f => f.Id.Text == id);
        var found = 0;
        foreach (var date in (LocalDate[])[new(2025, 10, 1), new(2025, 11, 1), new(2025, 11, 2), new(2025, 11, 3), new(2025, 11, 7)])
        {
            var day = feed.Day(date);
            foreach (var now in (Instant[])[day.Start, day.Start + feed.Schedule.FirstAt, day.Start + feed.Schedule.CompleteAt])
            {
                using var client = new SandboxClient(Network, now);
                var (rows, results) = await client.FetchAsync(feed, day);
                Assert.All(results, r => Assert.True(r.Outcome is not Outcome.Unavailable, $"{id} {day}: {r}"));
                var truth = Network.Truth.Rows<SeriesPoint>(feed.Id, day, now).ToList();
                Assert.Equal(truth.Select(Text).Order(StringComparer.Ordinal), rows.Select(Text).Order(StringComparer.Ordinal));
                found += now > day.Start + feed.Schedule.FirstAt ? rows.Count : 0;
            }
        }

        Assert.True(found > 0, $"{id} has no row on any of the days");
    }

    private static string Text(SeriesPoint p) => $"{p.Series.Id} {p.Series.Unit} {p.Period} {p.Value:R}";
}
