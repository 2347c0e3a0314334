using Aurum.Market.Feeds;

namespace Aurum.Tests.Feeds;

public sealed class FeedIdTests
{
    [Fact]
    public void Names_its_publisher_and_its_dataset()
    {
        var id = new FeedId("caiso/day-ahead-lmp");
        Assert.Equal("caiso", id.Publisher);
        Assert.Equal("day-ahead-lmp", id.Dataset);
    }

    [Theory]
    [InlineData("caiso")]
    [InlineData("CAISO/day-ahead-lmp")]
    [InlineData("caiso/day ahead")]
    [InlineData("caiso/day-ahead/lmp")]
    public void Refuses_what_is_not_publisher_and_dataset_in_kebab_case(string text) =>
        Assert.Contains(text, Assert.Throws<ArgumentException>(() => new FeedId(text)).Message, StringComparison.Ordinal);
}
