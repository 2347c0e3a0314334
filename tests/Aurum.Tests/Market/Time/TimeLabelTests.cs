using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Market.Time;

/// <summary>The publishers' other ways of naming an hour, on days that were seen in their files.</summary>
public sealed class TimeLabelTests
{
    [Fact]
    public void CAISO_hour_25_is_the_second_hour_that_ends_at_2()
    {
        var autumn = new LocalDate(2025, 11, 2);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 8, 0), new OprHour(autumn, 2).ToInterval(MarketZones.Pacific).Start);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 9, 0), new OprHour(autumn, 25).ToInterval(MarketZones.Pacific).Start);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 10, 0), new OprHour(autumn, 3).ToInterval(MarketZones.Pacific).Start);
    }

    [Fact]
    public void CAISO_leaves_hour_3_out_in_spring()
    {
        var left = new OprHour(new LocalDate(2019, 3, 10), 3);
        Assert.Equal(
            "2019-03-10 OPR_HR 3 does not exist in America/Los_Angeles: that day has 23 hours.",
            Assert.Throws<TimeLabelException>(() => left.ToInterval(MarketZones.Pacific)).Message);
    }

    [Fact]
    public void A_list_that_closes_with_hour_25_counts_the_hours_as_they_ran()
    {
        var last = new RunningHour(new LocalDate(2024, 11, 3), 25);
        var dayBefore = new RunningHour(new LocalDate(2024, 11, 2), 25);
        Assert.Equal(Instant.FromUtc(2024, 11, 4, 5, 0), last.ToInterval(MarketZones.Central).Start);
        Assert.Equal(
            "2024-11-02 hour 25 does not exist in America/Chicago: that day has 24 hours.",
            Assert.Throws<TimeLabelException>(() => dayBefore.ToInterval(MarketZones.Central)).Message);
    }

    [Fact]
    public void ERCOT_interval_4_of_hour_1_ends_at_1() =>
        Assert.Equal(
            "2024-03-29T05:45:00Z/2024-03-29T06:00:00Z",
            new HourPart(new HourEnding(new LocalDate(2024, 3, 29), 1), 4, 15).ToInterval(MarketZones.Central).ToString());

    [Theory]
    [InlineData("2020-01-06T06", "2020-01-06T05:00:00Z/2020-01-06T06:00:00Z")]
    [InlineData("2020-01-06T00", "2020-01-05T23:00:00Z/2020-01-06T00:00:00Z")]
    [InlineData("2020-01-06T00-07", "2020-01-06T06:00:00Z/2020-01-06T07:00:00Z")]
    public void EIA_names_the_end_of_the_hour_in_UTC(string period, string interval) =>
        Assert.Equal(interval, UtcHourEnd.Parse(period).ToInterval().ToString());

    [Theory]
    [InlineData("2020-01-06")]
    [InlineData("2020-01-06T24")]
    [InlineData("2020-01-06T6")]
    [InlineData("2020-01-06T06:00")]
    [InlineData("2020-01-06T00 07")]
    [InlineData("2020-02-30T00")]
    public void Other_periods_are_not_EIA_hours(string period) =>
        Assert.Equal(
            $"expected an hour such as 2020-01-06T06, found '{period}'",
            Assert.Throws<FormatException>(() => UtcHourEnd.Parse(period)).Message);

    [Fact]
    public void EIA_hours_of_every_changing_day_lead_back_to_their_text()
    {
        foreach (var interval in ZoneChanges.Days.SelectMany(day => ZoneChanges.Tile(day, 60)))
        {
            var label = UtcHourEnd.FromInterval(interval);
            Assert.True(UtcHourEnd.TryParse(System.Text.Encoding.UTF8.GetBytes(label.ToString()), out var read));
            Assert.Equal(interval, read.ToInterval());
        }
    }

    [Fact]
    public void NYISO_tells_the_passes_by_the_word_of_the_zone()
    {
        var reading = new LocalDateTime(2025, 11, 2, 1, 0);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 5, 0), new ZonedStamp(reading, Word("EDT")).ToInstant(MarketZones.Eastern));
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 6, 0), new ZonedStamp(reading, Word("EST")).ToInstant(MarketZones.Eastern));
    }

    [Fact]
    public void A_word_that_the_clock_does_not_show_then_fails_by_name() =>
        Assert.Equal(
            "2025-07-04 00:05:00 EST does not exist in America/New_York: that clock shows EDT then.",
            Assert.Throws<TimeLabelException>(
                () => new ZonedStamp(new LocalDateTime(2025, 7, 4, 0, 5), Word("EST")).ToInstant(MarketZones.Eastern)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("ED")]
    [InlineData("edt")]
    [InlineData("CEST")]
    public void Other_words_are_not_time_zones(string text) => Assert.False(TimeZoneWord.TryParse(text, out _));

    [Fact]
    public void Parts_must_divide_the_hour()
    {
        var hour = new HourEnding(new LocalDate(2025, 6, 1), 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HourPart(hour, 1, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HourPart(hour, 5, 15));
        Assert.Throws<ArgumentException>(
            () => HourPart.FromInterval(DeliveryInterval.StartingAt(Instant.FromUtc(2025, 6, 1, 0, 7), 15), MarketZones.Utc));
    }

    private static TimeZoneWord Word(string text) =>
        TimeZoneWord.TryParse(text, out var word) ? word : throw new ArgumentException(text);
}
