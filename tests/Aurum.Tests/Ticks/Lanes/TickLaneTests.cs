using Aurum.App.Ticks.Lanes;
using Aurum.Sandbox.Ticks;
using Aurum.Tests.Store;

namespace Aurum.Tests.Ticks.Lanes;

public sealed class TickLaneTests : IDisposable
{
    private const int Messages = 1_500;
    private const int ManyMessages = 6_000;

    private readonly TestFolder _folder = TestFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lanes_whose_holders_die_give_the_bars_of_one_pipeline() => Fused(Messages, 0.3, TickMode.Malformed);

    [Fact]
    public void Stages_with_topics_between_them_whose_holders_die_give_the_bars_of_one_pipeline() => Staged(Messages, 0.25);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(0.0, TickMode.HighVolume)]
    [InlineData(0.3, TickMode.Malformed)]
    public void Lanes_with_many_messages_give_the_bars_of_one_pipeline(double deaths, TickMode mode) =>
        Fused(ManyMessages, deaths, mode);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(0.0)]
    [InlineData(0.25)]
    public void Stages_with_many_messages_give_the_bars_of_one_pipeline(double deaths) => Staged(ManyMessages, deaths);

    private void Fused(int count, double deaths, TickMode mode)
    {
        var messages = LaneTruth.Messages(count, 5, LaneDrive.Lanes, mode);
        using var store = DuckDbStores.Open(_folder.Path);
        var drive = new LaneDrive(store, LaneStages.Fused, 11);
        drive.Run(LaneDrive.Blocks(messages, 3), deaths);
        LaneTruth.Of(messages).AssertSame(LaneTruth.Of(store));
        Assert.Equal(deaths > 0, drive.Refused > 0);
    }

    private void Staged(int count, double deaths)
    {
        var messages = LaneTruth.Messages(count, 6, LaneDrive.Lanes, TickMode.Malformed);
        using var store = DuckDbStores.Open(_folder.Path);
        var topic = LaneDrive.Blocks(messages, 4);
        foreach (var stage in LaneStages.All.Skip(1))
        {
            var drive = new LaneDrive(store, stage, 12);
            drive.Run(topic, deaths);
            topic = drive.Output;
        }

        LaneTruth.Of(messages).AssertSame(LaneTruth.Of(store));
    }
}
