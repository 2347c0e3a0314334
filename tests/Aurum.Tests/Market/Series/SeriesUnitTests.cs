using Aurum.Market.Series;
using Aurum.Sources.Fred;

namespace Aurum.Tests.Market.Series;

public sealed class SeriesUnitTests
{
    [Theory]
    [InlineData("$/BBL", "USD/bbl", 1)]
    [InlineData("Dollars per Barrel", "USD/bbl", 1)]
    [InlineData("c/kWh", "USD/kWh", 0.01)]
    [InlineData("Billions of Chained 2017 Dollars", "USD2017", 1e9)]
    public void The_words_of_publishers_mean_one_unit(string words, string code, double factor) =>
        Assert.Equal(new SeriesUnit(code, factor), SeriesUnit.Find(words));

    [Fact]
    public void Words_that_are_not_listed_mean_nothing() => Assert.Null(SeriesUnit.Find("Dollars per Bushel"));

    [Fact]
    public void The_units_of_all_series_that_are_asked_for_by_default_are_known() =>
        Assert.All(FredSeries.Asked, s => Assert.True(SeriesUnit.Find(s.Unit) is not null, $"{s.Id}: {s.Unit} is not in units.csv"));

    [Fact]
    public void Every_factor_is_a_positive_number() => Assert.All(
        SeriesUnit.Words, words => Assert.True(SeriesUnit.Find(words)!.Value.Factor > 0, words));
}
