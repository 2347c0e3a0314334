using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Market.Time;

public sealed class PeakCalendarTests
{
    private static readonly PeakCalendars Calendars = PeakCalendars.Shipped;

    public static TheoryData<string> Names => new(Calendars.All.Select(calendar => calendar.Name));

    [Fact]
    public void NERC_holidays_move_from_Sunday_to_Monday_and_stay_on_Saturday()
    {
        var nerc = Calendars["pjm"].Holidays;
        Assert.Equal(
            ["2010-01-01", "2010-05-31", "2010-07-05", "2010-09-06", "2010-11-25", "2010-12-25"], nerc.In(2010).Select(Text));
        Assert.Equal(
            ["2023-01-02", "2023-05-29", "2023-07-04", "2023-09-04", "2023-11-23", "2023-12-25"], nerc.In(2023).Select(Text));
        Assert.False(nerc.Contains(new LocalDate(2023, 1, 1)));
        Assert.True(nerc.Contains(new LocalDate(2023, 1, 2)));
    }

    [Theory]
    [InlineData("pjm", 2025, 4080)]
    [InlineData("ercot", 2025, 4080)]
    [InlineData("caiso", 2025, 4912)]
    public void The_peak_hours_of_a_year_are_what_traders_count(string name, int year, int hours) =>
        Assert.Equal(hours, Calendars[name].CountHours(Block.OnPeak, new LocalDate(year, 1, 1), new LocalDate(year, 12, 31)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Blocks_make_up_the_day_without_gap_or_overlap(string name)
    {
        var calendar = Calendars[name];
        foreach (var date in ZoneChanges.Dates.Concat(calendar.Holidays.In(2025)))
        {
            var all = calendar.Hours(Block.AllHours, date);
            Assert.Equal(ZoneChanges.Tile(new OperatingDay(date, calendar.Zone), 60), all);
            Assert.Equal(all, Union(calendar, date, Block.OnPeak, Block.OffPeak));
            Assert.Equal(all, Union(calendar, date, Block.FiveBySixteen, Block.TwoBySixteen, Block.SevenByEight));
            Assert.All(all, hour => Assert.Equal(
                calendar.Hours(Block.OnPeak, date).Contains(hour), calendar.Contains(Block.OnPeak, hour.Start)));
        }
    }

    [Fact]
    public void A_holiday_is_off_peak_and_not_missing()
    {
        var thanksgiving = new LocalDate(2025, 11, 27);
        var pjm = Calendars["pjm"];
        Assert.Empty(pjm.Hours(Block.OnPeak, thanksgiving));
        Assert.Equal(24, pjm.Hours(Block.OffPeak, thanksgiving).Count);
        Assert.Equal(16, pjm.Hours(Block.TwoBySixteen, thanksgiving).Count);
    }

    [Fact]
    public void Nights_are_an_hour_shorter_in_spring_and_longer_in_autumn()
    {
        var caiso = Calendars["caiso"];
        Assert.Equal(7, caiso.Hours(Block.SevenByEight, new LocalDate(2025, 3, 9)).Count);
        Assert.Equal(9, caiso.Hours(Block.SevenByEight, new LocalDate(2025, 11, 2)).Count);
        Assert.Equal(16, caiso.Hours(Block.TwoBySixteen, new LocalDate(2025, 11, 2)).Count);
    }

    [Fact]
    public void Saturday_is_a_peak_day_in_the_west_alone()
    {
        var saturday = new LocalDate(2025, 6, 7);
        Assert.Equal(16, Calendars["caiso"].Hours(Block.OnPeak, saturday).Count);
        Assert.Empty(Calendars["ercot"].Hours(Block.OnPeak, saturday));
    }

    [Fact]
    public void Peak_starts_when_the_market_says()
    {
        var friday = new LocalDate(2025, 6, 6);
        Assert.Equal(Instant.FromUtc(2025, 6, 6, 11, 0), Calendars["pjm"].Hours(Block.OnPeak, friday)[0].Start);
        Assert.Equal(Instant.FromUtc(2025, 6, 6, 11, 0), Calendars["miso-tariff"].Hours(Block.OnPeak, friday)[0].Start);
        Assert.Equal(Instant.FromUtc(2025, 6, 6, 11, 0), Calendars["ercot"].Hours(Block.OnPeak, friday)[0].Start);
        Assert.Equal(Instant.FromUtc(2025, 6, 6, 13, 0), Calendars["caiso"].Hours(Block.OnPeak, friday)[0].Start);
    }

    [Fact]
    public void Calendars_have_a_version_and_an_unknown_one_is_named()
    {
        Assert.Equal("2026.1", Calendars.Version);
        Assert.StartsWith(
            "no peak calendar 'mars': there are pjm, nyiso, ",
            Assert.Throws<KeyNotFoundException>(() => Calendars["mars"]).Message,
            StringComparison.Ordinal);
    }

    private static IEnumerable<DeliveryInterval> Union(PeakCalendar calendar, LocalDate date, params Block[] blocks) =>
        blocks.SelectMany(block => calendar.Hours(block, date)).Order();

    private static string Text(LocalDate date) => $"{date:uuuu-MM-dd}";
}
