using Aurum.Market.Feeds;
using Aurum.Sources.Ercot;
using NodaTime;

namespace Aurum.Tests.Sources.Ercot;

public sealed class ErcotDocumentListTests
{
    [Theory]
    [InlineData("load_forecast_by_forecast_zone.json", "12311")]
    [InlineData("solar_power_production_hourly_averaged_actual_and_forecasted_values_rtid.json", "13483")]
    [InlineData("wind_power_production_hourly_averaged_actual_and_forecasted_values_rtid.json", "13028")]
    public void A_week_of_documents_has_each_of_them_as_csv_and_as_xml(string file, string reportTypeId)
    {
        var list = Read(file);
        Assert.Equal((reportTypeId, 360), (list.ReportTypeId, list.Documents.Count));
        Assert.Equal(180, list.Documents.Count(d => d.FriendlyName.EndsWith("_xml", StringComparison.Ordinal)));
        Assert.Equal(180, list.Documents.Count(d => d.FriendlyName.EndsWith("_csv", StringComparison.Ordinal)));
        Assert.All(list.Documents, d => Assert.InRange((d.Posted - ErcotDocument.PostedIn(d.Name)!.Value).TotalSeconds, -3, 3));
    }

    [Fact]
    public void The_offset_of_a_listing_is_dropped_for_it_is_wrong_beyond_the_clock_change()
    {
        var documents = Read("load_forecast_by_forecast_zone.json").Documents;

        // Written 2025-03-09T00:30:00-05:00 and 2025-03-09T03:30:00-05:00: Central time was six hours behind in the first.
        Assert.Equal(Instant.FromUtc(2025, 3, 9, 6, 30), At("20250309.003000637"));
        Assert.Equal(Instant.FromUtc(2025, 3, 9, 8, 30), At("20250309.033000623"));

        Instant At(string part) => documents.Single(d => d.Name.Contains(part, StringComparison.Ordinal)).Posted;
    }

    [Theory]
    [InlineData("np3-911-er_archive_list_2024-10-18.json", "1045038225", "2024-10-18T08:13:31Z")]
    [InlineData("np3-911-er_archive_list_2024-11-05.json", "1049861718", "2024-11-05T09:16:10Z")]
    public void An_archive_listing_of_the_public_API_is_read_too(string file, string id, string posted)
    {
        var list = Read(file);
        var document = Assert.Single(list.Documents);
        Assert.Equal(("13057", id, "2_Day_AS_Disclosure"), (list.ReportTypeId, document.Id, document.Name));
        Assert.Equal(posted, $"{document.Posted}");
    }

    [Fact]
    public void A_listing_is_not_data_and_leaves_its_day_open()
    {
        var (result, rows) = ParsedFile.RowsOf(LoadForecastByZone.Feed, File("load_forecast_by_forecast_zone.json"));
        Assert.Empty(rows);
        Assert.Equal(
            "load_forecast_by_forecast_zone.json is a listing of 360 documents of report 12311, posted 2025-03-06T06:30:00Z to "
                + "2025-03-13T17:30:00Z, not data",
            result.Why);
    }

    [Theory]
    [InlineData("cdr.00012311.0000000000000000.20250313.123000.LFC.csv", "2025-03-13T17:30:00Z")]
    [InlineData("cdr.00012311.0000000000000000.20250313.123000586.LFC_csv.zip", "2025-03-13T17:30:00Z")]
    [InlineData("cdr.00012311.0000000000000000.20251102.013000.LFC.csv", "2025-11-02T06:30:00Z")]
    [InlineData("cdr.00012311.0000000000000000.20251102.013000xhr.LFC.csv", "2025-11-02T07:30:00Z")]
    public void A_documents_name_says_when_it_was_posted(string name, string posted) =>
        Assert.Equal(posted, $"{ErcotDocument.PostedIn(name)}");

    [Theory]
    [InlineData("report.csv")]
    [InlineData("cdr.00012311.0000000000000000.20250399.123000.LFC.csv")]
    [InlineData("cdr.00012311.0000000000000000.20250309.023000.LFC.csv")]
    public void A_name_without_a_possible_time_says_nothing(string name) => Assert.Null(ErcotDocument.PostedIn(name));

    [Fact]
    public void An_entry_without_a_time_fails_by_name()
    {
        var error = Assert.Throws<FeedFormatException>(() => ErcotDocumentList.TryRead(
            """{"archives":[{"docId":1,"friendlyName":"a","postDatetime":"soon"}]}"""u8.ToArray(), "list.json"));
        Assert.Equal("list.json:archives[0].postDatetime: expected a time of the Texas clock, found 'soon'", error.Message);
    }

    private static FeedFile File(string name) => FeedFile.FromPath(Samples.PathOf("ercot", name));

    private static ErcotDocumentList Read(string name) =>
        ErcotDocumentList.TryRead(System.IO.File.ReadAllBytes(Samples.PathOf("ercot", name)), name)!;
}
