using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources;

namespace Aurum.Tests.Sources;

public sealed class FeedDetectionTests
{
    [Theory]
    [InlineData("20180311_20180311_PUB_DAM_GRP_N_N_v2_csv.zip", "caiso/public-bids")]
    [InlineData("20190301_20190401_PRC_LMP_DAM_20200603_09_21_36_v1.csv", "caiso/day-ahead-lmp")]
    [InlineData("20191010_20191011_ENE_SLRS_DAM_20200511_12_10_51_v1.csv", "caiso/system-schedules")]
    [InlineData("20250219_20250227_SLD_FCST_7DA_20250221_01_09_58_v1.zip", "caiso/load-forecast-7-day")]
    [InlineData("ENE_SLRS.zip", "caiso/system-schedules")]
    [InlineData("SLD_FCST_ACTUAL_20251102_reduced.csv", "caiso/load-actual")]
    [InlineData("SLD_REN_FCST.zip", "caiso/renewable-forecast-day-ahead")]
    [InlineData("SLD_REN_FCST_no_data_ERR1000.xml", "caiso/renewable-forecast-day-ahead")]
    [InlineData("ene_slrs.xml", "caiso/system-schedules")]
    [InlineData("sld_forecast.xml", "caiso/load-forecast-real-time")]
    [InlineData("sld_ren_forecast.xml", "caiso/renewable-forecast-day-ahead")]
    public void Finds_the_feed_of_a_CAISO_file(string file, string feed) =>
        Assert.Equal(feed, FeedDetection.Detect(FeedFile.FromPath(Samples.PathOf("caiso", file))).Feed?.Id.Text);

    [Theory]
    [InlineData("20171104_DailyRenewablesWatch.txt", "text beginning with '11/04/17\t\t\tHourly Breakdown of Renewable Resources (MW)")]
    [InlineData("systemconditions.html", "a web page")]
    public void Says_what_a_file_of_no_feed_looks_like(string file, string looksLike)
    {
        var match = FeedDetection.Detect(FeedFile.FromPath(Samples.PathOf("caiso", file)));
        Assert.Null(match.Feed);
        Assert.StartsWith($"it looks like {looksLike}", match.LooksLike, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.bin", "\0\0\u0001", "a binary file")]
    [InlineData("x.csv", "", "an empty file")]
    [InlineData("x.csv", "a,b\n1,2\n", "CSV with columns a,b")]
    [InlineData("x.xml", "<?xml version=\"1.0\"?><a:Prices/>", "XML with root a:Prices")]
    [InlineData("x.json", "{ \"a\": 1 }", "JSON beginning with { \"a\": 1 }")]
    [InlineData("x.pdf", "%PDF-1.7", "a PDF document")]
    [InlineData("x.txt", "hello", "text beginning with 'hello'")]
    public void Describes_content_in_words(string name, string text, string looksLike) =>
        Assert.Equal($"it looks like {looksLike}", FeedDetection.Detect(FeedFile.FromBytes(name, Encoding.UTF8.GetBytes(text))).LooksLike);

    [Fact]
    public void Knows_a_cut_zip_by_its_name()
    {
        const string Name = "20250219_20250227_SLD_FCST_7DA_20250221_01_09_58_v1.zip";
        var cut = File.ReadAllBytes(Samples.PathOf("caiso", Name)).AsMemory(0, 20_000);
        var match = FeedDetection.Detect(FeedFile.FromBytes(Name, cut));
        Assert.Equal("caiso/load-forecast-7-day", match.Feed?.Id.Text);
        Assert.StartsWith("it looks like a damaged file", match.LooksLike, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("caiso")]
    [InlineData("nyiso")]
    [InlineData("ercot")]
    [InlineData("eia")]
    [InlineData("pjm")]
    [InlineData("miso")]
    [InlineData("isone")]
    public void No_feed_takes_a_file_of_another_publisher(string publisher) => Assert.All(Samples.Files(publisher), path =>
    {
        var match = FeedDetection.Detect(FeedFile.FromPath(path));
        Assert.All(match.Also.Prepend(match.Feed), feed => Assert.Equal(publisher, feed?.Id.Publisher ?? publisher));
    });
}
