using Aurum.Market.Series;
using Aurum.Sources;
using Aurum.Sources.Fred;

namespace Aurum.Tests.Market.Series;

public sealed class SeriesEquivalentTests
{
    [Fact]
    public void A_series_has_its_substitutes_in_order() => Assert.Equal(
        ("ecb", "USD/CAD"),
        SeriesEquivalent.Of("fred", "series/DEXCAUS").Select(e => (e.FallbackProvider, e.FallbackSeriesId)).Single());

    [Fact]
    public void A_series_without_a_declared_substitute_has_none() => Assert.Empty(SeriesEquivalent.Of("fred", "series/DGS10"));

    [Fact]
    public void Both_sides_are_of_publishers_that_are_collected_and_not_the_same()
    {
        var publishers = FeedCatalog.All.Select(f => f.Id.Publisher).ToHashSet();
        Assert.All(SeriesEquivalent.All, e =>
        {
            Assert.Contains(e.Provider, publishers);
            Assert.Contains(e.FallbackProvider, publishers);
            Assert.NotEqual(e.Provider, e.FallbackProvider);
            Assert.NotEmpty(e.Note);
        });
    }

    [Fact]
    public void What_is_declared_of_fred_is_asked_for() => Assert.All(
        SeriesEquivalent.All.Where(e => e.Provider == "fred"),
        e => Assert.NotNull(FredSeries.Find(e.SeriesId["series/".Length..])));

    [Fact]
    public void No_pair_stands_twice() => Assert.Equal(
        SeriesEquivalent.All.Count,
        SeriesEquivalent.All.Select(e => (e.Provider, e.SeriesId, e.FallbackProvider, e.FallbackSeriesId)).Distinct().Count());
}
