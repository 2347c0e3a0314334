using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Fred;
using NodaTime;

namespace Aurum.Tests.Sources.Fred;

public sealed class SeriesCatalogTests
{
    [Fact]
    public void A_recorded_series_has_its_title_unit_dates_and_stamp()
    {
        var row = Assert.Single(Rows("series-a38319.json"));

        Assert.Equal(
            ("series/GNPCA", "Real Gross National Product", "series", "A", "Not Seasonally Adjusted"),
            (row.SeriesId.Text, row.Title.Text, row.Category.Text, row.Frequency?.Text, row.Status?.Text));
        Assert.Equal(("Billions of Chained 2012 Dollars", "USD2012", 1e9), (row.Unit?.Text, row.UnitCode?.Text, row.UnitFactor));
        Assert.Equal(
            ("1929-01-01", "2019-12-31", "2019-01-01"), (row.StartDate?.Text, row.EndDate?.Text, row.LastObservationDate?.Text));
        Assert.Equal(Instant.FromUtc(2020, 3, 26, 13, 10, 46), Instant.FromUnixTimeSeconds(row.UpdatedUnixSeconds));
        Assert.Equal("BEA Account Code: A001RX", row.Notes?.Text);
    }

    [Fact]
    public void A_series_found_by_a_search_is_the_same_entry_as_one_asked_for() => Assert.Equal(
        Assert.Single(Rows("series-a38319.json")), Assert.Single(Rows("series_search-8cbefd.json")));

    [Fact]
    public void Releases_are_entries_beside_series()
    {
        var rows = Rows("releases-4895a7.json");

        Assert.Equal("release/9", rows[0].SeriesId.Text);
        Assert.Equal("Advance Monthly Sales for Retail and Food Services", rows[0].Title.Text);
        Assert.All(rows, r => Assert.Equal("release", r.Category.Text));
        Assert.Equal("release/53", Assert.Single(Rows("series_release-f4ad59.json")).SeriesId.Text);
    }

    [Fact]
    public void A_unit_that_nobody_has_listed_stays_in_freds_words_alone()
    {
        var gold = Rows("series_updates-4895a7.json")[0];

        Assert.Equal(
            ("series/GOLDPMGBD229NLBM", "British Pounds per Troy Ounce", null),
            (gold.SeriesId.Text, gold.Unit?.Text, gold.UnitCode?.Text));
        Assert.Equal(double.NaN, gold.UnitFactor);
    }

    [Theory]
    [InlineData("\"title\"", "\"titles\"", "a field title, found none (nearest: titles)")]
    [InlineData("1929-01-01", "1.1.1929", "seriess[0].observation_start: expected a date like 2025-11-02, found '1.1.1929'")]
    [InlineData("08:10:46-05", "8:10", "expected a time like 2020-03-26 08:10:46-05")]
    [InlineData("\"seriess\"", "\"series\"", "an array seriess or releases")]
    public void What_is_wrong_is_named(string from, string to, string message) => Assert.Contains(
        message,
        Assert.Throws<FeedFormatException>(() =>
            ParsedFile.RowsOf(SeriesCatalog.Feed, "a.json", Text.Replace(from, to, StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("error_api_key_not_registered.json", Outcome.Unavailable)]
    [InlineData("error_series_does_not_exist.json", Outcome.Unavailable)]
    public void A_recorded_error_is_an_outcome(string file, Outcome outcome) => Assert.Equal(
        outcome, ParsedFile.RowsOf(SeriesCatalog.Feed, FeedFile.FromPath(Samples.PathOf("fred", file))).Result.Outcome);

    [Fact]
    public void Only_today_can_be_asked_for_and_every_series_is()
    {
        var now = Instant.FromUtc(2025, 11, 4, 9, 0);
        var requests = SeriesCatalog.Feed.Locate(SeriesCatalog.Feed.Day(new LocalDate(2025, 11, 4)), now);

        Assert.Equal(
            FredSeries.Asked.Select(s => $"/fred/series?file_type=json&series_id={s.Id}"),
            requests.Take(FredSeries.Asked.Count).Select(r => r.PathAndQuery));
        Assert.Contains(requests, r => r.PathAndQuery == "/fred/releases?file_type=json&limit=1000&offset=0");
        Assert.All(requests, r => Assert.Equal("fred-api-key", Assert.Single(r.QuerySecrets).SecretName));
        Assert.Empty(SeriesCatalog.Feed.Locate(SeriesCatalog.Feed.Day(new LocalDate(2025, 11, 3)), now));
    }

    private static string Text => Encoding.UTF8.GetString(File.ReadAllBytes(Samples.PathOf("fred", "series-a38319.json")));

    private static List<Aurum.Market.Series.SeriesListing> Rows(string file) =>
        ParsedFile.RowsOf(SeriesCatalog.Feed, FeedFile.FromPath(Samples.PathOf("fred", file))).Rows;
}
