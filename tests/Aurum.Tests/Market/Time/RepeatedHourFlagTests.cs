using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Market.Time;

public sealed class RepeatedHourFlagTests
{
    private static readonly LocalDate Autumn = new(2025, 11, 2);

    [Fact]
    public void By_default_the_flag_marks_the_hour_after_the_clock_went_back()
    {
        Assert.Equal(new RepeatedHourFlag(FlaggedPass.Second), new RepeatedHourFlag());
        Assert.Equal(new RepeatedHourFlag(FlaggedPass.Second), default);
    }

    [Theory]
    [InlineData(FlaggedPass.Second, true, 7)]
    [InlineData(FlaggedPass.Second, false, 6)]
    [InlineData(FlaggedPass.First, true, 6)]
    [InlineData(FlaggedPass.First, false, 7)]
    public void The_other_reading_of_the_flag_is_one_setting(FlaggedPass marks, bool isFlagged, int utcHour)
    {
        var label = new RepeatedHourFlag(marks).Hour(Autumn, 2, isFlagged, MarketZones.Central);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, utcHour, 0), label.ToInterval(MarketZones.Central).Start);
    }

    [Theory]
    [InlineData(FlaggedPass.Second, true, 7)]
    [InlineData(FlaggedPass.Second, false, 6)]
    [InlineData(FlaggedPass.First, true, 6)]
    [InlineData(FlaggedPass.First, false, 7)]
    public void A_stamp_with_seconds_reads_the_flag_alike(FlaggedPass marks, bool isFlagged, int utcHour)
    {
        var stamp = new RepeatedHourFlag(marks).Stamp(Autumn.At(new LocalTime(1, 13, 33)), isFlagged, MarketZones.Central);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, utcHour, 13, 33), stamp.ToInstant(MarketZones.Central));
    }

    [Theory]
    [InlineData(FlaggedPass.Second)]
    [InlineData(FlaggedPass.First)]
    public void A_flag_on_an_hour_that_runs_once_fails_by_name(FlaggedPass marks)
    {
        var flag = new RepeatedHourFlag(marks);
        var july = new LocalDate(2025, 7, 4);
        var reading = july.At(new LocalTime(1, 5));
        Assert.Equal(
            "2025-07-04 HE02 with its flag set does not exist in America/Chicago: that day has 24 hours.",
            Assert.Throws<TimeLabelException>(() => flag.Hour(july, 2, isFlagged: true, MarketZones.Central)).Message);
        Assert.Equal(
            "2025-07-04 01:05:00 with its flag set does not exist in America/Chicago: the clock shows that once on that day.",
            Assert.Throws<TimeLabelException>(() => flag.Stamp(reading, isFlagged: true, MarketZones.Central)).Message);
    }
}
