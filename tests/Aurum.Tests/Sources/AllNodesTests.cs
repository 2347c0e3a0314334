using Aurum.Market.Feeds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Sources;

public sealed class AllNodesTests
{
    private static readonly Feed RealTime = FeedCatalog.Find(new FeedId("caiso/real-time-lmp"));

    [Fact]
    public void A_running_day_of_CAISO_asks_for_the_hours_that_have_begun_and_those_that_are_over_once()
    {
        var day = RealTime.Day(new LocalDate(2026, 6, 30));
        var requests = AllNodes.Everywhere.Widened(RealTime).Locate(day, day.Start + Duration.FromMinutes(151));
        Assert.Equal([true, true, false], requests.Select(r => r.IsPiece));
        Assert.All(requests, r => Assert.EndsWith("&grp_type=ALL", r.PathAndQuery, StringComparison.Ordinal));
        Assert.Contains(
            "startdatetime=20260630T09:00-0000&enddatetime=20260630T10:00-0000", requests[2].PathAndQuery, StringComparison.Ordinal);
        Assert.Equal(3, requests.Select(r => r.FileName).Distinct().Count());
    }

    [Fact]
    public void A_day_of_25_hours_that_is_over_is_asked_for_whole()
    {
        var day = RealTime.Day(new LocalDate(2025, 11, 2));
        var requests = AllNodes.Everywhere.Widened(RealTime).Locate(day, day.End);
        Assert.Equal(25, requests.Count);
        Assert.All(requests, r => Assert.False(r.IsPiece));
    }

    [Fact]
    public void Only_what_is_wanted_is_widened()
    {
        var pjm = FeedCatalog.Find(new FeedId("pjm/real-time-lmp"));
        var nodes = AllNodes.Of(["pjm"]);
        Assert.Same(RealTime, nodes.Widened(RealTime));
        var day = pjm.Day(new LocalDate(2026, 6, 1));
        var now = Instant.FromUtc(2026, 6, 20, 0, 0);
        Assert.Contains("pnode_id=", pjm.Locate(day, now)[0].PathAndQuery, StringComparison.Ordinal);
        Assert.DoesNotContain("pnode_id=", nodes.Widened(pjm).Locate(day, now)[0].PathAndQuery, StringComparison.Ordinal);
        Assert.Equal(("all", "named", null), (nodes.OfSite("pjm-api"), nodes.OfSite("caiso-oasis"), nodes.OfSite("nyiso-mis")));
    }
}
