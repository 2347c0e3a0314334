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
            Assert.Equal(all, Union(calendar, date, Block.SevenBySixteen, Block.SevenByEight));
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

    [Theory]
    [MemberData(nameof(Names))]
    public void Hours_counted_by_month_are_the_hours_listed_by_day(string name)
    {
        var calendar = Calendars[name];
        foreach (var block in Enum.GetValues<Block>())
        {
            for (var month = new YearMonth(2024, 9); month.Year < 2026; month = month.PlusMonths(1))
            {
                var listed = Enumerable.Range(1, month.ToDateInterval().Length)
                    .Sum(day => calendar.Hours(block, month.OnDayOfMonth(day)).Count);
                Assert.Equal(listed, calendar.CountHours(block, month));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_year_has_8760_hours_and_a_leap_year_8784(string name)
    {
        for (var year = 2020; year <= 2040; year++)
        {
            var (first, last) = (new LocalDate(year, 1, 1), new LocalDate(year, 12, 31));
            var all = Calendars[name].CountHours(Block.AllHours, first, last);
            var leftOut = name == "aeso" && year == 2026 ? 1 : 0; // Alberta's clock goes ahead in 2026 and stays (tz database 2026f).
            Assert.Equal((CalendarSystem.Iso.IsLeapYear(year) ? 8784 : 8760) - leftOut, all);
            Assert.Equal(
                all, Calendars[name].CountHours(Block.OnPeak, first, last) + Calendars[name].CountHours(Block.OffPeak, first, last));
        }
    }

    [Theory]
    [InlineData("eu", 2025, 10, 745, 276)] // 23 weekdays of 12 hours, and an hour more in the night of the 26th
    [InlineData("eu", 2025, 3, 743, 252)]
    [InlineData("gb", 2025, 3, 743, 252)]
    [InlineData("pjm", 2025, 3, 743, 336)] // 21 weekdays of 16 hours
    [InlineData("pjm", 2025, 11, 721, 304)] // 20 weekdays less Thanksgiving
    [InlineData("caiso", 2025, 11, 721, 384)] // 25 days from Monday to Saturday less Thanksgiving
    [InlineData("aeso", 2025, 2, 672, 384)]
    [InlineData("days", 2025, 3, 744, 744)]
    public void Hours_of_a_month_are_those_that_a_calendar_on_the_wall_gives(string name, int year, int month, int all, int peak)
    {
        Assert.Equal(all, Calendars[name].CountHours(Block.AllHours, new YearMonth(year, month)));
        Assert.Equal(peak, Calendars[name].CountHours(Block.OnPeak, new YearMonth(year, month)));
    }

    [Fact]
    public void British_peak_hours_are_those_of_the_continent()
    {
        for (var date = new LocalDate(2025, 1, 1); date.Year == 2025; date = date.PlusDays(1))
        {
            Assert.Equal(Calendars["eu"].Hours(Block.OnPeak, date), Calendars["gb"].Hours(Block.OnPeak, date));
        }
    }

    [Fact]
    public void Every_calendar_says_whose_definition_it_is() => Assert.All(Calendars.All, c => Assert.NotEmpty(c.Source));

    [Theory]
    [InlineData("BASE", Block.AllHours)]
    [InlineData("7x24", Block.AllHours)]
    [InlineData("on-peak", Block.OnPeak)]
    [InlineData("PEAK", Block.OnPeak)]
    [InlineData("Off Peak", Block.OffPeak)]
    [InlineData("5X16", Block.FiveBySixteen)]
    public void Blocks_are_known_by_the_names_in_use(string text, Block block)
    {
        Assert.True(BlockNames.TryParse(text, out var found));
        Assert.Equal(block, found);
        Assert.False(BlockNames.TryParse(text + "s", out _));
        Assert.True(BlockNames.TryParse(BlockNames.Text(block), out found));
        Assert.Equal(block, found);
    }

    [Fact]
    public void Calendars_have_a_version_and_an_unknown_one_is_named()
    {
        Assert.Equal("2026.2", Calendars.Version);
        Assert.StartsWith(
            "no peak calendar 'mars': there are pjm, nyiso, ",
            Assert.Throws<KeyNotFoundException>(() => Calendars["mars"]).Message,
            StringComparison.Ordinal);
    }

    private static IEnumerable<DeliveryInterval> Union(PeakCalendar calendar, LocalDate date, params Block[] blocks) =>
        blocks.SelectMany(block => calendar.Hours(block, date)).Order();

    private static string Text(LocalDate date) => $"{date:uuuu-MM-dd}";
}
