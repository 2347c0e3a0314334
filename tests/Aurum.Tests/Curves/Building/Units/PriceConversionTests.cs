using Aurum.Curves.Building;
using Aurum.Curves.Building.Units;
using NodaTime;

namespace Aurum.Tests.Curves.Building.Units;

public sealed class PriceConversionTests
{
    private static readonly LocalDate Wednesday = new(2025, 9, 17);

    private static readonly FxRates Rates = new(
    [
        new FxFixing(Wednesday, "USD", 1.1837), new FxFixing(Wednesday, "GBP", 0.8672),
        new FxFixing(new LocalDate(2025, 9, 19), "USD", 1.1736),
    ]);

    [Theory]
    [InlineData("EUR/MWh", "EUR/MWh", 1)]
    [InlineData("EUR/MWh", "EUR/GJ", 1 / 3.6)]
    [InlineData("EUR/GJ", "EUR/MWh", 3.6)]
    [InlineData("USD/MMBtu", "USD/MWh", 3.412141633)]
    [InlineData("p/therm", "GBP/therm", 0.01)]
    [InlineData("p/therm", "GBP/MWh", 0.3412141633)] // the vendor's own factor of its British spark spreads
    [InlineData("GBP/MWh", "p/therm", 2.9307107017)]
    [InlineData("c/kWh", "USD/MWh", 10)]
    [InlineData("USD/gal", "USD/bbl", 42)]
    [InlineData("USD/bbl", "USD/m3", 6.2898107704)]
    [InlineData("USD/short ton", "USD/tonne", 1.1023113109)]
    [InlineData("USD/kg", "USD/tonne", 1000)]
    [InlineData("USD/MMBtu", "EUR/MWh", 3.412141633 / 1.1837)]
    [InlineData("GBP/MWh", "USD/MWh", 1.1837 / 0.8672)]
    public void Factors_by_hand(string from, string to, double multiplier) =>
        Assert.Equal(multiplier, Between(from, to).Value!.Multiplier, multiplier * 2e-10);

