using System.IO.Compression;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources;
using Aurum.Sources.Eia;
using NodaTime;

namespace Aurum.Tests.Sources.Eia;

/// <summary>Bulk files. Synthetic texts in the form that EIA documents; none was recorded.</summary>
public sealed class EiaBulkTests
{
    private const string Demand =
        """
        {"series_id":"EBA.CISO-ALL.D.H","name":"Demand for CISO, hourly - UTC time","units":"megawatthours","f":"H","start":"20150701T08Z","last_updated":"2025-01-01","data":[["20250102T00Z",3],["20250101T01Z",2],["20250101T00Z",null]]}
        """;

    private const string Local =
        """
        {"series_id":"EBA.CISO-ALL.D.HL","name":"Demand","units":"megawatthours","f":"HL","data":[["20250101T00-08",1]]}
        """;

    private const string Category = """{"category_id":"1","parent_category_id":"0","name":"All","childseries":["EBA.CISO-ALL.D.H"]}""";

    [Fact]
    public void Of_a_file_of_all_years_only_the_day_asked_for_is_read()
    {
        var (result, points) = ParsedFile.RowsOf(
            BulkSeries.Grid, Zip([Category, Demand, Local], BulkSeries.Grid.Day(new LocalDate(2025, 1, 1))));
        Assert.Equal(
            ["2025-01-01T23:00:00Z/2025-01-02T00:00:00Z 3", "2025-01-01T00:00:00Z/2025-01-01T01:00:00Z 2"],
            points.Select(p => $"{p.Period} {p.Value}"));
        Assert.All(points, p => Assert.Equal(("bulk/EBA.CISO-ALL.D.H", "megawatthours"), (p.Series.Id, p.Series.Unit)));
        Assert.Equal(["EBA.zip: 1 series left out whose frequency is none that is read (HL repeats H)"], result.Notes);
        Assert.Equal(3, ParsedFile.RowsOf(BulkSeries.Grid, Zip([Category, Demand, Local])).Rows.Count);
    }

    [Fact]
    public void A_day_that_the_file_does_not_reach_is_not_yet_published() => Assert.Equal(
        Outcome.NotYetPublished,
        ParsedFile.RowsOf(BulkSeries.Grid, Zip([Demand], BulkSeries.Grid.Day(new LocalDate(2026, 1, 1)))).Result.Outcome);

    [Theory]
    [InlineData("A", "2024", "2024-01-01T00:00:00Z/2025-01-01T00:00:00Z")]
    [InlineData("Q", "2024Q3", "2024-07-01T00:00:00Z/2024-10-01T00:00:00Z")]
    [InlineData("M", "202402", "2024-02-01T00:00:00Z/2024-03-01T00:00:00Z")]
    [InlineData("W", "20240930", "2024-09-24T00:00:00Z/2024-10-01T00:00:00Z")]
    [InlineData("4", "20240930", "2024-09-03T00:00:00Z/2024-10-01T00:00:00Z")]
    [InlineData("D", "20240229", "2024-02-29T00:00:00Z/2024-03-01T00:00:00Z")]
    [InlineData("H", "20240930T05Z", "2024-09-30T04:00:00Z/2024-09-30T05:00:00Z")]
    [InlineData("H", "20241103T00Z", "2024-11-02T23:00:00Z/2024-11-03T00:00:00Z")]
    public void A_period_has_the_form_of_its_frequency(string frequency, string text, string period)
    {
        Assert.True(EiaBulkPeriod.TryParse(Encoding.UTF8.GetBytes(text), (byte)frequency[0], out var found));
        Assert.Equal(period, $"{found}");
    }

    [Theory]
    [InlineData("Q", "2024Q5")]
    [InlineData("M", "202413")]
    [InlineData("M", "2024Q1")]
    [InlineData("D", "20230229")]
    [InlineData("H", "20240930T25Z")]
    [InlineData("H", "20240930T05-08")]
    [InlineData("A", "+024")]
    public void Another_form_is_no_period(string frequency, string text) =>
        Assert.False(EiaBulkPeriod.TryParse(Encoding.UTF8.GetBytes(text), (byte)frequency[0], out _));

    [Theory]
    [InlineData("\"units\"", "\"unit\"", "series_id, units and f before the values")]
    [InlineData("20250101T01Z", "2025-01-01", "a period of frequency H of bulk/EBA.CISO-ALL.D.H")]
    [InlineData(",2]", ",\"two\"]", "a decimal")]
    [InlineData("\"data\"", "\"datum\"", "a series with data, or a category")]
    public void What_cannot_be_read_is_named_with_its_line(string part, string change, string expected)
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            BulkSeries.Grid, Zip([Category, Demand.Replace(part, change, StringComparison.Ordinal)])));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("EBA.zip/EBA.txt:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_cut_in_the_middle_of_a_line_is_no_JSON()
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(BulkSeries.Grid, Zip([Category, Demand[..200]])));
        Assert.StartsWith("EBA.zip/EBA.txt:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_grid_and_all_other_bulk_files_are_told_apart()
    {
        Assert.Equal("eia/bulk-grid", FeedOf(Demand));
        Assert.Equal("eia/bulk-series", FeedOf(
            """{"series_id":"PET.RWTC.D","name":"WTI","units":"Dollars per Barrel","f":"D","data":[["20250102",71.2]]}"""));
    }

    [Fact]
    public void A_bulk_file_is_read_as_a_stream()
    {
        var values = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"[\"{2000 + (i % 20)}0101T{i % 24:00}Z\",{i}]"));
        var zip = Zip([.. Enumerable.Range(0, 10).Select(i =>
            $$"""{"series_id":"EBA.X{{i}}-ALL.D.H","name":"","units":"MWh","f":"H","data":[{{values}}]}""")],
            BulkSeries.Grid.Day(new LocalDate(2030, 1, 1)));
        using (var warm = zip.Open())
        {
            Assert.True(warm.Length > 0);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Outcome.NotYetPublished, BulkSeries.Grid.Parse(zip, new RowList<SeriesPoint>()).Outcome);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4L << 20);
    }

    [Fact]
    public void One_download_serves_the_days_of_a_backfill_and_coal_is_asked_for_by_the_quarter()
    {
        var now = Instant.FromUtc(2026, 1, 1, 0, 0);
        var request = Assert.Single(BulkSeries.Grid.Locate(BulkSeries.Grid.Day(new LocalDate(2025, 2, 3)), now));
        Assert.Equal(("eia-bulk", "/EBA.zip"), (request.Site, request.PathAndQuery));
        Assert.NotNull(request.SharedFor);
        Assert.Empty(request.SecretNames);
        Assert.Single(BulkSeries.Coal.Locate(BulkSeries.Coal.Day(new LocalDate(2025, 4, 1)), now));
        Assert.Empty(BulkSeries.Coal.Locate(BulkSeries.Coal.Day(new LocalDate(2025, 5, 1)), now));
    }

    private static string FeedOf(string line)
    {
        var head = new FileHead("X.zip", "X.txt", line + "\n");
        return Assert.Single(FeedCatalog.All, f => f.Recognizes(head)).Id.Text;
    }

    private static FeedFile Zip(IReadOnlyList<string> lines, Aurum.Market.Time.OperatingDay? day = null)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var writer = new StreamWriter(zip.CreateEntry("EBA.txt").Open());
            foreach (var line in lines)
            {
                writer.Write(line);
                writer.Write('\n');
            }
        }

        return FeedFile.FromBytes("EBA.zip", memory.ToArray(), day);
    }
}
