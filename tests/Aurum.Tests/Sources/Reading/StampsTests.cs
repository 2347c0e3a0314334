using System.Text;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Tests.Sources.Reading;

public sealed class StampsTests
{
    [Theory]
    [InlineData("2020-05-10T12:00:00-00:00", "2020-05-10T12:00:00Z")]
    [InlineData("2020-05-10T12:00:00Z", "2020-05-10T12:00:00Z")]
    [InlineData("2020-05-10 12:00Z", "2020-05-10T12:00:00Z")]
    [InlineData("2020-05-10T12:00:00.123Z", "2020-05-10T12:00:00Z")]
    [InlineData("2025-11-02T01:00:00.000-04:00", "2025-11-02T05:00:00Z")]
    [InlineData("2025-11-02T01:00:00-0500", "2025-11-02T06:00:00Z")]
    [InlineData("2024-02-29T23:30:00+05:30", "2024-02-29T18:00:00Z")]
    public void Reads_instants(string text, string expected)
    {
        Assert.True(Stamps.TryParseInstant(Encoding.UTF8.GetBytes(text), out var seconds));
        Assert.Equal(expected, InstantPattern.General.Format(Instant.FromUnixTimeSeconds(seconds)));
    }

    [Theory]
    [InlineData("2025-11-02T01:05:09", "2025-11-02T01:05:09")]
    [InlineData("2025-11-02 01:05", "2025-11-02T01:05:00")]
    [InlineData("2025-11-02", "2025-11-02T00:00:00")]
    [InlineData("11/02/2025", "2025-11-02T00:00:00")]
    [InlineData("11/02/2025 01:05:00", "2025-11-02T01:05:00")]
    [InlineData("11/02/2025 01:05", "2025-11-02T01:05:00")]
    [InlineData("1/2/2025 1:05:00 AM", "2025-01-02T01:05:00")]
    [InlineData("1/2/2025 12:00:00 AM", "2025-01-02T00:00:00")]
    [InlineData("1/2/2025 12:30 PM", "2025-01-02T12:30:00")]
    [InlineData("12/31/1999 11:59:59 pm", "1999-12-31T23:59:59")]
    [InlineData("1/2/1960", "1960-01-02T00:00:00")]
    [InlineData("2026-10-02 4:45:00 PM", "2026-10-02T16:45:00")]
    [InlineData("2026-10-02 12:05:00 AM", "2026-10-02T00:05:00")]
    [InlineData("2026-10-02 12:00:00 PM", "2026-10-02T12:00:00")]
    [InlineData("2026-10-02 16:00:00.000", "2026-10-02T16:00:00")]
    public void Reads_wall_clock_stamps(string text, string expected)
    {
        Assert.True(Stamps.TryParseLocal(Encoding.UTF8.GetBytes(text), out var seconds));
        Assert.Equal(expected, LocalDateTimePattern.GeneralIso.Format(LocalSeconds.ToLocalDateTime(seconds)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2025-11-02T01:05:00")]
    [InlineData("2025-02-29T00:00:00Z")]
    [InlineData("2025-13-01T00:00:00Z")]
    [InlineData("2025-11-02T24:00:00Z")]
    [InlineData("2025-11-02T01:60:00Z")]
    [InlineData("2025-11-02T01:05:00ZZ")]
    [InlineData("2025-11-02T01:05:00+99:00")]
    [InlineData("2025/11/02T01:05:00Z")]
    [InlineData("0000-00-00T00:00:00Z")]
    [InlineData("2025-11-02T01:05:00.Z")]
    public void Refuses_what_is_no_instant(string text) => Assert.False(Stamps.TryParseInstant(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("")]
    [InlineData("11/31/2025")]
    [InlineData("11-02-2025")]
    [InlineData("11/02/2025 25:00")]
    [InlineData("11/02/2025 13:00 PM")]
    [InlineData("11/02/2025 1:00 XM")]
    [InlineData("11/02/2025 1")]
    [InlineData("2025-11-02T01:05:00Z")]
    [InlineData("2026-10-02 13:00:00 PM")]
    [InlineData("2026-10-02T4:45:00 PM")]
    [InlineData("2026-10-02 4:45:00 EST")]
    [InlineData("tomorrow")]
    public void Refuses_what_is_no_wall_clock_stamp(string text) => Assert.False(Stamps.TryParseLocal(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Agrees_with_NodaTime_on_every_day_of_two_centuries()
    {
        for (var date = new LocalDate(1901, 1, 1); date.Year < 2199; date = date.PlusDays(1))
        {
            Assert.True(Stamps.TryParseDate(Encoding.UTF8.GetBytes($"{date:uuuu-MM-dd}"), out var read));
            Assert.Equal(date, read);
        }

        Assert.True(Stamps.TryParseDate("20251102"u8, out var compact));
        Assert.Equal(new LocalDate(2025, 11, 2), compact);
    }
}
