using System.IO.Compression;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Nyiso;
using NodaTime;

namespace Aurum.Tests.Sources.Nyiso;

/// <summary>Archives here are synthetic: of prices no month zip was recorded.</summary>
public sealed class NyisoFilesTests
{
    private const string Header = "Time Stamp,Time Zone,Fuel Category,Gen MW\r\n";

    private static readonly OperatingDay Third = new(new LocalDate(2025, 2, 3), MarketZones.Eastern);

    [Theory]
    [InlineData("2026-10-09T12:00:00Z", "/csv/rtfuelmix/20261009rtfuelmix.csv")]
    [InlineData("2026-10-15T12:00:00Z", "/csv/rtfuelmix/20261009rtfuelmix.csv")]
    [InlineData("2026-10-16T03:59:00Z", "/csv/rtfuelmix/20261009rtfuelmix.csv")]
    [InlineData("2026-10-16T04:00:00Z", "/csv/rtfuelmix/20261001rtfuelmix_csv.zip")]
    [InlineData("2028-01-01T00:00:00Z", "/csv/rtfuelmix/20261001rtfuelmix_csv.zip")]
    public void A_week_of_days_comes_as_daily_files_and_older_ones_as_the_zip_of_their_month(string now, string path)
    {
        var request = Assert.Single(FuelMix.Feed.Locate(
            FuelMix.Feed.Day(new LocalDate(2026, 10, 9)), NodaTime.Text.InstantPattern.General.Parse(now).Value));
        Assert.Equal(("nyiso-mis", path), (request.Site, request.PathAndQuery));
        Assert.Equal(Path.GetFileName(path), request.FileName);
    }

    [Theory]
    [InlineData("nyiso/day-ahead-lmp-zone", "/csv/damlbmp/20261009damlbmp_zone.csv")]
    [InlineData("nyiso/day-ahead-lmp-generator", "/csv/damlbmp/20261009damlbmp_gen.csv")]
    [InlineData("nyiso/real-time-lmp-zone", "/csv/realtime/20261009realtime_zone.csv")]
    [InlineData("nyiso/real-time-lmp-generator", "/csv/realtime/20261009realtime_gen.csv")]
    [InlineData("nyiso/hourly-lmp-zone", "/csv/rtlbmp/20261009rtlbmp_zone.csv")]
    [InlineData("nyiso/hourly-lmp-generator", "/csv/rtlbmp/20261009rtlbmp_gen.csv")]
    [InlineData("nyiso/load", "/csv/pal/20261009pal.csv")]
    [InlineData("nyiso/load-integrated", "/csv/palIntegrated/20261009palIntegrated.csv")]
    [InlineData("nyiso/load-forecast", "/csv/isolf/20261009isolf.csv")]
    [InlineData("nyiso/interface-flows", "/csv/ExternalLimitsFlows/20261009ExternalLimitsFlows.csv")]
    public void Every_feed_asks_for_its_own_file(string id, string path)
    {
        var feed = NyisoFeeds.All.Single(f => f.Id.Text == id);
        var requests = feed.Locate(feed.Day(new LocalDate(2026, 10, 9)), Instant.FromUtc(2026, 10, 9, 12, 0));
        Assert.Equal(path, Assert.Single(requests).PathAndQuery);
    }

    [Fact]
    public void Of_a_month_only_the_day_asked_for_is_read()
    {
        var (result, rows) = ParsedFile.RowsOf(FuelMix.Feed, Month(Third, 1, 2, 3, 4));
        Assert.Equal((Outcome.Data, 2), (result.Outcome, rows.Count));
        Assert.All(rows, r => Assert.True(Third.Contains(r.Delivery)));
    }

    [Fact]
    public void A_month_handed_over_by_a_person_is_read_whole() =>
        Assert.Equal(8, ParsedFile.RowsOf(FuelMix.Feed, Month(null, 1, 2, 3, 4)).Rows.Count);

    [Fact]
    public void A_day_that_the_month_lacks_stays_open()
    {
        var (result, rows) = ParsedFile.RowsOf(FuelMix.Feed, Month(Third, 1, 2, 4));
        Assert.Empty(rows);
        Assert.Equal(Outcome.NotYetPublished, result.Outcome);
        Assert.Equal("20250201rtfuelmix_csv.zip has no file for 2025-02-03", result.Why);
    }

    [Fact]
    public void A_header_without_rows_is_proven_empty() =>
        Assert.Equal(Outcome.ProvenEmpty, ParsedFile.RowsOf(FuelMix.Feed, "20250203rtfuelmix.csv", Header).Result.Outcome);

    [Fact]
    public void A_web_page_with_status_200_is_no_data()
    {
        const string Page = "<html><head><title>Sorry</title></head></html>";
        var (result, _) = ParsedFile.RowsOf(FuelMix.Feed, "20250203rtfuelmix.csv", Page);
        Assert.Equal(Outcome.Unavailable, result.Outcome);
    }

    [Fact]
    public void An_empty_file_and_a_cut_archive_fail_by_name()
    {
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(FuelMix.Feed, "20250203rtfuelmix.csv", ""));
        var month = Month(Third, 1, 2, 3);
        using var whole = month.Open();
        var cut = new byte[whole.Length / 2];
        whole.ReadExactly(cut);
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(FuelMix.Feed, FeedFile.FromBytes(month.Name, cut, Third)));
    }

    [Fact]
    public void An_answer_that_ends_inside_a_line_is_a_cut_one_and_a_file_from_a_person_is_not()
    {
        const string Cut = "\"Time Stamp\",\"Time Zone\",\"Name\",\"PTID\",\"Load\"\r\n"
            + "\"02/03/2025 00:00:00\",\"EST\",\"CAPITL\",61757,1067.1";
        Assert.Single(ParsedFile.RowsOf(ActualLoad.Feed, File(Cut)).Rows);
        Assert.Single(ParsedFile.RowsOf(ActualLoad.Feed, File(Cut + "\r\n") with { IsAnswer = true }).Rows);
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(ActualLoad.Feed, File(Cut) with { IsAnswer = true }));
        Assert.Equal(("2", "a line end"), (error.Place, error.Expected));
    }

    [Theory]
    [InlineData("3000.0", true)]
    [InlineData("3000.", false)]
    [InlineData("300", false)]
    public void The_last_number_of_a_fuel_mix_without_line_end_is_whole_with_its_decimal(string number, bool isWhole)
    {
        var file = File($"{Header}02/03/2025 00:05:00,EST,Hydro,{number}");
        var error = Record.Exception(() => ParsedFile.RowsOf(FuelMix.Feed, file with { IsAnswer = true }));
        Assert.Equal(isWhole, error is null);
        Assert.True(isWhole || error is FeedFormatException);
    }

    private static FeedFile File(string text) => FeedFile.FromBytes("20250203test.csv", Encoding.UTF8.GetBytes(text), Third);

    private static FeedFile Month(OperatingDay? asked, params int[] days)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var day in days)
            {
                using var content = new StreamWriter(zip.CreateEntry($"202502{day:00}rtfuelmix.csv").Open(), Encoding.UTF8);
                content.Write($"{Header}02/{day:00}/2025 00:05:00,EST,Hydro,3000\r\n02/{day:00}/2025 00:05:00,EST,Wind,900\r\n");
            }
        }

        return FeedFile.FromBytes("20250201rtfuelmix_csv.zip", bytes.ToArray(), asked);
    }
}
