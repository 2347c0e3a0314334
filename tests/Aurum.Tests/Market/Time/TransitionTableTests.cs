using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Market.Time;

public sealed class TransitionTableTests
{
    private const int QuarterSeconds = 900;
    private static readonly long From = LocalSeconds.Of(new LocalDate(2000, 1, 1));
    private static readonly long To = LocalSeconds.Of(new LocalDate(2040, 1, 1));

    public static TheoryData<string> Zones => new(ZoneChanges.All.Select(zone => zone.Id));

    [Theory]
    [MemberData(nameof(Zones))]
    public void Agrees_with_NodaTime_every_quarter_hour_of_forty_years(string id)
    {
        var zone = DateTimeZoneProviders.Tzdb[id];
        var table = TransitionTable.For(zone);
        for (var local = From; local < To; local += QuarterSeconds)
        {
            var expected = zone.MapLocal(LocalSeconds.ToLocalDateTime(local));
            var match = table.Match(local);
            var agrees = match.Count == expected.Count
                && (match.Count == 0
                    || (match.First == expected.First().ToInstant().ToUnixTimeSeconds()
                        && match.Second == expected.Last().ToInstant().ToUnixTimeSeconds()));
            if (!agrees)
            {
                Assert.Fail($"{LocalSeconds.Text(local)} in {id}: {match}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void A_series_of_forty_years_goes_to_local_and_back(string id)
    {
        var table = TransitionTable.For(DateTimeZoneProviders.Tzdb[id]);
        var utc = new long[(To - From) / QuarterSeconds];
        for (var i = 0; i < utc.Length; i++)
        {
            utc[i] = From + (i * (long)QuarterSeconds);
        }

        var local = new long[utc.Length];
        var back = new long[utc.Length];
        table.ToLocal(utc, local);
        table.ToUtc(local, back, RepeatedTime.SeriesOrder);
        Assert.True(utc.AsSpan().SequenceEqual(back));
    }

    [Fact]
    public void A_repeated_reading_goes_where_the_column_says()
    {
        var table = TransitionTable.For(MarketZones.Eastern);
        long[] local = [LocalSeconds.Of(new LocalDateTime(2025, 11, 2, 1, 30))];
        var utc = new long[1];
        table.ToUtc(local, utc, RepeatedTime.FirstPass);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 5, 30).ToUnixTimeSeconds(), utc[0]);
        table.ToUtc(local, utc, RepeatedTime.SecondPass);
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 6, 30).ToUnixTimeSeconds(), utc[0]);
        Assert.Equal(
            "2025-11-02 01:30:00 stands for two instants in America/New_York: the clock goes back that day.",
            Assert.Throws<TimeLabelException>(() => table.ToUtc(local, utc)).Message);
    }

    [Fact]
    public void A_column_with_a_reading_that_the_clock_jumped_over_fails_by_name()
    {
        var table = TransitionTable.For(MarketZones.Pacific);
        var from = LocalSeconds.Of(new LocalDate(2026, 3, 8));
        long[] local = [from, from + 3600, from + 7200];
        Assert.Equal(
            "2026-03-08 02:00:00 does not exist in America/Los_Angeles: the clock jumps ahead that day.",
            Assert.Throws<TimeLabelException>(() => table.ToUtc(local, new long[3], RepeatedTime.SeriesOrder)).Message);
    }

    [Theory]
    [InlineData(1899)]
    [InlineData(2200)]
    public void Years_out_of_range_are_refused(int year) =>
        Assert.Contains(
            "expected a time from 1900 to 2199",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => TransitionTable.For(MarketZones.Utc).Match(LocalSeconds.Of(new LocalDate(year, 6, 1)))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Local_seconds_are_what_the_clock_shows()
    {
        LocalDateTime[] readings = [new(1969, 12, 31, 23, 59, 59), new(1970, 1, 1, 0, 0), new(2025, 11, 2, 1, 30, 7)];
        foreach (var reading in readings)
        {
            Assert.Equal(reading, LocalSeconds.ToLocalDateTime(LocalSeconds.Of(reading)));
            Assert.Equal(reading.Date, LocalSeconds.ToDate(LocalSeconds.Of(reading)));
        }
    }
}
