using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Quality.Suites;
using NodaTime;

namespace Aurum.Tests.Quality.Checks;

public sealed class PriceLimitsTests
{
    private const string Limits =
        """
        limits:
          offers:
            - { iso_code: ERCOT, iso_market: "*", floor: -250, cap: 9000 }
            - { iso_code: ERCOT, iso_market: "*", from: 2022-01-01, floor: -250, cap: 5000 }
            - { iso_code: CAISO, iso_market: DAY_AHEAD, floor: -150, cap: 2000 }
            - { iso_code: CAISO, iso_market: "*", floor: -155, cap: 2500 }
        expectations:
          - { type: expect_price_within_market_limits, column: lmp, limits: offers, severity: row }
        """;

    [Theory]
    [InlineData("CAISO", IsoMarket.DayAhead, 2000, true)]
    [InlineData("CAISO", IsoMarket.DayAhead, 2000.01, false)]
    [InlineData("CAISO", IsoMarket.RealTime, 2400, true)]
    [InlineData("CAISO", IsoMarket.DayAhead, -150, true)]
    [InlineData("CAISO", IsoMarket.DayAhead, -150.6, false)]
    [InlineData("CAISO", IsoMarket.DayAhead, double.NaN, true)]
    public void A_price_lies_between_floor_and_cap_of_its_market(string code, IsoMarket market, double lmp, bool holds) =>
        Assert.Equal(holds, Trial.Of(Limits, [Trial.Price(lmp)], feed: Trial.LmpFeed(market, code: code)).Failed.Count == 0);

    [Fact]
    public void The_cap_is_that_of_the_day()
    {
        var newYear = new LocalDate(2022, 1, 1).AtStartOfDayInZone(MarketZones.Central).ToInstant();
        var rows =
            new[] { Trial.Row("A", newYear - Duration.FromHours(1), 60, 8999), Trial.Row("A", newYear, 60, 8999),
            Trial.Row("A", newYear, 60, 4999) };
        var trial = Trial.Of(Limits, rows, feed: Trial.LmpFeed(code: "ERCOT", zone: MarketZones.Central));
        Assert.Equal([1], trial.Failed);
        Assert.Equal(["lmp 8999 is above the cap of ERCOT *, 5000"], trial.Reasons);
    }

    [Fact]
    public void A_market_without_limits_is_an_error_and_no_silent_pass() => Assert.Equal(
        "trial.yml:2:3: expected a limit for NYISO DAY_AHEAD in offers (trial/prices needs it), found none",
        Assert.Throws<SuiteFormatException>(() => Trial.Of(Limits, [], feed: Trial.LmpFeed(code: "NYISO"))).Message);
}
