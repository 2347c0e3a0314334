using Aurum.Curves.Building;
using Aurum.Curves.Building.Calendars;
using Aurum.Market.Curves;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Building.Calendars;

public sealed class DeliveryCalendarTests
{
    [Theory]
    [InlineData(AssetClass.Power, "PJM", "US", "ON_PEAK", "pjm", Block.OnPeak)]
    [InlineData(AssetClass.Power, "caiso", "US", "OFF_PEAK", "caiso", Block.OffPeak)]
    [InlineData(AssetClass.Power, null, "EU", "BASE", "eu", Block.AllHours)]
    [InlineData(AssetClass.Power, null, "EE", "PEAK", "eu", Block.OnPeak)]
    [InlineData(AssetClass.Power, null, "UK", "PEAK", "gb", Block.OnPeak)]
    [InlineData(AssetClass.Gas, null, "EU", null, "eu", Block.AllHours)]
    [InlineData(AssetClass.Gas, null, "UK", null, "days", Block.AllHours)]
    [InlineData(AssetClass.Carbon, null, "EU", null, "days", Block.AllHours)]
    [InlineData(AssetClass.Other, null, "US", null, "days", Block.AllHours)]
    public void A_curve_delivers_by_the_calendar_of_its_market(
        AssetClass asset, string? iso, string? region, string? block, string calendar, Block hours)
    {
        var product = asset == AssetClass.Gas ? "gas" : null;
        var found = DeliveryCalendar.For(new CurveIdentity(asset, iso, region, "somewhere", null, product, block, null)).Value;
        Assert.Equal((calendar, hours), (found!.Calendar.Name, found.Block));
    }

    [Fact]
    public void A_block_that_nobody_knows_is_refused_by_name()
    {
        var curve = new CurveIdentity(AssetClass.Power, "PJM", "US", null, null, null, "SUPER_PEAK", null);
        var refusal = DeliveryCalendar.For(curve).Refusal;
        Assert.Equal(RefusalReason.UnknownBlock, refusal!.Reason);
        Assert.Equal(
            "expected a block (ATC, 7x24, BASE, ON_PEAK, ONPEAK, PEAK, OFF_PEAK, OFFPEAK, 5x16, 2x16, 7x8, 7x16), found 'SUPER_PEAK'",
            refusal.Message);
    }

    [Fact]
    public void Every_curve_of_the_recorded_workbooks_has_a_calendar() => Assert.All(
        RealBooks.Files.SelectMany(RealBooks.Curves),
        curve => Assert.Equal(
            curve.Identity is { AssetClass: AssetClass.Power } or { AssetClass: AssetClass.Gas, Product: "gas", Region: not "UK" },
            DeliveryCalendar.For(curve.Identity).Value!.Calendar.Name != "days"));

    [Fact]
    public void Hours_follow_the_clock_of_the_market()
    {
        var eu = new DeliveryCalendar(PeakCalendars.Shipped["eu"], Block.AllHours);
        Assert.Equal((743, 745, 24 * 31), (eu.HoursOf(new YearMonth(2026, 3)), eu.HoursOf(new YearMonth(2026, 10)),
            DeliveryCalendar.Days.HoursOf(new YearMonth(2026, 3))));
        Assert.Equal(25, eu.HoursOf(new LocalDate(2026, 10, 25)));
        Assert.Equal("OFF_PEAK of eu, Europe/Berlin, version 2026.2", eu.With(Block.OffPeak).ToString());
    }
}
