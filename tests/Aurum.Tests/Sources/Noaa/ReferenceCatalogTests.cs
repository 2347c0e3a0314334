using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources.Noaa;
using NodaTime;

namespace Aurum.Tests.Sources.Noaa;

public sealed class ReferenceCatalogTests
{
    [Fact]
    public void A_station_that_is_sent_alone_is_an_entry_with_its_place()
    {
        var station = Assert.Single(Rows("cdo_v2_stations_GHCND_USW00014895_datasetid_NORMAL_DLY.json"));

        Assert.Equal(
            ("station/GHCND:USW00014895", "AKRON CANTON AIRPORT, OH US", "station", "GHCND", "GHCND:USW00014895"),
            (station.SeriesId.Text, station.Title.Text, station.Category.Text, station.Dataset?.Text, station.Geo?.Text));
        Assert.Equal(("1948-07-01", "2018-11-24"), (station.StartDate?.Text, station.EndDate?.Text));
        Assert.Equal(
            """{"latitude":"40.9181","longitude":"-81.4435","elevation_m":"369.7","data_coverage":"1"}""", station.Metadata?.Text);
    }

    [Theory]
    [InlineData("cdo_v2_datasets_limit_25.json", "dataset/GHCND", "Daily Summaries", "1763-01-01")]
    [InlineData("cdo_v2_datatypes_limit_25_datasetid_ANNUAL.json", "datatype/CLDD", "Cooling Degree Days", "1980-01-01")]
    [InlineData("cdo_v2_locations_limit_52_locationcategoryid_ST.json", "location/FIPS:01", "Alabama", "1888-02-01")]
    [InlineData("cdo_v2_datacategories_limit_25.json", "datacategory/ANNAGR", "Annual Agricultural", null)]
    [InlineData(
        "cdo_v2_stations_limit_25_datasetid_GHCND_locationid_FIPS_3A12017.json", "station/GHCND:US1FLCT0002",
        "INVERNESS 1.6 WSW, FL US", "2007-09-28")]
    public void Each_list_has_entries_of_its_kind(string file, string id, string title, string? start)
    {
        var rows = Rows(file);

        Assert.Equal((id, title, start), (rows[0].SeriesId.Text, rows[0].Title.Text, rows[0].StartDate?.Text));
        Assert.Single(rows.Select(r => r.Category.Text).Distinct());
        Assert.Equal(rows.Count, rows.Select(r => r.SeriesId.Text).Distinct().Count());
    }

    [Fact]
    public void What_a_station_measures_are_series_with_the_ids_of_its_observations()
    {
        const string Text = """
            {"metadata":{"resultset":{"offset":1,"count":1,"limit":1000}},"results":[
            {"mindate":"1763-01-01","maxdate":"2025-11-01","name":"Maximum temperature","datacoverage":1,"id":"TMAX"}]}
            """;
        var (result, rows) = ParsedFile.RowsOf(ReferenceCatalog.Feed, "noaa_datatypes_GHCND_USW00094728_1.json", Text);
        var row = Assert.Single(rows);

        Assert.Equal((Outcome.Data, 0), (result.Outcome, result.Notes.Count));
        Assert.Equal(
            ("ghcnd/USW00094728/TMAX", "Maximum temperature at USW00094728", "degC", "D", "series"),
            (row.SeriesId.Text, row.Title.Text, row.UnitCode?.Text, row.Frequency?.Text, row.Category.Text));
        Assert.Null(row.StartDate);
    }

    [Theory]
    [InlineData("""{"status":"400","message":"Token parameter is required."}""", Outcome.Unavailable)]
    [InlineData("""{"status":"429","message":"This token has reached its temporary request limit of 5 per second."}""", Outcome.Throttled)]
    [InlineData("{}", Outcome.ProvenEmpty)]
    public void A_refusal_and_an_empty_object_are_outcomes(string text, Outcome outcome) =>
        Assert.Equal(outcome, ParsedFile.RowsOf(ReferenceCatalog.Feed, "a.json", text).Result.Outcome);

    [Fact]
    public void Fewer_entries_than_the_count_are_not_taken_for_all()
    {
        const string Text = """
            {"metadata":{"resultset":{"offset":1,"count":2,"limit":25}},"results":[{"name":"Alabama","id":"FIPS:01"}]}
            """;
        var file = FeedFile.FromBytes("a.json", System.Text.Encoding.UTF8.GetBytes(Text)) with { IsAnswer = true };

        Assert.Contains("2 rows as its count says", Assert.Throws<FeedFormatException>(() =>
            ReferenceCatalog.Feed.Parse(file, new RowList<SeriesListing>())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_station_is_asked_for_itself_and_for_what_it_measures()
    {
        var now = Instant.FromUtc(2025, 11, 4, 9, 0);
        var requests = ReferenceCatalog.Feed.Locate(ReferenceCatalog.Feed.Day(new LocalDate(2025, 11, 4)), now);

        Assert.Equal(2 + (2 * NoaaStations.Asked.Count), requests.Count);
        Assert.Contains(requests, r => r.PathAndQuery == "/stations/GHCND:USW00094728");
        Assert.All(requests, r => Assert.Equal("token", Assert.Single(r.Secrets).Header));
    }

    private static List<SeriesListing> Rows(string file) =>
        ParsedFile.RowsOf(ReferenceCatalog.Feed, FeedFile.FromPath(Samples.PathOf("noaa", file))).Rows;
}
