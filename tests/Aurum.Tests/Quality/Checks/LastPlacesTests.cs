using Aurum.Quality.Gates;

namespace Aurum.Tests.Quality.Checks;

public sealed class LastPlacesTests
{
    private const string ToTheLast = "- { type: expect_known_locations_to_the_last, severity: warn }";

    [Fact]
    public void Places_known_behind_the_last_of_the_batch_are_named()
    {
        var trial = Trial.Of(ToTheLast, [Trial.Price(1, node: "A"), Trial.Price(1, node: "B")], Known("A", "B", "C", "D"));
        Assert.Equal((CheckStatus.Warn, GateOutcome.Pass), (trial.Result.Status, trial.Report.Overall));
        Assert.Equal(["C is missing behind B", "D is missing behind B"], trial.Result.Examples);
        Assert.Equal((4, 2), (trial.Result.Checked, trial.Result.Failed));
    }

    [Fact]
    public void A_place_that_is_gone_from_the_middle_or_new_at_the_end_is_no_cut() => Assert.All(
        [Known("A", "B", "C"), Known("A", "B")],
        known => Assert.True(
            Trial.Of(ToTheLast, [Trial.Price(1, node: "C"), Trial.Price(1, node: "A")], known).Result.Success));

    [Fact]
    public void Where_no_place_is_known_nothing_is_said() =>
        Assert.Equal(CheckStatus.NotApplicable, Trial.Of(ToTheLast, [Trial.Price(1)]).Result.Status);

    private static GateContext Known(params string[] places) => new(KnownLocations: places);
}
