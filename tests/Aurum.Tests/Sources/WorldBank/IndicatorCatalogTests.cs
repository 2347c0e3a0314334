using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources.WorldBank;

namespace Aurum.Tests.Sources.WorldBank;

public sealed class IndicatorCatalogTests
{
    [Fact]
    public void An_indicator_has_its_unit_from_the_brackets_and_its_database()
    {
        var rows = Rows("indicators.json");
        var fertilizer = rows.Single(r => r.SeriesId.Text == "AG.CON.FERT.MT");

        Assert.Equal(
            ("Fertilizer consumption (metric tons)", "metric tons", "t", "11", "Africa Development Indicators", "indicator"),
            (fertilizer.Title.Text, fertilizer.Unit?.Text, fertilizer.UnitCode?.Text, fertilizer.Dataset?.Text, fertilizer.Tags?.Text,
                fertilizer.Category.Text));
        Assert.StartsWith("Fertilizer consumption measures", fertilizer.Description?.Text, StringComparison.Ordinal);
        Assert.Null(rows[0].Unit);
    }

    [Fact]
    public void A_country_says_where_it_lies()
    {
        var india = Assert.Single(Rows("countries_india.json"));

        Assert.Equal(("country/IND", "India", "IND"), (india.SeriesId.Text, india.Title.Text, india.Geo?.Text));
        Assert.Equal(
            """{"iso2":"IN","region":"South Asia","income_level":"Lower middle income","lending_type":"Blend","capital":"New Delhi","""
                + "\"longitude\":\"77.225\",\"latitude\":\"28.6353\"}",
            india.Metadata?.Text);
    }

    [Fact]
    public void Databases_are_entries() =>
        Assert.Equal("World Development Indicators", Rows("sources.json").Single(r => r.SeriesId.Text == "source/2").Title.Text);

    [Theory]
    [InlineData("[{\"message\":[{\"id\":\"120\",\"key\":\"Invalid value\",\"value\":\"no\"}]}]", Outcome.Unavailable)]
    [InlineData("[{\"page\":1,\"pages\":0,\"per_page\":\"50\",\"total\":0},null]", Outcome.ProvenEmpty)]
    public void An_error_and_nothing_are_outcomes(string text, Outcome outcome) =>
        Assert.Equal(outcome, ParsedFile.RowsOf(IndicatorCatalog.Feed, "a.json", text).Result.Outcome);

    [Fact]
    public void A_renamed_field_is_named_with_the_nearest() => Assert.Contains(
        "a field name, found none (nearest: names)",
        Assert.Throws<FeedFormatException>(static () => ParsedFile.RowsOf(
            IndicatorCatalog.Feed, "a.json",
            """[{"page":1,"pages":1,"per_page":"50","total":1},[{"id":"A","names":"B","sourceNote":""}]]"""))
            .Message,
        StringComparison.Ordinal);

    private static List<SeriesListing> Rows(string file) =>
        ParsedFile.RowsOf(IndicatorCatalog.Feed, FeedFile.FromPath(Samples.PathOf("worldbank", file))).Rows;
}
