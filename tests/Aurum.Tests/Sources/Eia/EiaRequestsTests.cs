using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Eia;
using NodaTime;

namespace Aurum.Tests.Sources.Eia;

public sealed class EiaRequestsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 10, 3, 12, 0);

    [Fact]
    public void Asks_for_the_hour_ends_of_a_UTC_day_with_the_key_as_a_header_and_never_in_the_address()
    {
        var request = Assert.Single(RegionData.Feed.Locate(RegionData.Feed.Day(new LocalDate(2026, 10, 1)), Now));
        Assert.Equal(
            "/v2/electricity/rto/region-data/data/?frequency=hourly&data[0]=value&start=2026-10-01T01&end=2026-10-02T00"
                + "&sort[0][column]=period&sort[0][direction]=asc&sort[1][column]=respondent&sort[1][direction]=asc"
                + "&sort[2][column]=type&sort[2][direction]=asc&length=5000&offset=0",
            Uri.UnescapeDataString(request.PathAndQuery));
        Assert.Equal("eia-api", request.Site);
        Assert.Equal(new HeaderSecret("X-Api-Key", "eia-api-key"), Assert.Single(request.Secrets));
    }

    [Theory]
    [InlineData("\"7000\"")]
    [InlineData("7000")]
    public void Follows_the_pages_to_the_total_be_it_text_or_a_number(string total)
    {
        var first = RegionData.Feed.Locate(RegionData.Feed.Day(new LocalDate(2026, 10, 1)), Now)[0];
        var second = RegionData.Feed.NextPage(first, Answer(total))!;
        Assert.EndsWith("&offset=5000", second.PathAndQuery, StringComparison.Ordinal);
        Assert.Equal("rto_region-data_2026-10-01T01_2026-10-02T00_5000.json", second.FileName);
        Assert.Equal(first.Secrets, second.Secrets);
        Assert.Null(RegionData.Feed.NextPage(second, Answer(total)));
    }

    [Theory]
    [InlineData("{\"response\":{\"data\":[]}}")]
    [InlineData("{\"error\":\"no\",\"response\":{\"total\":9000,\"data\":[]}}")]
    [InlineData("<html></html>")]
    public void Without_a_total_there_is_no_next_page(string body)
    {
        var first = RegionData.Feed.Locate(RegionData.Feed.Day(new LocalDate(2026, 10, 1)), Now)[0];
        Assert.Null(RegionData.Feed.NextPage(first, FeedFile.FromBytes("a.json", Encoding.UTF8.GetBytes(body))));
    }

    [Fact]
    public void Pages_end_at_the_limit_whatever_the_total_says()
    {
        var request = RegionData.Feed.Locate(RegionData.Feed.Day(new LocalDate(2026, 10, 1)), Now)[0];
        var pages = 0;
        for (FeedRequest? next = request; next is not null; next = RegionData.Feed.NextPage(next, Answer("999999999")))
        {
            pages++;
        }

        Assert.Equal(EiaRequests.MaxPages, pages);
    }

    [Fact]
    public void Monthly_plant_data_is_asked_for_once_a_month()
    {
        var request = Assert.Single(FacilityFuel.Feed.Locate(FacilityFuel.Feed.Day(new LocalDate(2026, 7, 1)), Now));
        Assert.Contains(
            "data[0]=generation&data[1]=gross-generation&start=2026-07&end=2026-07&",
            Uri.UnescapeDataString(request.PathAndQuery),
            StringComparison.Ordinal);
        Assert.Empty(FacilityFuel.Feed.Locate(FacilityFuel.Feed.Day(new LocalDate(2026, 7, 2)), Now));
    }

    private static FeedFile Answer(string total) =>
        FeedFile.FromBytes("a.json", Encoding.UTF8.GetBytes($$$"""{"response":{"total":{{{total}}},"data":[]}}"""));
}
