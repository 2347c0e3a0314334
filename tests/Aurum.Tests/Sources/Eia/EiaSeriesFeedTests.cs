using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources;
using Aurum.Sources.Eia;

namespace Aurum.Tests.Sources.Eia;

/// <summary>Routes by day, week and month. Synthetic texts in the API's documented form: of these routes petroleum and plants alone
/// were recorded.</summary>
public sealed class EiaSeriesFeedTests
{
    private const string Storage =
        """
        {"response":{"total":"1","dateFormat":"YYYY-MM-DD","frequency":"weekly","data":[{"period":"2026-10-02","duoarea":"R48",
        "area-name":"LOWER 48 STATES","product":"EPG0","product-name":"Natural Gas","process":"SWO",
        "process-name":"Underground Storage - Working Gas","series":"NW2_EPG0_SWO_R48_BCF",
        "series-description":"Weekly Lower 48 States Natural Gas Working Underground Storage (Billion Cubic Feet)",
        "value":"3561","units":"BCF"}]},"request":{"command":"\/v2\/natural-gas\/stor\/wkly\/data\/","params":{"offset":"0"}}}
        """;

    [Fact]
    public void Working_gas_of_a_week_ends_with_its_Friday()
    {
        var point = Assert.Single(ParsedFile.RowsOf(NaturalGas.Storage, "a.json", Storage).Rows);
        Assert.Equal(("natural-gas/NW2_EPG0_SWO_R48_BCF", "BCF", 3561), (point.Series.Id, point.Series.Unit, point.Value));
        Assert.Equal("2026-09-26T00:00:00Z/2026-10-03T00:00:00Z", $"{point.Period}");
    }

    [Fact]
    public void Weeks_stay_weeks_where_the_answer_lost_its_frequency_and_another_frequency_is_refused()
    {
        var lost = Storage.Replace("\"frequency\":\"weekly\",", "", StringComparison.Ordinal);
        Assert.Equal(
            "2026-09-26T00:00:00Z/2026-10-03T00:00:00Z", $"{ParsedFile.RowsOf(NaturalGas.Storage, "a.json", lost).Rows[0].Period}");
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            NaturalGas.Storage, "a.json", Storage.Replace("weekly", "daily", StringComparison.Ordinal)));
        Assert.Equal("a.json:response.frequency: expected weekly, found 'daily'", error.Message);
    }

    [Theory]
    [InlineData("EPG0", "weekly", "eia/natural-gas-storage")]
    [InlineData("EPG0", "daily", "eia/natural-gas")]
    [InlineData("EPG0", "annual", "eia/natural-gas-monthly")]
    [InlineData("EPC0", "weekly", "eia/petroleum-weekly")]
    [InlineData("EPC0", "daily", "eia/petroleum")]
    [InlineData("EPC0", "monthly", "eia/petroleum-monthly")]
    public void Product_and_frequency_tell_the_feed_of_a_file(string product, string frequency, string feed)
    {
        var text = Storage.Replace("EPG0\"", product + "\"", StringComparison.Ordinal)
            .Replace("weekly", frequency, StringComparison.Ordinal);
        var head = new FileHead("a.json", "a.json", text);
        Assert.Equal(feed, Assert.Single(FeedCatalog.All, f => f.Recognizes(head)).Id.Text);
    }

    [Fact]
    public void A_page_with_fewer_rows_than_its_total_says_is_malformed()
    {
        var answer = FeedFile.FromBytes(
            "a.json", Encoding.UTF8.GetBytes(Storage.Replace("\"total\":\"1\"", "\"total\":\"3\"", StringComparison.Ordinal)));
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(NaturalGas.Storage, answer with { IsAnswer = true }));
        Assert.Equal("a.json:response.data: expected 3 rows on this page (total 3), found 1", error.Message);
        Assert.Equal(Outcome.Data, ParsedFile.RowsOf(NaturalGas.Storage, answer).Result.Outcome);
    }

    [Theory]
    [InlineData("5002", "5000", "", 2)]
    [InlineData("5002", "0", ",\"length\":\"3\"", 3)]
    [InlineData("1", "5000", "", 0)]
    public void A_page_owes_the_rows_from_its_offset_to_its_length(string total, string offset, string length, int rows)
    {
        var json = $$"""{"response":{"total":"{{total}}","data":[] },"request":{"params":{"offset":"{{offset}}"{{length}} } } }""";
        Assert.Equal(rows, EiaEnvelope.Read(Encoding.UTF8.GetBytes(json), "a.json").Expected);
    }

    [Fact]
    public void An_outlook_has_one_unit_field_in_words()
    {
        const string Text =
            """
            {"response":{"total":"1","frequency":"monthly","data":[{"period":"2027-12","seriesId":"WTIPUUS",
            "seriesDescription":"West Texas Intermediate crude oil price","value":"62.5","unit":"dollars per barrel"}]}}
            """;
        var point = Assert.Single(ParsedFile.RowsOf(Outlook.Feed, "a.json", Text).Rows);
        Assert.Equal(("steo/WTIPUUS", "dollars per barrel", 62.5), (point.Series.Id, point.Series.Unit, point.Value));
        Assert.Equal("2027-12-01T00:00:00Z", $"{point.Period.Start}");
    }

    [Fact]
    public void Sales_of_a_state_and_sector_are_four_series_each_in_its_unit()
    {
        const string Text =
            """
            {"response":{"total":1,"frequency":"monthly","data":[{"period":"2026-07","stateid":"CO","stateDescription":"Colorado",
            "sectorid":"RES","sectorName":"residential","customers":"2475000","price":"16.1","revenue":null,"sales":"2012.3",
            "customers-units":"number of customers","price-units":"cents per kilowatt-hour","revenue-units":"million dollars",
            "sales-units":"million kilowatt hours"}]}}
            """;
        var points = ParsedFile.RowsOf(RetailSales.Feed, "a.json", Text).Rows;
        Assert.Equal(
            ["retail-sales/CO/RES/price 16.1 cents per kilowatt-hour", "retail-sales/CO/RES/sales 2012.3 million kilowatt hours",
                "retail-sales/CO/RES/revenue NaN million dollars", "retail-sales/CO/RES/customers 2475000 number of customers"],
            points.Select(p => $"{p.Series.Id} {p.Value} {p.Series.Unit}"));
    }

    [Theory]
    [InlineData("""{"error":{"code":"OVER_RATE_LIMIT","message":"You have exceeded your rate limit."}}""", Outcome.Throttled)]
    [InlineData("""{"error":{"code":"API_KEY_MISSING","message":"An API key was not provided."}}""", Outcome.Unavailable)]
    [InlineData("""{"error":"Invalid frequency 'hour' provided.","code":400}""", Outcome.Unavailable)]
    public void An_error_under_its_own_status_is_an_outcome_in_EIAs_words(string body, Outcome outcome)
    {
        var refusal = Petroleum.Feed.Refusal(body)!;
        Assert.Equal(outcome, refusal.Outcome);
        Assert.StartsWith("EIA answers: ", refusal.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("""{"error":{"code":"OVER""")]
    [InlineData("{}")]
    public void A_body_without_EIAs_words_says_no_more_than_its_status(string body) => Assert.Null(Petroleum.Feed.Refusal(body));
}
