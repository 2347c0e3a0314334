using Aurum.Market.Feeds;
using Aurum.Sources.Ecb;

namespace Aurum.Tests.Sources.Ecb;

public sealed class CurrencyCatalogTests
{
    [Fact]
    public void The_currencies_of_a_recorded_fixing_are_entries()
    {
        var rows = ParsedFile.RowsOf(
            CurrencyCatalog.Feed, FeedFile.FromPath(Samples.PathOf("ecb", "eurofxref-daily_20170308.xml"))).Rows;
        var dollar = rows.Single(r => r.SeriesId.Text == "EUR/USD");

        Assert.Equal(31, rows.Count(r => r.Category.Text == "currency"));
        Assert.Equal(16, rows.Count(r => r.Category.Text == "cross rate"));
        Assert.Equal(
            ("Euro reference rate: USD per EUR", "USD/EUR", "2017-03-08", "D"),
            (dollar.Title.Text, dollar.UnitCode?.Text, dollar.LastObservationDate?.Text, dollar.Frequency?.Text));
    }
}
