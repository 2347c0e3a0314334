using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Project;

namespace Aurum.Tests.Ticks.Project;

public sealed class ProjectStageTests
{
    [Fact]
    public void The_latest_price_moves_on_by_event_time_and_sequence_alone()
    {
        var (stage, changes) = Run(
            TickMessages.B("1", price: 1, sequence: 5),
            TickMessages.B("2", TickMessages.Occurred + 10, price: 0, sequence: 6),
            TickMessages.B("3", TickMessages.Occurred - 10, price: 3, sequence: 7),
            TickMessages.B("4", TickMessages.Occurred + 10, price: 4, sequence: 5),
            TickMessages.B("5", TickMessages.Occurred + 10, price: 5, sequence: 8));
        Assert.Equal([1.0, 0.0, 5.0], changes.Select(c => c.Price));
        Assert.True(stage.TryLatest(0, out var latest));
        Assert.Equal((5.0, 8L), (latest.Price, latest.Sequence));
        Assert.False(stage.TryLatest(1, out _));
    }

    [Fact]
    public void Tenants_have_prices_of_their_own()
    {
        var (stage, _) = Run(TickMessages.B("1", price: 1), TickMessages.B("2", price: 2).With("tenant_id", "other"));
        Assert.True(stage.TryLatest(0, out var first) && stage.TryLatest(1, out var second) && first.Price == 1 && second.Price == 2);
    }

    [Fact]
    public void A_basis_is_a_place_less_its_hub_at_about_the_same_time()
    {
        var (stage, _) = Run(
            TickMessages.B("1", price: 42.5),
            TickMessages.B("2", TickMessages.Occurred + 1_000_000, price: 40).With("payload.metadata.instrument_id", "HUB"),
            TickMessages.B("3", price: 1).With("payload.metadata.instrument_id", "GAS").With("payload.metadata.unit", "MMBtu"));
        Assert.Equal(2.5, stage.Basis(0, 1, 1_000_000));
        Assert.Equal(double.NaN, stage.Basis(0, 1, 999_999));
        Assert.Equal(double.NaN, stage.Basis(0, 2, 1_000_000));
        Assert.Equal(double.NaN, stage.Basis(0, 9, 1_000_000));
    }

    [Fact]
    public void A_bid_ask_spread_needs_both()
    {
        var (stage, _) = Run(TickMessages.B().WithRaw("""{"price":5,"bid":4.75,"ask":5.5}"""));
        Assert.True(stage.TryLatest(0, out var quote));
        Assert.Equal(0.75, quote.BidAskSpread);
        Assert.Equal(double.NaN, (quote with { Bid = double.NaN }).BidAskSpread);
    }

    private static (ProjectStage Stage, LatestPrice[] Changes) Run(params System.Text.Json.Nodes.JsonObject[] messages)
    {
        var normalized = TickMessages.Normalize(TickMessages.Lines(messages));
        var stage = new ProjectStage(normalized.Stage.Instruments);
        using var output = new Batch<LatestPrice>();
        stage.OnBatch(normalized.Ticks, output);
        return (stage, output.Items.ToArray());
    }
}
