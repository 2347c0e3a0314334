using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources;
using Aurum.Sources.Eia;
using NodaTime;

namespace Aurum.Tests.Sources.Eia;

/// <summary>The list of routes, and what is asked for on which day.</summary>
public sealed class EiaRouteTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 12, 1, 12, 0);

    [Fact]
    public void Every_route_belongs_to_a_feed_of_the_catalog_and_stands_once()
    {
        Assert.All(EiaRoute.All, r => Assert.NotNull(FeedCatalog.TryFind(new FeedId(r.Feed))));
        Assert.Equal(EiaRoute.All.Count, EiaRoute.All.Select(r => (r.Path, r.Frequency)).Distinct().Count());
    }

    [Fact]
    public void Every_feed_of_series_asks_for_something_in_a_month()
    {
        foreach (var feed in EiaFeeds.All.OfType<Feed<SeriesPoint>>())
        {
            var isOfToday = feed.Schedule.KeptDays == 1;
            var requests = Enumerable.Range(0, isOfToday ? 1 : 31).Select(i => feed.Day(new LocalDate(2026, 10, 1).PlusDays(i)))
                .SelectMany(day => feed.Locate(day, isOfToday ? day.Start + feed.Schedule.FirstAt : Now)).ToList();
            Assert.True(requests.Count > 0, $"{feed.Id} asks for nothing");
            Assert.Equal(
                requests.Select(r => r.PathAndQuery).Distinct().Count(), requests.Select(r => r.FileName).Distinct().Count());
        }
    }

    [Fact]
    public void Storage_of_a_week_is_asked_for_on_the_Friday_that_ends_it()
    {
        var request = Assert.Single(Requests(NaturalGas.Storage, new LocalDate(2026, 10, 2)));
        Assert.StartsWith(
            "/v2/natural-gas/stor/wkly/data/?frequency=weekly&data[0]=value&start=2026-10-02&end=2026-10-02&",
            Uri.UnescapeDataString(request.PathAndQuery), StringComparison.Ordinal);
        Assert.Equal("natural-gas_stor_wkly_2026-10-02_2026-10-02_0.json", request.FileName);
        Assert.Empty(Requests(NaturalGas.Storage, new LocalDate(2026, 10, 1)));
    }

    [Fact]
    public void Retail_prices_are_of_Mondays_and_stocks_of_Fridays()
    {
        Assert.Equal(
            ["petroleum/pri/gnd", "petroleum/pri/wfr"], Requests(Petroleum.Weekly, new LocalDate(2026, 10, 5)).Select(RouteOf));
        Assert.Equal(
            ["petroleum/stoc/wstk", "petroleum/pnp/wiup", "petroleum/move/wkly", "petroleum/cons/wpsup"],
            Requests(Petroleum.Weekly, new LocalDate(2026, 10, 2)).Select(RouteOf));
    }

    [Fact]
    public void An_outlook_is_asked_for_from_its_month_on_for_two_years()
    {
        var request = Assert.Single(Requests(Outlook.Feed, new LocalDate(2026, 10, 1)));
        Assert.Contains("&start=2026-10&end=2028-09&", request.PathAndQuery, StringComparison.Ordinal);
    }

    private static IReadOnlyList<FeedRequest> Requests(Feed feed, LocalDate date) => feed.Locate(feed.Day(date), Now);

    private static string RouteOf(FeedRequest request) =>
        request.PathAndQuery["/v2/".Length..request.PathAndQuery.IndexOf("/data/", StringComparison.Ordinal)];
}
