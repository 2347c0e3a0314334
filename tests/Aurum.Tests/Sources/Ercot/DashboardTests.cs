using Aurum.Market.Feeds;
using Aurum.Sources.Ercot;
using NodaTime;

namespace Aurum.Tests.Sources.Ercot;

public sealed class DashboardTests
{
    [Theory]
    [InlineData("ERCOT.json", 386, 16946728.6)]
    [InlineData("ERCOT_generation.json", 369, 21904368.922197)]
    public void Fuel_mix_is_read_in_its_forms_of_2024_and_2025(string file, int stamps, double sumMw)
    {
        var rows = ParsedFile.RowsOf(FuelMix.Feed, File(file)).Rows;
        Assert.Equal(stamps, rows.Select(r => r.Delivery).Distinct().Count());
        Assert.Equal(8, rows.Select(r => r.Fuel.Text).Distinct().Count());
        Assert.Equal(sumMw, rows.Sum(r => r.GenerationMw), 4);
        Assert.Equal("Coal and Lignite", rows[0].Fuel.Text);
    }

    [Fact]
    public void Of_a_dashboard_only_the_day_asked_for_is_taken()
    {
        var today = FuelMix.Feed.Day(new LocalDate(2025, 10, 9));
        var (result, rows) = ParsedFile.RowsOf(FuelMix.Feed, File("ERCOT_generation.json", today.Date));
        Assert.Equal((Outcome.Data, 81 * 8), (result.Outcome, rows.Count));
        Assert.All(rows, r => Assert.True(today.Contains(r.Delivery)));
    }

    [Theory]
    [InlineData(7, Outcome.Unavailable, "ERCOT_generation.json no longer shows 2025-10-07: a dashboard holds today and yesterday")]
    [InlineData(10, Outcome.NotYetPublished, "ERCOT_generation.json does not show 2025-10-10 yet")]
    public void A_day_that_the_dashboard_does_not_show_stays_open(int day, Outcome outcome, string why)
    {
        var (result, rows) = ParsedFile.RowsOf(FuelMix.Feed, File("ERCOT_generation.json", new LocalDate(2025, 10, day)));
        Assert.Empty(rows);
        Assert.Equal((outcome, why), (result.Outcome, result.Why));
    }

    [Fact]
    public void Each_feed_asks_for_its_dashboard()
    {
        var now = Instant.FromUtc(2025, 10, 9, 12, 0);
        foreach (var (feed, path) in ((Feed, string)[])
            [
                (FuelMix.Feed, "fuel-mix"), (SystemLoad.Feed, "system-wide-demand"), (Storage.Feed, "energy-storage-resources"),
            ])
        {
            var request = Assert.Single(feed.Locate(feed.Day(new LocalDate(2025, 10, 8)), now));
            Assert.Equal(("ercot-web", $"/api/1/services/read/dashboards/{path}.json"), (request.Site, request.PathAndQuery));
        }
    }

    [Fact]
    public void System_load_is_the_hours_that_have_passed_labelled_by_their_end()
    {
        var rows = ParsedFile.RowsOf(SystemLoad.Feed, File("ERCOT_demand.json")).Rows;
        Assert.Equal(1178440.48, rows.Sum(r => r.LoadMw), 6);
        Assert.Equal(42015.44, rows[0].LoadMw);
        Assert.Equal("2024-11-24T06:00:00Z/2024-11-24T07:00:00Z", rows[0].Delivery.ToString());
        Assert.Equal(24, ParsedFile.RowsOf(SystemLoad.Feed, File("ERCOT_demand.json", new LocalDate(2024, 11, 24))).Rows.Count);
    }

    [Fact]
    public void Storage_charges_negative_and_discharges_positive_and_the_days_own_date_is_not_believed()
    {
        var rows = ParsedFile.RowsOf(Storage.Feed, File("ERCOT_storage.json")).Rows;
        Assert.Equal(-346487.701, Sum("Storage Charging"), 6);
        Assert.Equal(267178.364, Sum("Storage Discharging"), 6);
        Assert.Equal(-79309.329, Sum("Storage Net"), 6);
        Assert.Equal(Instant.FromUtc(2025, 10, 8, 5, 0), rows[0].Delivery.Start);
        Assert.Equal(288 * 3, ParsedFile.RowsOf(Storage.Feed, File("ERCOT_storage.json", new LocalDate(2025, 10, 8))).Rows.Count);

        double Sum(string fuel) => rows.Where(r => r.Fuel.Text == fuel).Sum(r => r.GenerationMw);
    }

    [Theory]
    [InlineData("""{"lastUpdated":"x","types":[]}""", "f.json: expected a property data, found none")]
    [InlineData("""{"data":{"2025-10-08":{"2025-10-08 00:04:56":{}}}}""", "a time like 2024-11-24 08:09:57-0600")]
    [InlineData(
        """{"data":{"2025-10-08":{"2025-10-08 00:04:56-0500":{"Wind":{"mw":1}}}}}""",
        "expected a property gen, found none")]
    [InlineData("""{"data":{"2025-10-08":{"2025-10-08 00:04:56-0500":{"Wind":{"gen":"lots"}}}}}""", "expected a decimal")]
    [InlineData("""{"data":{"2025-10-08":[]}}""", "expected StartObject")]
    [InlineData("""{"data":{"2025-10-08":{""", "f.json")]
    public void A_changed_form_fails_by_name(string json, string message)
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(FuelMix.Feed, "f.json", json));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dashboard_without_readings_is_proven_empty() =>
        Assert.Equal(Outcome.ProvenEmpty, ParsedFile.RowsOf(FuelMix.Feed, "f.json", """{"types":[],"data":{}}""").Result.Outcome);

    private static FeedFile File(string name, LocalDate? day = null)
    {
        var path = Samples.PathOf("ercot", name);
        return FeedFile.FromPath(path, day is { } date ? FuelMix.Feed.Day(date) : null);
    }
}
