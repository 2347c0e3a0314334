using Aurum.Market.Feeds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Sources;

public sealed class SeriesListsTests
{
    private static readonly Instant Now = Instant.FromUtc(2025, 11, 3, 20, 0);

    [Fact]
    public void A_series_of_fred_is_asked_for_with_its_frequency_in_the_name_of_the_answer()
    {
        var requests = Requests("fred/observations", "fred", "DGS10", "UNRATE:M");

        Assert.Equal(2, requests.Count);
        Assert.Contains("series_id=DGS10&", requests[0].PathAndQuery, StringComparison.Ordinal);
        Assert.Contains("series_id=UNRATE&", requests[1].PathAndQuery, StringComparison.Ordinal);
        Assert.StartsWith("fred_observations_UNRATE_M_2025-11-03", requests[1].FileName, StringComparison.Ordinal);
        Assert.Contains(Requests("fred/series-catalog", "fred", "UNRATE:M"), r => r.FileName == "fred_series_UNRATE.json");
    }

    [Fact]
    public void Stations_and_indicators_are_those_of_the_lists()
    {
        Assert.Contains(
            "datasetid=GHCND&stationid=GHCND:USW00014819&datatypeid=",
            Assert.Single(Requests("noaa/ghcn-daily", "noaa", "USW00014819")).PathAndQuery, StringComparison.Ordinal);
        Assert.Equal(4, Requests("noaa/reference-catalog", "noaa", "USW00014819").Count);
        Assert.Contains(
            "/indicator/EN.ATM.CO2E.KT?",
            Assert.Single(Requests("worldbank/indicators", "worldbank", "EN.ATM.CO2E.KT")).PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feed_without_a_list_asks_for_its_own()
    {
        var feed = FeedCatalog.Find(new FeedId("worldbank/indicators"));

        Assert.Equal(
            feed.Locate(feed.Day(new LocalDate(2025, 11, 3)), Now).Select(r => r.PathAndQuery),
            Requests("worldbank/indicators", "fred", "DGS10").Select(r => r.PathAndQuery));
    }

    private static IReadOnlyList<FeedRequest> Requests(string id, string provider, params string[] entries)
    {
        var feed = FeedCatalog.Find(new FeedId(id));
        return SeriesLists.Of(new Dictionary<string, string[]> { [provider] = entries })
            .Requests(feed, feed.Day(new LocalDate(2025, 11, 3)), Now);
    }
}
