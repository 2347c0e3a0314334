using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Market.Time;

public sealed class RepeatedHourFlagTests
{
    private static readonly LocalDate Autumn = new(2025, 11, 2);

    [Fact]
    public void By_default_the_flag_marks_the_hour_after_the_clock_went_back()
    {
        var flag = default(RepeatedHourFlag);
        Assert.Equal(new RepeatedHourFlag(), flag);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 6, 0), flag.Hour(Autumn, 2, isFlagged: false, MarketZones.Central).ToInterval(MarketZones.Central).Start);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 7, 0), flag.Hour(Autumn, 2, isFlagged: true, MarketZones.Central).ToInterval(MarketZones.Central).Start);
    }

    [Fact]
    public void The_other_reading_is_one_setting()
    {
        var flag = new RepeatedHourFlag(FlaggedPass.First);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 6, 0), flag.Hour(Autumn, 2, isFlagged: true, MarketZones.Central).ToInterval(MarketZones.Central).Start);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 7, 0), flag.Hour(Autumn, 2, isFlagged: false, MarketZones.Central).ToInterval(MarketZones.Central).Start);
    }

    [Theory]
    [InlineData(FlaggedPass.Second, true, 7)]
    [InlineData(FlaggedPass.Second, false, 6)]
    [InlineData(FlaggedPass.First, true, 6)]
    [InlineData(FlaggedPass.First, false, 7)]
    public void A_stamp_with_seconds_reads_the_flag_alike(FlaggedPass marks, bool isFlagged, int utcHour) =>
        Assert.Equal(
            Instant.FromUtc(2025, 11, 2, utcHour, 13, 33),
            new RepeatedHourFlag(marks).Stamp(new LocalDateTime(2025, 11, 2, 1, 13, 33), isFlagged, MarketZones.Central).ToInstant(MarketZones.Central));

    [Theory]
    [InlineData(FlaggedPass.Second)]
    [InlineData(FlaggedPass.First)]
    public void A_flag_on_an_hour_that_runs_once_fails_by_name(FlaggedPass marks)
    {
        var flag = new RepeatedHourFlag(marks);
        var july = new LocalDate(2025, 7, 4);
        Assert.Equal(
            "2025-07-04 HE02 with its flag set does not exist in America/Chicago: that day has 24 hours.",
            Assert.Throws<TimeLabelException>(() => flag.Hour(july, 2, isFlagged: true, MarketZones.Central)).Message);
        Assert.Equal(
            "2025-07-04 01:05:00 with its flag set does not exist in America/Chicago: the clock shows that once on that day.",
            Assert.Throws<TimeLabelException>(() => flag.Stamp(july.At(new LocalTime(1, 5)), isFlagged: true, MarketZones.Central)).Message);
    }
}
