using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Pjm;
using NodaTime;

namespace Aurum.Tests.Sources.Pjm;

/// <summary>What goes over the wire to Data Miner, page by page.</summary>
public sealed class PjmRequestsTests
{
    private const string PriceFields = "fields=datetime_beginning_utc%2Cpnode_id%2Cpnode_name%2Cvoltage%2Cequipment%2Ctype%2C"
        + "system_energy_price_da%2Ctotal_lmp_da%2Ccongestion_price_da%2Cmarginal_loss_price_da%2Crow_is_current%2Cversion_nbr&";

    private static readonly Instant Now = Instant.FromUtc(2026, 6, 11, 12, 0);

    [Fact]
    public void A_day_of_prices_is_asked_for_by_the_Eastern_clock_with_current_rows_alone()
    {
        var request = Assert.Single(DayAheadLmp.Feed.Locate(DayAheadLmp.Feed.Day(new LocalDate(2026, 6, 10)), Now));
        Assert.Equal("pjm-api", request.Site);
        Assert.Equal(
            "/api/v1/da_hrl_lmps?" + PriceFields + "datetime_beginning_ept=06%2F10%2F2026%2000%3A00to06%2F10%2F2026%2023%3A59"
                + "&row_is_current=TRUE&rowCount=50000&startRow=1",
            request.PathAndQuery);
        Assert.Equal("da_hrl_lmps_2026-06-10_1.json", request.FileName);
        Assert.Equal([new HeaderSecret("Ocp-Apim-Subscription-Key", "pjm-subscription-key")], request.Secrets);
        Assert.Equal([new KeyValuePair<string, string>("Accept", "application/json")], request.Headers);
        Assert.DoesNotContain("key", request.PathAndQuery.Replace("pjm-subscription-key", "?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2024, 6, 10, true)]
    [InlineData(2024, 6, 9, false)]
    public void Archived_prices_are_asked_for_by_time_alone(int year, int month, int day, bool hasFilter)
    {
        var request = Assert.Single(DayAheadLmp.Feed.Locate(DayAheadLmp.Feed.Day(new LocalDate(year, month, day)), Now));
        Assert.Equal(hasFilter, request.PathAndQuery.Contains("row_is_current", StringComparison.Ordinal));
        Assert.Equal(hasFilter, request.PathAndQuery.Contains("fields=", StringComparison.Ordinal));
    }

    [Fact]
    public void Five_minute_prices_are_unverified_at_first_and_verified_after_some_days()
    {
        var day = RealTimeLmp.Feed.Day(new LocalDate(2026, 6, 1));
        Assert.StartsWith(
            "/api/v1/rt_unverified_fivemin_lmps?datetime_beginning_ept=06%2F01%2F2026%2000%3A00to06%2F01%2F2026%2023%3A59&pnode_id=",
            Assert.Single(RealTimeLmp.Feed.Locate(day, day.End + Duration.FromHours(1))).PathAndQuery,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "/api/v1/rt_fivemin_hrl_lmps?fields=",
            Assert.Single(RealTimeLmp.Feed.Locate(day, day.End + Duration.FromDays(8))).PathAndQuery,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_forecast_that_is_replaced_can_be_asked_for_on_its_day_alone()
    {
        var today = LoadForecast.Feed.Day(new LocalDate(2026, 6, 11));
        Assert.StartsWith(
            "/api/v1/load_frcstd_7_day?fields=",
            Assert.Single(LoadForecast.Feed.Locate(today, Now)).PathAndQuery,
            StringComparison.Ordinal);
        Assert.Empty(LoadForecast.Feed.Locate(today.Previous, Now));
    }

    [Fact]
    public void Pages_are_followed_by_the_row_of_the_link_and_by_nothing_else_of_it()
    {
        var first = First();
        var second = Next(first, Page("next", "https://elsewhere.example/api/v1/other?RowCount=25000&StartRow=25001&Fields=x"))!;
        var third = Next(second, Page("next", "https://api.pjm.com/api/v1/da_hrl_lmps?startRow=50001"))!;

        Assert.Equal(first.PathAndQuery.Replace("startRow=1", "startRow=25001", StringComparison.Ordinal), second.PathAndQuery);
        Assert.Equal(first.PathAndQuery.Replace("startRow=1", "startRow=50001", StringComparison.Ordinal), third.PathAndQuery);
        Assert.Equal(
            ("da_hrl_lmps_2026-06-10_25001.json", "da_hrl_lmps_2026-06-10_50001.json"), (second.FileName, third.FileName));
        Assert.Equal(first.Secrets, third.Secrets);
        Assert.Null(Next(third, Page("self", "https://api.pjm.com/api/v1/da_hrl_lmps?startRow=50001")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("datetime_beginning_utc,pnode_id\r\n")]
    [InlineData("""{"items":[{"a":{"links":[{"rel":"next","href":"x?startRow=9"}]}}]}""")]
    [InlineData("""{"links":[{"rel":"self","href":"x"},{"rel":"metadata","href":"y?startRow=9"}],"items":[]}""")]
    public void What_has_no_next_link_is_the_last_page(string body) => Assert.Null(Next(First(), body));

    [Fact]
    public void A_link_behind_the_items_counts_too() => Assert.EndsWith(
        "startRow=9",
        Next(First(), """{"items":[{"a":1}],"links":[{"href":"x?startRow=9","rel":"next"}]}""")!.PathAndQuery,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("https://api.pjm.com/api/v1/da_hrl_lmps?startRow=1", "https://api.pjm.com/api/v1/da_hrl_lmps?startRow=1")]
    [InlineData("https://api.pjm.com/api/v1/da_hrl_lmps?startRow=abc", "https://api.pjm.com/api/v1/da_hrl_lmps?startRow=abc")]
    [InlineData("https://api.pjm.com/api/v1/da_hrl_lmps", "https://api.pjm.com/api/v1/da_hrl_lmps")]
    [InlineData("", "")]
    public void A_link_that_leads_back_or_nowhere_is_refused(string address, string found) => Assert.Equal(
        $"a.json:links: expected a next link with a StartRow above 1, found {found}",
        Assert.Throws<FeedFormatException>(() => Next(First(), Page("next", address))).Message);

    [Fact]
    public void More_pages_than_any_day_has_are_refused_and_no_end_of_the_day() => Assert.Equal(
        "a.json:links: expected at most 100 pages, found a link to row 5000001",
        Assert.Throws<FeedFormatException>(() => Next(First(), Page("next", "x?startRow=5000001"))).Message);

    private static FeedRequest First() => DayAheadLmp.Feed.Locate(DayAheadLmp.Feed.Day(new LocalDate(2026, 6, 10)), Now)[0];

    private static string Page(string relation, string address) =>
        $$"""{"links":[{"rel":"self","href":"s"},{"rel":"{{relation}}","href":"{{address}}"}],"items":[{"a":1}],"totalRows":1}""";

    private static FeedRequest? Next(FeedRequest request, string body) =>
        DayAheadLmp.Feed.NextPage(request, FeedFile.FromBytes("a.json", Encoding.UTF8.GetBytes(body)));
}
