using Aurum.App.Running;

namespace Aurum.Tests.Running;

public sealed class SharedLookTests
{
    [Fact]
    public void The_gauges_of_a_scrape_share_one_look_and_the_next_scrape_looks_again()
    {
        var looks = 0;
        var shared = new SharedLook<string>(() => $"look {++looks}");
        string[] Scrape() => [shared.For("lag"), shared.For("deliveries"), shared.For("failures")];
        Assert.Equal(["look 1", "look 1", "look 1"], Scrape());
        Assert.Equal(["look 2", "look 2", "look 2"], Scrape());
        Assert.Equal(["look 3", "look 4"], new[] { shared.For("lag"), shared.For("lag") });
    }
}
