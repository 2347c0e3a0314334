using Aurum.Market.Feeds;
using Aurum.Sources.Miso;
using NodaTime;

namespace Aurum.Tests.Sources.Miso;

/// <summary>Pages of the Data Exchange and the consolidated table. None was recorded: the texts follow their published
/// descriptions.</summary>
public sealed class ExchangeTests
{
    private const string Page = """
        {"data":[{"interval":"1","timeInterval":{"resolution":"hourly","start":"2025-11-02 00:00:00.000","end":"2025-11-02 01:00:00.000",
        "value":"2025-11-02"},"node":"ALTW.WELLS1","lmp":21.6,"mcc":0.02,"mec":20.94,"mlc":0.64}],
        "page":{"pageNumber":1,"pageSize":1,"totalElements":2,"totalPages":2,"lastPage":false}}
        """;

    private const string Table = """
        {"LMPData":{"RefId":"02-Nov-2025 - Interval 00:10 EST","FiveMinLMP":{"HourAndMin":"00:10","PricingNode":[{"name":"AECI",
        "region":"Midwest","LMP":"34.04","MLC":"-0.94","MCC":"0.48","REGMCP":"17.60"}]},
        "HourlyIntegratedLMP":{"HourAndMin":"HE 24","PricingNode":[{"name":"AECI","region":"Midwest","LMP":"30.04","MCC":"-1.24","MLC":"-0.84"}]},
        "DayAheadExAnteLMP":{"HourAndMin":"HE 1","PricingNode":[{"name":"AECI","region":"Midwest","LMP":"31.04","MCC":"-1.24","MLC":"-0.84"}]},
        "DayAheadExPostLMP":{"HourAndMin":"HE 1","PricingNode":[{"name":"AECI","region":"Midwest","LMP":"32.04","MCC":"-1.24","MLC":"-0.84"}]}}}
        """;

    [Fact]
    public void A_page_of_prices_is_read_with_its_energy_part()
    {
        var row = Assert.Single(ParsedFile.RowsOf(ExchangeLmp.DayAhead, "x.json", Page).Rows);
        Assert.Equal((21.6, 20.94, 0.02, 0.64), (row.LmpUsdPerMwh, row.EnergyUsdPerMwh, row.CongestionUsdPerMwh, row.LossUsdPerMwh));
        Assert.Equal("2025-11-02T05:00:00Z/2025-11-02T06:00:00Z", row.Delivery.ToString());
    }

    [Fact]
    public void Pages_are_followed_until_the_last_one()
    {
        var feed = ExchangeLmp.DayAhead;
        var first = Assert.Single(feed.Locate(feed.Day(new LocalDate(2025, 11, 2)), Instant.FromUtc(2025, 11, 2, 0, 0)));
        Assert.Equal(("miso-exchange", "/v1/day-ahead/2025-11-02/lmp-expost?pageNumber=1"), (first.Site, first.PathAndQuery));
        Assert.Equal(("Ocp-Apim-Subscription-Key", "miso-subscription-key"), (first.Secrets[0].Header, first.Secrets[0].SecretName));
        var second = feed.NextPage(first, Answer(Page));
        Assert.Equal("/v1/day-ahead/2025-11-02/lmp-expost?pageNumber=2", second!.PathAndQuery);
        Assert.Equal("day-ahead_lmp-expost_20251102_2.json", second.FileName);
        var last = Page.Replace("\"lastPage\":false", "\"lastPage\":true", StringComparison.Ordinal);
        Assert.Null(feed.NextPage(second, Answer(last)));
        Assert.Throws<FeedFormatException>(() => feed.NextPage(second, Answer(Page[..^40])));
    }

    [Theory]
    [InlineData(5, 4, "Preliminary")]
    [InlineData(8, 5, "Final")]
    public void Real_time_prices_are_preliminary_and_then_final(int day, int hour, string state)
    {
        var feed = ExchangeLmp.RealTime;
        var request = Assert.Single(feed.Locate(feed.Day(new LocalDate(2025, 11, 2)), Instant.FromUtc(2025, 11, day, hour, 0)));
        Assert.Equal(
            $"/v1/real-time/2025-11-02/lmp-expost?preliminaryFinal={state}&timeResolution=5min&pageNumber=1", request.PathAndQuery);
    }

