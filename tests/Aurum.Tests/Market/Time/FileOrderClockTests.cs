using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Market.Time;

public sealed class FileOrderClockTests
{
    private static readonly string[] Places = ["CAPITL", "WEST", "N.Y.C."];

    [Theory]
    [InlineData(60, false)]
    [InlineData(5, true)]
    public void Reads_every_changing_day_back_whichever_way_its_rows_are_grouped(int minutes, bool isEnd)
    {
        foreach (var day in ZoneChanges.Days)
        {
            var intervals = ZoneChanges.Tile(day, minutes);
            var byTime = intervals.SelectMany(interval => Places.Select(place => (place, interval)));
            var byPlace = Places.SelectMany(place => intervals.Select(interval => (place, interval)));
            Assert.Equal(byTime.Select(row => row.interval), Read(byTime, day.Zone, minutes, isEnd));
            Assert.Equal(byPlace.Select(row => row.interval), Read(byPlace, day.Zone, minutes, isEnd));
        }
    }

    [Fact]
    public void A_stamp_that_the_clock_jumped_over_fails_by_name()
    {
        var clock = new FileOrderClock<string>(MarketZones.Eastern);
        var failure = Assert.Throws<TimeLabelException>(() => clock.StartingAt("WEST", new LocalDateTime(2025, 3, 9, 2, 0), 60));
        Assert.Equal(
            "2025-03-09 02:00:00 of WEST does not exist in America/New_York: the clock jumps ahead that day.", failure.Message);
    }

    [Fact]
    public void A_repeated_hour_that_comes_a_third_time_fails_by_name()
    {
        var clock = new FileOrderClock<string>(MarketZones.Eastern);
        var stamp = new LocalDateTime(2025, 11, 2, 1, 0);
        clock.StartingAt("WEST", stamp, 60);
        clock.StartingAt("WEST", stamp, 60);
        var failure = Assert.Throws<TimeLabelException>(() => clock.StartingAt("WEST", stamp, 60));
        Assert.Equal(
            "2025-11-02 01:00:00 of WEST stands a third time in America/New_York: the clock goes back only once that day.",
            failure.Message);
    }

    [Fact]
    public void A_repeated_hour_that_comes_only_once_fails_by_name()
    {
        var clock = new FileOrderClock<string>(MarketZones.Eastern);
        clock.StartingAt("WEST", new LocalDateTime(2025, 11, 2, 1, 0), 60);
        var failure = Assert.Throws<TimeLabelException>(() => clock.StartingAt("WEST", new LocalDateTime(2025, 11, 2, 2, 0), 60));
        Assert.Equal(
            "2025-11-02 01:00:00 of WEST stands only once in America/New_York: the clock goes back that day, so it runs twice.",
            failure.Message);
    }

    [Fact]
    public void A_file_that_ends_in_the_first_pass_is_fine()
    {
        var clock = new FileOrderClock<string>(MarketZones.Eastern);
        var hour = clock.StartingAt("WEST", new LocalDateTime(2025, 11, 2, 1, 0), 60);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 5, 0), hour.Start);
    }

    [Fact]
    public void A_hole_in_the_first_pass_does_not_move_the_second()
    {
        var clock = new FileOrderClock<string>(MarketZones.Eastern);
        clock.EndingAt("WEST", new LocalDateTime(2025, 11, 2, 1, 30), 5);
        Assert.Equal(
            Instant.FromUtc(2025, 11, 2, 6, 0), clock.EndingAt("WEST", new LocalDateTime(2025, 11, 2, 1, 0), 5).End);
    }

    private static IEnumerable<DeliveryInterval> Read(
        IEnumerable<(string Place, DeliveryInterval Interval)> rows, DateTimeZone zone, int minutes, bool isEnd)
    {
        var clock = new FileOrderClock<string>(zone);
        return rows.Select(row => isEnd
            ? clock.EndingAt(row.Place, row.Interval.End.InZone(zone).LocalDateTime, minutes)
            : clock.StartingAt(row.Place, row.Interval.Start.InZone(zone).LocalDateTime, minutes)).ToList();
    }
}
