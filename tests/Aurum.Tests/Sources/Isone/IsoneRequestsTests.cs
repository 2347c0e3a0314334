using Aurum.Market.Feeds;
using Aurum.Sources.Isone;
using NodaTime;

namespace Aurum.Tests.Sources.Isone;

public sealed class IsoneRequestsTests
{
    private const string Preliminary = "/fiveminutelmp/prelim/day/20241103/starthour/";

    [Fact]
    public void Five_minute_prices_are_asked_for_by_the_hour_those_that_are_over_once()
    {
        var day = RealTimeLmp.Feed.Day(new LocalDate(2024, 11, 4));
        var requests = RealTimeLmp.Feed.Locate(day, day.Start + Duration.FromMinutes(135));
        Assert.Equal(
            [("/fiveminutelmp/prelim/day/20241104/starthour/00", true), ("/fiveminutelmp/prelim/day/20241104/starthour/01", true),
                ("/fiveminutelmp/prelim/day/20241104/starthour/02", false)],
            requests.Select(r => (r.PathAndQuery, r.IsPiece)));
    }

    [Fact]
    public void When_the_day_is_over_all_its_hours_are_asked_for_again()
    {
        var day = RealTimeLmp.Feed.Day(new LocalDate(2024, 11, 4));
        var requests = RealTimeLmp.Feed.Locate(day, day.End);
        Assert.Equal(24, requests.Count);
        Assert.All(requests, r => Assert.False(r.IsPiece));
        Assert.All(
            RealTimeLmp.Feed.Locate(day, day.End + Duration.FromDays(5)),
            r => Assert.StartsWith("/fiveminutelmp/final/", r.PathAndQuery, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(125, false)]
    [InlineData(189, false)]
    [InlineData(190, true)]
    public void The_hour_that_comes_twice_is_asked_for_once_and_over_when_both_are(int minutes, bool isOver)
    {
        var day = RealTimeLmp.Feed.Day(new LocalDate(2024, 11, 3));
        var hour = Assert.Single(
            RealTimeLmp.Feed.Locate(day, day.Start + Duration.FromMinutes(minutes)), r => r.PathAndQuery == Preliminary + "01");
        Assert.Equal(isOver, hour.IsPiece);
    }

    [Fact]
    public void The_hour_that_the_clock_jumps_over_is_not_asked_for()
    {
        var day = RealTimeLmp.Feed.Day(new LocalDate(2024, 3, 10));
        var hours = RealTimeLmp.Feed.Locate(day, day.End).Select(r => r.PathAndQuery[^2..]).ToList();
        Assert.Equal(23, hours.Count);
        Assert.DoesNotContain("02", hours);
    }

    [Fact]
    public void The_service_wants_user_and_password_the_web_site_does_not()
    {
        Assert.All(IsoneFeeds.All, feed => Assert.All(feed.Locate(feed.Day(new LocalDate(2024, 3, 10)), Instant.MaxValue), request =>
            Assert.Equal(
                request.Site == "isone-api" ? new BasicSecret("isone-user", "isone-password") : null, request.SignIn)));
    }
}
