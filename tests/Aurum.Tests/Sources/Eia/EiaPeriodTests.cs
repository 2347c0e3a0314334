using System.Text;
using Aurum.Sources.Eia;

namespace Aurum.Tests.Sources.Eia;

public sealed class EiaPeriodTests
{
    [Theory]
    [InlineData("2020-01-06T06", "2020-01-06T05:00:00Z/2020-01-06T06:00:00Z")]
    [InlineData("2020-01-06T00", "2020-01-05T23:00:00Z/2020-01-06T00:00:00Z")]
    [InlineData("2020-01-06T00-07", "2020-01-06T06:00:00Z/2020-01-06T07:00:00Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00Z/2024-03-01T00:00:00Z")]
    [InlineData("2026-12", "2026-12-01T00:00:00Z/2027-01-01T00:00:00Z")]
    [InlineData("2026-Q4", "2026-10-01T00:00:00Z/2027-01-01T00:00:00Z")]
    [InlineData("2024", "2024-01-01T00:00:00Z/2025-01-01T00:00:00Z")]
    public void A_label_is_an_hour_that_ends_or_a_calendar_period_that_begins(string label, string period)
    {
        Assert.True(EiaPeriod.TryParse(Encoding.UTF8.GetBytes(label), isWeekly: false, out var found));
        Assert.Equal(period, found.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("26")]
    [InlineData("2026-00")]
    [InlineData("2026-Q5")]
    [InlineData("2026-1")]
    [InlineData("2026-02-30")]
    [InlineData("2026-02-3")]
    [InlineData("2026-02-03T")]
    [InlineData("2026-02-03T24")]
    [InlineData("2026-02-03T01:00")]
    [InlineData("2026/02/03")]
    [InlineData("9999-01")]
    public void Anything_else_is_no_period(string label) =>
        Assert.False(EiaPeriod.TryParse(Encoding.UTF8.GetBytes(label), isWeekly: false, out _));
}
