using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Market.Time;

public sealed class HourEndingTests
{
    private static readonly LocalDate Spring = new(2025, 3, 9);
    private static readonly LocalDate Autumn = new(2025, 11, 2);

    [Fact]
    public void An_hour_that_the_clock_jumped_over_fails_by_name()
    {
        var failure = Assert.Throws<TimeLabelException>(() => new HourEnding(Spring, 3).ToInterval(MarketZones.Central));
        Assert.Equal("2025-03-09 HE03 does not exist in America/Chicago: that day has 23 hours.", failure.Message);
        Assert.Equal("2025-03-09 HE03", failure.Label);
        Assert.Equal("America/Chicago", failure.ZoneId);
    }

    [Fact]
    public void A_repeated_hour_on_an_ordinary_day_fails_by_name()
    {
        var failure = Assert.Throws<TimeLabelException>(
            () => new HourEnding(new LocalDate(2025, 6, 1), 2, isRepeated: true).ToInterval(MarketZones.Pacific));
        Assert.Equal("2025-06-01 HE02* does not exist in America/Los_Angeles: that day has 24 hours.", failure.Message);
    }

    [Fact]
    public void The_two_hours_of_one_label_follow_each_other()
    {
        var first = new HourEnding(Autumn, 2).ToInterval(MarketZones.Central);
        var second = new HourEnding(Autumn, 2, isRepeated: true).ToInterval(MarketZones.Central);
        Assert.Equal("2025-11-02T06:00:00Z/2025-11-02T07:00:00Z", first.ToString());
        Assert.Equal("2025-11-02T07:00:00Z/2025-11-02T08:00:00Z", second.ToString());
    }

    [Fact]
    public void A_day_has_as_many_hours_as_its_clock_ran()
    {
        Assert.Equal(23, HourEnding.Of(new OperatingDay(Spring, MarketZones.Eastern)).Count);
        Assert.Equal(25, HourEnding.Of(new OperatingDay(Autumn, MarketZones.Eastern)).Count);
        Assert.Equal(24, HourEnding.Of(new OperatingDay(Autumn, MarketZones.EasternStandard)).Count);
    }

    [Theory]
    [InlineData("2", "HE02")]
    [InlineData("02", "HE02")]
    [InlineData("02:00", "HE02")]
    [InlineData("1:00", "HE01")]
    [InlineData("24", "HE24")]
    [InlineData("24:00", "HE24")]
    [InlineData("02*", "HE02*")]
    [InlineData("02X", "HE02*")]
    [InlineData("HE02*", "HE02*")]
    [InlineData("HE 1", "HE01")]
    [InlineData(" 13 ", "HE13")]
    public void Reads_an_hour_as_publishers_write_it(string text, string label) =>
        Assert.Equal(label, HourEnding.Parse(Autumn, text).Label);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("25")]
    [InlineData("002")]
    [InlineData("2:30")]
    [InlineData("-2")]
    [InlineData("*")]
    [InlineData("HE")]
    [InlineData("02**")]
    [InlineData("two")]
    [InlineData("０２")]
    public void Refuses_what_is_no_hour(string text) =>
        Assert.Equal(
            $"expected an hour ending from 1 to 24 such as 02, 02:00, HE02 or 02*, found '{text}'",
            Assert.Throws<FormatException>(() => HourEnding.Parse(Autumn, text)).Message);

    [Fact]
    public void An_interval_that_is_no_clock_hour_has_no_label()
    {
        var half = DeliveryInterval.StartingAt(Instant.FromUtc(2025, 6, 1, 0, 30), 60);
        Assert.Contains("America/Chicago", Assert.Throws<ArgumentException>(
            () => HourEnding.FromInterval(half, MarketZones.Central)).Message, StringComparison.Ordinal);
    }
}
