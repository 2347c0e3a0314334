using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Quality.Gates;

namespace Aurum.Tests.Quality.Checks;

public sealed class NotNullTests
{
    [Fact]
    public void A_price_that_is_not_a_number_is_unknown()
    {
        var trial = Trial.Of(
            "- { type: expect_column_values_to_not_be_null, column: lmp, severity: row }",
            [Trial.Price(0), Trial.Price(double.NaN), Trial.Price(-1)]);
        Assert.Equal([1], trial.Failed);
        Assert.Equal(["lmp is unknown"], trial.Reasons);
        Assert.Equal(3, trial.Result.Checked);
    }

    [Fact]
    public void An_empty_text_is_unknown() => Assert.Equal([1], Trial.Of(
        "- { type: expect_column_values_to_not_be_null, column: location_id, severity: row }",
        [Trial.Price(1, node: "A"), Trial.Price(1, node: ""), Trial.Price(1, node: "B")]).Failed);

    [Fact]
    public void An_instant_of_1970_is_unknown()
    {
        var gate = SuiteCompiler.Compile(
            Trial.Suite("- { type: expect_column_values_to_not_be_null, column: issued_at_utc, severity: row }"), LoadFeed());
        var area = new Location("Z", LocationType.Zone);
        var delivery = DeliveryInterval.StartingAt(Trial.Day(2025, 7, 1).Start, 60);
        Assert.Equal([0], Trial.Of(gate, [new LoadRow(area, delivery, 5), new LoadRow(area, delivery, 5, 1_750_000_000)]).Failed);
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.51, false)]
    public void The_share_of_known_values_has_bounds(double least, bool holds)
    {
        var trial = Trial.Of(
            FormattableString.Invariant(
                $"- {{ type: expect_column_proportion_of_non_null_values_to_be_between, column: energy, min_value: {least} }}"),
            [Trial.Price(1), Trial.Row("A", Trial.Day(2025, 7, 1).Start, 60, 1, energy: 1)]);
        Assert.Equal(holds, trial.Result.Success);
        Assert.Equal("1 of 2 values of energy are known", trial.Result.Details);
    }

    [Fact]
    public void A_share_is_taken_of_the_rows_that_the_condition_is_about()
    {
        var trial = Trial.Of(
            "- { type: expect_column_proportion_of_non_null_values_to_be_between, column: energy, min_value: 1, when: lmp > 10 }",
            [Trial.Price(1), Trial.Row("A", Trial.Day(2025, 7, 1).Start, 60, 11, energy: 1)]);
        Assert.True(trial.Result.Success);
        Assert.Equal("1 of 1 values of energy are known", trial.Result.Details);
    }

    private static Feed<LoadRow> LoadFeed()
    {
        var prices = Trial.LmpFeed();
        return new Feed<LoadRow>
        {
            Id = new FeedId("trial/load"),
            Title = prices.Title,
            Facts = prices.Facts,
            Zone = prices.Zone,
            Schedule = prices.Schedule,
            Contract = IsoContract.Of("CAISO", IsoMarket.RealTime, IsoProduct.Load, prices.Zone, 60),
            Suite = "iso_load",
            Locate = prices.Locate,
            Recognizes = prices.Recognizes,
            Table = PowerTables.Load,
            Parse = static (_, _) => ParseResult.Data,
        };
    }
}