    [Theory]
    [InlineData("\"mec\"", "\"mecs\"", "data[0]: expected a property mec, found none (nearest: mecs)")]
    [InlineData("01:00:00.000", "01:05:00.000",
        "data.timeInterval: expected 60 minutes from start to end, found 2025-11-02 00:00 to 2025-11-02 01:05")]
    [InlineData("\"data\"", "\"rows\"", "expected a property data, found none")]
    [InlineData("21.6", "\"n/a\"", "expected a decimal in lmp, found 'n/a'")]
    public void A_page_that_is_not_as_documented_fails_by_name(string from, string to, string message)
    {
        var error = Assert.Throws<FeedFormatException>(
            () => ParsedFile.RowsOf(ExchangeLmp.DayAhead, "x.json", Page.Replace(from, to, StringComparison.Ordinal)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reserve_prices_are_read_by_zone_and_product()
    {
        var text = Page.Replace("\"node\":\"ALTW.WELLS1\",\"lmp\":21.6,\"mcc\":0.02,\"mec\":20.94,\"mlc\":0.64",
            "\"product\":\"Regulation\",\"zone\":\"Zone 1\",\"mcp\":6.48", StringComparison.Ordinal);
        var row = Assert.Single(ParsedFile.RowsOf(ExchangeReserves.Feed, "x.json", text).Rows);
        Assert.Equal(("Zone 1", "Regulation", 6.48), (row.Region.Id, row.Product.Text, row.PriceUsdPerMw));
    }

    [Fact]
    public void The_consolidated_table_has_a_series_for_each_block_node_and_part()
    {
        var rows = ParsedFile.RowsOf(ConsolidatedLmp.Feed, "x.json", Table).Rows;
        Assert.Equal(4 + 3 + 3 + 3, rows.Count);
        Assert.Equal((34.04, "2025-11-02T05:10:00Z/2025-11-02T05:15:00Z"), Of("consolidated-lmp/five-minute/AECI/LMP"));
        Assert.Equal((17.6, "2025-11-02T05:10:00Z/2025-11-02T05:15:00Z"), Of("consolidated-lmp/five-minute/AECI/REGMCP"));
        Assert.Equal((-1.24, "2025-11-02T05:00:00Z/2025-11-02T06:00:00Z"), Of("consolidated-lmp/day-ahead-ex-post/AECI/MCC"));

        (double, string) Of(string id)
        {
            var row = rows.Single(r => r.Series.Id == id);
            return (row.Value, row.Period.ToString());
        }
    }

    [Fact]
    public void The_last_hour_of_a_day_is_shown_in_the_first_hour_of_the_next() => Assert.All(
        ParsedFile.RowsOf(ConsolidatedLmp.Feed, "x.json", Table).Rows
            .Where(r => r.Series.Id.Contains("/hourly/", StringComparison.Ordinal)),
        r => Assert.Equal("2025-11-02T04:00:00Z/2025-11-02T05:00:00Z", r.Period.ToString()));

    private static FeedFile Answer(string text) => FeedFile.FromBytes("x.json", System.Text.Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("\"DayAheadExPostLMP\"", "\"DayAheadLMP\"",
        "expected the blocks FiveMinLMP, HourlyIntegratedLMP, DayAheadExAnteLMP, DayAheadExPostLMP")]
    [InlineData("HE 24", "HE 25", "expected a time like 16:50 or an hour like HE 16 in HourAndMin, found 'HE 25'")]
    [InlineData("\"MLC\"", "\"LOSS\"", "five-minute[0]: expected a property MLC")]
    public void A_table_that_is_not_as_documented_fails_by_name(string from, string to, string message)
    {
        var error = Assert.Throws<FeedFormatException>(
            () => ParsedFile.RowsOf(ConsolidatedLmp.Feed, "x.json", Table.Replace(from, to, StringComparison.Ordinal)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
