using Aurum.Quality.Gates;

namespace Aurum.Tests.Quality.Checks;

public sealed class KnownLocationsTests
{
    private const string Complete = "- { type: expect_known_locations_complete, severity: batch, mostly: 0.5 }";

    [Fact]
    public void Known_places_that_are_missing_fail_the_batch_below_the_share()
    {
        var trial = Trial.Of(Complete, [Trial.Price(1, node: "A")], new GateContext(KnownLocations: ["A", "B", "C"]));
        Assert.Equal(GateOutcome.BatchFailed, trial.Report.Overall);
        Assert.Equal(["B is missing", "C is missing"], trial.Result.Examples);
        Assert.Equal(GateOutcome.Pass,
            Trial.Of(Complete, [Trial.Price(1, node: "A")], new GateContext(KnownLocations: ["A", "B"])).Report.Overall);
    }

    [Fact]
    public void As_a_warning_they_stop_nothing()
    {
        var trial = Trial.Of(
            "- { type: expect_known_locations_complete, severity: warn }", [Trial.Price(1, node: "A")],
            new GateContext(KnownLocations: ["A", "B"]));
        Assert.Equal((CheckStatus.Warn, GateOutcome.Pass), (trial.Result.Status, trial.Report.Overall));
    }

    [Fact]
    public void Places_seen_for_the_first_time_are_a_note()
    {
        var trial =
            Trial.Of(Complete, [Trial.Price(1, node: "NEW"), Trial.Price(1, node: "A")], new GateContext(KnownLocations: ["A"]));
        Assert.Equal(["1 places seen for the first time: NEW"], trial.Report.Notes);
        Assert.True(trial.Result.Success);
    }

    [Fact]
    public void Where_no_place_is_known_nothing_is_said()
    {
        var trial = Trial.Of(Complete, [Trial.Price(1)]);
        Assert.Equal((CheckStatus.NotApplicable, "no place is known yet"), (trial.Result.Status, trial.Result.Details));
        Assert.Empty(trial.Report.Notes);
    }
}
