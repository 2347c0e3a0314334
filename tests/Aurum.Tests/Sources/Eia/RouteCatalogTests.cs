using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources.Eia;

namespace Aurum.Tests.Sources.Eia;

/// <summary>Answers of metadata and facets as EIA documents them; none was recorded.</summary>
public sealed class RouteCatalogTests
{
    private const string Route = """
        {"response":{"id":"fuel-type-data","name":"Net Generation by Energy Source",
        "description":"Hourly net generation.  \n    Source: Form EIA-930",
        "frequency":[{"id":"hourly","alias":"hourly (UTC)","query":"H","format":"YYYY-MM-DD\"T\"HH24"}],
        "facets":[{"id":"respondent","description":"Balancing Authority / Region"},{"id":"fueltype","description":"Energy Source"}],
        "data":{"value":{"aggregation-method":"SUM","alias":"Net Generation","units":"megawatthours"}},
        "startPeriod":"2019-01-01T00","endPeriod":"2024-12-16T06","defaultDateFormat":"YYYY-MM-DD\"T\"HH24","defaultFrequency":"hourly"},
        "request":{"command":"\/v2\/electricity\/rto\/fuel-type-data\/","params":[]},"apiVersion":"2.1.8"}
        """;

    private const string Facets = """
        {"response":{"totalFacets":"2","facets":[{"id":"RWTC","name":"Cushing, OK WTI Spot Price FOB (Dollars per Barrel)"},
        {"id":"RBRTE","name":"RBRTE","alias":"Europe Brent Spot Price FOB (Dollars per Barrel)"}]},
        "request":{"command":"/v2/petroleum/pri/spt/facet/series/","params":[]},"apiVersion":"2.1.8"}
        """;

    private const string Rows = """
        {"response":{"total":"2","dateFormat":"YYYY-MM-DD\"T\"HH24","frequency":"hourly","data":[
        {"period":"2025-11-01T12","respondent":"CISO","respondent-name":"California Independent System Operator",
        "type":"D","type-name":"Demand","value":"1","value-units":"megawatthours"},
        {"period":"2025-11-01T12","respondent":"AVA","respondent-name":"Avista Corporation",
        "type":"D","type-name":"Demand","value":null,"value-units":"megawatthours"}]},
        "request":{"command":"/v2/electricity/rto/region-data/data/","params":{"offset":"0","length":"5000"}},"apiVersion":"2.1.8"}
        """;

    [Fact]
    public void A_route_says_its_frequency_facets_unit_and_reach()
    {
        var route = Assert.Single(Read(Route).Rows);

        Assert.Equal(
            ("route/electricity/rto/fuel-type-data", "Net Generation by Energy Source", "H", "MWh", "2019-01-01", "2024-12-16"),
            (route.SeriesId.Text, route.Title.Text, route.Frequency?.Text, route.UnitCode?.Text, route.StartDate?.Text,
                route.EndDate?.Text));
        Assert.Equal("Hourly net generation. Source: Form EIA-930", route.Description?.Text);
        Assert.Equal("""{"facets":"respondent, fueltype"}""", route.Metadata?.Text);
    }

    [Fact]
    public void Codes_of_the_facet_series_are_series_with_the_ids_of_their_observations() => Assert.Equal(
        [
            ("petroleum/RWTC", "Cushing, OK WTI Spot Price FOB (Dollars per Barrel)", "USD/bbl"),
            ("petroleum/RBRTE", "Europe Brent Spot Price FOB (Dollars per Barrel)", "USD/bbl"),
        ],
        Read(Facets).Rows.Select(r => (r.SeriesId.Text, r.Title.Text, r.UnitCode?.Text)));

    [Fact]
    public void Rows_of_an_hour_name_the_series_and_the_market_operator() => Assert.Equal(
        [
            ("rto/region-data/CISO/D", "California Independent System Operator, Demand", "CAISO", "MWh"),
            ("rto/region-data/AVA/D", "Avista Corporation, Demand", null, "MWh"),
        ],
        Read(Rows).Rows.Select(r => (r.SeriesId.Text, r.Title.Text, r.IsoCode?.Text, r.UnitCode?.Text)));

    [Theory]
    [InlineData(Route, "\"name\"", "\"names\"", "response: expected a field name, found none (nearest: names)")]
    [InlineData(Route, "2019-01-01T00", "January", "response.startPeriod: expected a period such as")]
    [InlineData(Facets, "\"id\"", "\"ids\"", "response.facets[0]: expected a field id, found none (nearest: ids)")]
    [InlineData(Facets, "/facet/series/", "/", "request.command: expected the route and its facet")]
    [InlineData(Facets, "\"totalFacets\":\"2\"", "\"totalFacets\":\"3\"", "3 codes as totalFacets says, found 2")]
    [InlineData(Rows, "\"total\":\"2\"", "\"total\":\"3\"", "3 rows on this page (total 3), found 2")]
    public void What_is_wrong_is_named(string text, string from, string to, string message) => Assert.Contains(
        message,
        Assert.Throws<FeedFormatException>(() => Read(text.Replace(from, to, StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"error":{"code":"OVER_RATE_LIMIT","message":"You have exceeded your rate limit."}}""", Outcome.Throttled)]
    [InlineData("""{"error":{"code":"API_KEY_INVALID","message":"no"}}""", Outcome.Unavailable)]
    public void An_error_is_an_outcome(string text, Outcome outcome) => Assert.Equal(outcome, Read(text).Result.Outcome);

    private static (ParseResult Result, List<SeriesListing> Rows) Read(string text)
    {
        var rows = new RowList<SeriesListing>();
        var file = FeedFile.FromBytes("a.json", Encoding.UTF8.GetBytes(text)) with { IsAnswer = true };
        return (RouteCatalog.Feed.Parse(file, rows), rows.Rows);
    }
}