    [Fact]
    public void There_and_back_is_where_it_was()
    {
        string[] units = ["EUR/MWh", "GBP/MWh", "p/therm", "USD/MMBtu", "c/kWh", "USD/GJ", "USD/bbl", "EUR/tonne", "USD/gal"];
        ContentRatio[] contents = [Content("5.8 MMBtu/bbl"), Content("7.33 bbl/tonne")];
        foreach (var from in units)
        {
            foreach (var to in units)
            {
                var there = Between(from, to, contents).Value!.Multiplier;
                Assert.Equal(1, there * Between(to, from, contents).Value!.Multiplier, 1e-12);
                foreach (var over in units)
                {
                    var detour = Between(from, over, contents).Value!.Multiplier * Between(over, to, contents).Value!.Multiplier;
                    Assert.Equal(there, detour, there * 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Mass_needs_a_heat_content_and_gets_none_by_itself()
    {
        var refusal = Between("USD/tonne", "USD/MMBtu").Refusal!;
        Assert.Equal(RefusalReason.MissingHeatContent, refusal.Reason);
        Assert.Equal(
            "expected a content that leads from tonne (mass) to MMBtu (energy), like '5.8 MMBtu/bbl', found none", refusal.Message);

        // 7.33 bbl of 5.8 MMBtu each: a tonne holds 42.514 MMBtu.
        var direct = Between("USD/tonne", "USD/MMBtu", Content("42.514 MMBtu/tonne")).Value!;
        var chained = Between("USD/tonne", "USD/MMBtu", Content("5.8 MMBtu/bbl"), Content("7.33 bbl/tonne")).Value!;
        Assert.Equal(1 / 42.514, direct.Multiplier, 1e-15);
        Assert.Equal(direct.Multiplier, chained.Multiplier, 1e-15);
        Assert.Equal(2, chained.Contents.Count);
        Assert.Equal(42.514, Between("USD/MMBtu", "USD/tonne", Content("42.514 MMBtu/tonne")).Value!.Apply(1), 1e-12);
    }

    [Fact]
    public void A_certificate_is_no_megawatt_hour() =>
        Assert.Equal(RefusalReason.MissingHeatContent, Between("USD/certificate", "USD/MWh").Refusal!.Reason);

    [Fact]
    public void A_weekend_takes_the_last_rate_before_and_says_so()
    {
        var saturday = new LocalDate(2025, 9, 20);
        var conversion = PriceConversion.Between(Unit("USD/MWh"), Unit("EUR/MWh"), saturday, Rates).Value!;
        Assert.Equal((new LocalDate(2025, 9, 19), true), (conversion.Rate!.Date, conversion.Rate.IsEarlier));
        Assert.Equal(1 / 1.1736, conversion.Multiplier, 1e-15);
        Assert.Equal(
            ["USD/MWh times 0.8520790729 is EUR/MWh",
                "0.85207907 EUR for 1 USD, ECB fixing of 2025-09-19, the last one published up to 2025-09-20"],
            conversion.Explain());
    }

    [Fact]
    public void A_cross_rate_has_both_rates_of_one_day()
    {
        // On the 19th there is no pound: dollar and pound are both of the 17th.
        var rate = Rates.Of("GBP", "USD", new LocalDate(2025, 9, 19)).Value!;
        Assert.Equal((Wednesday, 1.1837 / 0.8672), (rate.Date, rate.Rate));
    }

    [Fact]
    public void A_rate_that_is_not_there_is_refused_with_the_days_that_were_looked_at()
    {
        Assert.Equal(
            new BuildRefusal(RefusalReason.MissingRate,
                "expected rates of USD and EUR against the euro from 2025-10-01 to 2025-10-08, found none"),
            Rates.Of("USD", "EUR", new LocalDate(2025, 10, 8)).Refusal);
        Assert.Equal(RefusalReason.MissingRate, Rates.Of("EUR", "USD", new LocalDate(2025, 9, 16)).Refusal!.Reason);
        Assert.Equal(RefusalReason.MissingRate, Rates.Of("CAD", "EUR", Wednesday).Refusal!.Reason);
        Assert.Equal(1, FxRates.None.Of("CAD", "cad", Wednesday).Value!.Rate);
    }

    [Theory]
    [InlineData("EUR")]
    [InlineData("EUR/ton")]
    [InlineData("E/MWh")]
    [InlineData("/MWh")]
    [InlineData("")]
    public void What_is_no_unit_is_refused(string text) => Assert.Equal(RefusalReason.UnknownUnit, PriceUnits.Parse(text).Refusal!.Reason);

    [Theory]
    [InlineData("5.8")]
    [InlineData("0 MMBtu/bbl")]
    [InlineData("-1 MMBtu/bbl")]
    [InlineData("x MMBtu/bbl")]
    [InlineData("5.8 MMBtu")]
    [InlineData("5.8 MMBtu/ton")]
    public void What_is_no_content_is_refused(string text) => Assert.NotNull(ContentRatio.Parse(text, "by hand").Refusal);

    [Fact]
    public void Every_unit_of_the_recorded_workbooks_is_known() => Assert.All(
        RealBooks.Files.SelectMany(RealBooks.Curves).Where(c => c.Unit is not null),
        c => Assert.Null(PriceUnits.Of(c.Unit).Refusal));

    [Fact]
    public void The_vendors_own_restatement_of_British_gas_has_forward_exchange_rates_in_it()
    {
        // NBP is there in p/therm and in USD/MMBtu: their quotient is an exchange rate, another one each month.
        var curves = RealBooks.Curves("EOD_EUGP_20250917_1430.xlsx");
        var pence = Assert.Single(curves, c => c.Identity.Location == "NBP");
        var dollars = Assert.Single(curves, c => c.Identity.Location == "NBP_USDMMBTU");
        var conversion = PriceConversion.Between(PriceUnits.Of(pence.Unit).Value!, Unit("GBP/MMBtu"), Wednesday, FxRates.None).Value!;
        var rates = pence.Months.Zip(dollars.Months, (p, d) => d.Price / conversion.Apply(p.Price)).ToList();
        Assert.All(rates, rate => Assert.InRange(rate, 1.3, 1.42));
        Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.Equal(pair.First, pair.Second, 0.02));
    }

    private static Built<PriceConversion> Between(string from, string to, params ContentRatio[] contents) =>
        PriceConversion.Between(Unit(from), Unit(to), Wednesday, Rates, contents);

    private static PriceUnit Unit(string text) => PriceUnits.Parse(text).Value!;

    private static ContentRatio Content(string text) => ContentRatio.Parse(text, "by hand").Value!;
}
