using Aurum.Sources.Ecb;

namespace Aurum.Tests.Sources.Ecb;

public sealed class EcbSamplesTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["eurofxref-daily_20130128.xml"] = "ecb/reference-rates Data 49 2013-01-28T00:00:00Z 2013-01-29T00:00:00Z 49",
        ["eurofxref-daily_20170308.xml"] = "ecb/reference-rates Data 47 2017-03-08T00:00:00Z 2017-03-09T00:00:00Z 47",
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed() =>
        RecordedFiles.HoldTo("ecb", Expected, new Dictionary<string, string>());

    [Fact]
    public void The_rates_of_8_March_2017_are_those_that_were_printed()
    {
        var path = Samples.PathOf("ecb", "eurofxref-daily_20170308.xml");
        var rows = ParsedFile.RowsOf(ReferenceRates.Feed, Aurum.Market.Feeds.FeedFile.FromPath(path)).Rows;

        Assert.Equal(31, rows.Count(r => r.Flags is null));
        Assert.Equal(1.0556, rows.Single(r => r.Series.Id == "EUR/USD").Value);
        Assert.Equal(1.4193 / 1.0556, rows.Single(r => r.Series.Id == "USD/CAD").Value);
        Assert.DoesNotContain(rows, r => r.Series.Id == "EUR/LTL");
    }
}
