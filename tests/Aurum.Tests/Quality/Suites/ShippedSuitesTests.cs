using Aurum.Curves.Feeds;
using Aurum.Market.Feeds;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using Aurum.Sources;

namespace Aurum.Tests.Quality.Suites;

public sealed class ShippedSuitesTests
{
    public static TheoryData<string> Feeds => new(FeedCatalog.All.Select(static f => f.Id.Text));

    [Fact]
    public void There_is_one_for_every_table_and_one_for_forecast_series() =>
        Assert.Equal(
            [
                .. CurveFeeds.Suites.Order(StringComparer.Ordinal), "iso_asm", "iso_genmix", "iso_lmp", "iso_load", "series_catalog",
                "timeseries_forecast", "timeseries_observation",
            ],
            Suite.Names);

    [Fact]
    public void Each_is_named_like_its_file() =>
        Assert.All(Suite.Names, static name => Assert.Equal(name, Suite.Load(name).Name));

    [Fact]
    public void One_that_does_not_exist_is_named_with_those_that_do() => Assert.Contains(
        "there is no suite 'iso_lpm'; there are curve_arbitrage, curve_business",
        Assert.Throws<ArgumentException>(static () => Suite.Load("iso_lpm")).Message,
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Feeds))]
    public void The_suite_of_every_feed_compiles_and_is_one_of_its_table(string feed)
    {
        var found = FeedCatalog.All.Single(f => f.Id.Text == feed);
        Assert.Equal(found.TableName, found.Suite == "timeseries_forecast" ? "timeseries_observation" : found.Suite);
        Assert.Equal(Suite.Load(found.Suite).Expectations.Count, found.Accept(new EmptyRun()).Results.Count);
    }

    [Fact]
    public void The_suites_of_curves_compile_for_every_vendor() => Assert.All(
        CurveFeeds.Vendors,
        vendor => Assert.All(CurveFeeds.Suites, name => Assert.NotEmpty(
            SuiteCompiler.Compile(Suite.Load(name), vendor.Merged).Begin(new GateContext()).Finish().Results)));

    private sealed class EmptyRun : IFeedVisitor<GateReport>
    {
        public GateReport Visit<TRow>(Feed<TRow> feed)
            where TRow : struct => SuiteCompiler.Compile(Suite.Load(feed.Suite), feed).Begin(new GateContext()).Finish();
    }
}
