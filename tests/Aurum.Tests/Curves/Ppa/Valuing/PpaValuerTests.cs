using Aurum.Curves.Building;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Building.Units;
using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Terms;
using Aurum.Curves.Ppa.Valuing;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Ppa.Valuing;

public sealed class PpaValuerTests
{
    /// <summary>Everything at once: a plant, a node, an escalated collar, runs of low prices, a band, fees, security, zero rates.</summary>
    private static readonly string Rich = $$$"""
        {
          "start": "2027-03-10", "end": "2030-08-20", "curves": { "on_peak": "p", "off_peak": "o" },
          "point": { "type": "node", "name": "N", "basis": { "type": "curve" } },
          "settlement": { "type": "physical" },
          "volume": {
            "type": "pay_as_produced", "capacity_mw": 100, "shape": {{{Deals.SolarShape()}}}, "share_percent": 80,
            "degradation_percent_per_year": 0.5, "availability_percent": 96, "exceedance": "p90", "p90_percent_of_p50": 92,
            "band": { "min_mwh": 160000, "max_mwh": 164000, "excess": "price", "excess_price": 20, "shortfall": "replace" } },
          "price": {
            "type": "collar", "factor": 0.9, "adder": 1, "floor": 25, "cap": 45,
            "escalator": { "percent_per_year": 2, "step": "calendar_year" } },
          "negative_price": { "type": "consecutive", "hours": 3 },
          "fees": { "per_mwh": 0.5, "per_month": 1000 }, "credit": { "percent_per_year": 0.7 },
          "upfront": { "amount": 500000, "date": "2027-02-01" },
          "discount": { "zero_curve": [
            { "date": "2027-12-31", "annual_percent": 4 }, { "date": "2030-12-31", "annual_percent": 6 } ], "payment_lag_days": 20 }
        }
        """;

    private static MarketView RichView(string date = "2027-01-15") =>
        Deals.Blocks(date, static m => 30 + m.Month + (0.5 * (m.Year - 2027)), static m => 18 + (0.3 * m.Month)) with
        {
            Shape = Deals.Wave(ShapeKind.Difference, 22),
            Basis = [.. Deals.Months(2026, 10).Select(static m => new MonthAmount(m, -3 + (0.1 * m.Month)))],
            Cannibalisation = new Cannibalisation(1.5, 2028),
        };

    [Fact]
    public void Money_of_a_later_day_is_discounted_by_exact_days()
    {
        var flat = PpaValuer.Value(
            Deals.Of("""{"end":"2027-01-31","discount":{"annual_percent":5,"payment_lag_days":20}}"""), Deals.Flat(50));
        Assert.Equal(Math.Pow(1.05, -50.0 / 365), flat.Cashflows[0].Discount, 14);
        Assert.Equal(Math.Round(74_400 * (decimal)Math.Pow(1.05, -50.0 / 365), 2), flat.NetPresentValue);

        const string curve = """[{"date":"2027-01-31","annual_percent":4},{"date":"2027-03-02","annual_percent":7}]""";
        var zeros = Deals.Of($$$"""{"discount":{"zero_curve":{{{curve}}}}}""").Discounting;
        Assert.Equal(4, zeros.PercentOf(new LocalDate(2026, 1, 1)));
        Assert.Equal(4 + (3 * 28.0 / 30), zeros.PercentOf(new LocalDate(2027, 2, 28)), 12);
        Assert.Equal(7, zeros.PercentOf(new LocalDate(2029, 1, 1)));
    }

    [Fact]
    public void Parts_months_and_tenors_sum_exactly_to_the_whole()
    {
        var value = PpaValuer.Value(Deals.Of(Rich), RichView());
        Assert.Equal(value.NetPresentValue, value.Parts.Sum(static p => p.Value));
        Assert.Equal(value.NetPresentValue, value.Parts[^1].Total);
        Assert.Equal(value.NetPresentValue, value.Cashflows.Sum(static f => f.PresentValue) + value.Upfront!.PresentValue);
        Assert.All(value.Cashflows, static f => Assert.Equal(
            f.Net, f.MarketValue + f.ContractPayment + f.ClauseEffect + f.BandEffect + f.Fees + f.CreditCharge));
        Assert.Equal(
            [
                "energy", "shape", "cannibalisation", "basis", "yield", "availability", "degradation", "escalator", "price_bounds",
                "negative_price", "volume_band", "fees", "credit", "upfront",
            ],
            value.Parts.Select(static p => p.Name));
        var ofMonths = value.Deltas.Where(static d => d.Tenor == "month").Sum(static d => d.Value);
        Assert.Equal(ofMonths, value.Deltas.Where(static d => d.Tenor == "quarter").Sum(static d => d.Value));
        Assert.Equal(ofMonths, value.Deltas.Where(static d => d.Tenor == "year").Sum(static d => d.Value));
    }

    [Theory]
    [InlineData(ShapeKind.Difference)]
    [InlineData(ShapeKind.Ratio)]
    public void A_delta_is_what_the_value_gains_when_a_month_is_1_dearer(ShapeKind kind)
    {
        var contract = Deals.Of(Rich);
        var view = RichView() with { Shape = Deals.Wave(kind, kind == ShapeKind.Ratio ? 0.9 : 22) };
        var value = PpaValuer.Value(contract, view);
        foreach (var delta in value.Deltas.Where(static d => d.Tenor == "month").Where(static (_, i) => i % 5 == 0))
        {
            var bumped = view with
            {
                Forwards =
                [
                    .. view.Forwards.Select(c => c with
                    {
                        Months = [.. c.Months.Select(m => m.Month == delta.First ? m with { Price = m.Price + 1 } : m)],
                    }),
                ],
            };
            var expected = Deals.NetOf(PpaValuer.Plan(contract, bumped)) - Deals.NetOf(PpaValuer.Plan(contract, view));
            Assert.Equal(expected, (double)delta.Value, 0.011);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"side":"seller","negative_price":{"type":"curtail","below":15,"compensation_percent":50}}""")]
    [InlineData("""{"credit":{"percent_per_year":1},"fees":{"per_mwh":0.5}}""")]
    public void At_the_break_even_price_a_contract_is_worth_nothing(string changes)
    {
        var view = Deals.Flat(20) with { Shape = Deals.Wave(ShapeKind.Difference, 15) };
        var price = PpaValuer.Value(Deals.Of(changes), view).BreakEvenPrice!.Value;
        var contract = Deals.Of(changes);
        var plan = PpaValuer.Plan(contract with { Price = contract.Price with { Price = price } }, view);
        Assert.Equal(0, Deals.NetOf(plan), 0.01);
        Assert.True(changes != "{}" || Math.Abs(price - 20) < 1e-9);
    }

    [Fact]
    public void The_rate_of_return_is_effective_a_year_and_there_is_none_without_a_change_of_sign()
    {
        (LocalDate, decimal)[] flows = [(new LocalDate(2027, 1, 1), -1_000), (new LocalDate(2028, 1, 1), 1_100)];
        Assert.Equal(0.1, Xirr.Of(flows)!.Value, 9);
        Assert.Null(Xirr.Of([(new LocalDate(2027, 1, 1), 5), (new LocalDate(2028, 1, 1), 5)]));
        Assert.Null(PpaValuer.Value(Deals.Of(), Deals.Flat(50)).Irr);
        var value = PpaValuer.Value(Deals.Of("""{"upfront":{"amount":1000000}}"""), Deals.Flat(50));
        var worth = value.Cashflows.Sum(f => (double)f.Net
            * Math.Pow(1 + value.Irr!.Value, -Period.DaysBetween(new LocalDate(2027, 1, 1), f.Payment) / 365.0));
        Assert.Equal(1_000_000, worth, 0.5);
    }

    [Fact]
    public void A_declining_capture_rate_tilts_hours_and_keeps_the_means()
    {
        var contract = Deals.Of($$$"""
            {"end":"2029-12-31","curves":{"on_peak":"p","off_peak":"o"},
             "volume":{"type":"pay_as_produced","capacity_mw":100,"shape":{{{Deals.SolarShape()}}}}}
            """);
        var view = RichView() with { Basis = [], Cannibalisation = null };
        var before = PpaValuer.Value(contract, view);
        var after = PpaValuer.Value(contract, view with { Cannibalisation = new Cannibalisation(4, 2028) });
        double[] kept = [1, 0.96, 0.96 * 0.96];
        for (var y = 0; y < 3; y++)
        {
            Assert.Equal(before.Capture.Years[y].MeanPrice, after.Capture.Years[y].MeanPrice, 9);
            Assert.Equal(before.Capture.Years[y].CapturePrice!.Value * kept[y], after.Capture.Years[y].CapturePrice!.Value, 9);
        }

        Assert.Equal(after.NetPresentValue - before.NetPresentValue, after.Capture.CannibalisationValue);
        Assert.Equal(before.Capture.CaptureRate, after.Capture.RateWithoutCannibalisation);
        Assert.True(after.Capture.CannibalisationValue < 0);
    }

    [Fact]
    public void A_change_of_value_is_explained_without_a_rest()
    {
        var contract = Deals.Of(Rich);
        var earlier = RichView();
        var to = Deals.Blocks("2027-06-10", static m => 33 + m.Month, static m => 17 + (0.2 * m.Month)) with
        {
            Shape = Deals.Wave(ShapeKind.Difference, 25),
            Basis = [.. Deals.Months(2026, 10).Select(static m => new MonthAmount(m, -2))],
            Cannibalisation = new Cannibalisation(2, 2028),
            Discounting = Discounting.Flat(5),
        };
        var explained = PpaValuer.Explain(contract, earlier, to);
        Assert.Equal(PpaValuer.Value(contract, earlier).NetPresentValue, explained.ValueFrom);
        Assert.Equal(PpaValuer.Value(contract, to).NetPresentValue, explained.ValueTo);
        Assert.Equal(explained.ValueTo - explained.ValueFrom, explained.Parts.Sum(static p => p.Value));
        Assert.Equal(
            ["settled", "time", "price_2027", "price_2028", "price_2029", "price_2030", "shape", "cannibalisation", "basis", "discount"],
            explained.Parts.Select(static p => p.Name));

        var same = PpaValuer.Explain(contract, earlier, earlier);
        Assert.All(same.Parts, static p => Assert.Equal(0, p.Value));
    }

    [Fact]
    public void A_change_of_the_exchange_rate_has_a_part_of_its_own()
    {
        FxRates Rates(double perEuro, LocalDate date) => new([new FxFixing(date, "USD", perEuro)]);
        var earlier = Deals.Flat(40) with
        {
            Forwards = [Deals.Curve(Block.AllHours, static _ => 40, currency: "EUR")], Rates = Rates(1.1, new LocalDate(2027, 1, 1)),
        };
        var to = earlier with { ValuationDate = new LocalDate(2027, 1, 2), Rates = Rates(1.2, new LocalDate(2027, 1, 2)) };
        var explained = PpaValuer.Explain(Deals.Of(), earlier, to);
        Assert.Equal(4m * 10 * ((365 + 366 - 1) * 24), explained.Parts.Single(static p => p.Name == "fx").Value);
        Assert.Equal(explained.ValueTo - explained.ValueFrom, explained.Parts.Sum(static p => p.Value));

        var refused = Assert.Throws<ValuationRefusedException>(() => PpaValuer.Value(Deals.Of(), to with { Rates = FxRates.None }));
        Assert.Contains("expected rates of EUR and USD", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Higher_prices_and_more_volume_are_worth_more_to_a_buyer_below_the_market()
    {
        var contract = Deals.Of();
        decimal At(double price) => PpaValuer.Value(contract, Deals.Flat(price)).NetPresentValue;
        Assert.True(At(45) < At(46) && At(46) < At(50));
        var more = contract with { Volume = contract.Volume with { CapacityMw = 11 } };
        Assert.Equal(1.1m * At(50), PpaValuer.Value(more, Deals.Flat(50)).NetPresentValue);
        var tornado = PpaValuer.Value(contract, Deals.Flat(50)).Sensitivities;
        Assert.Equal(("price", 5m * 10 * 731 * 24), (tornado[0].Name, tornado[0].Up));
        Assert.Equal(-1m * 10 * 731 * 24, tornado.Single(static s => s.Name == "volume").Down);
    }

    [Fact]
    public void What_was_delivered_before_the_valuation_date_does_not_count()
    {
        var value = PpaValuer.Value(Deals.Of("""{"upfront":{"amount":5}}"""), Deals.Flat(50, "2028-12-31"));
        Assert.Equal(24m * 100, value.NetPresentValue);
        Assert.Null(value.Upfront);
        Assert.Contains(value.Notes, static n => n.Contains("before 2028-12-31 are settled", StringComparison.Ordinal));
        Assert.Throws<ValuationRefusedException>(() => PpaValuer.Value(Deals.Of(), Deals.Flat(50, "2029-01-01")));
    }

    [Fact]
    public void A_history_of_output_becomes_a_mean_year()
    {
        const string shape = """{"type":"history","feed":"f","location":"l","capacity_mw":200}""";
        var contract = Deals.Of($$$"""{"volume":{"type":"pay_as_produced","capacity_mw":50,"shape":{{{shape}}}}}""");
        var start = Instant.FromUtc(2023, 1, 1, 6, 0).ToUnixTimeSeconds();
        var hours = Enumerable.Range(0, 2 * 8_760).Select(i => new HourPrice(start + (i * 3_600L), i < 8_760 ? 40 : 80)).ToArray();
        var view = Deals.Flat(50) with { Generation = new HourlyHistory(hours, 0) };
        var plan = PpaValuer.Plan(contract, view);
        Assert.All(plan.ExpectedVolume[3_000..6_000], static v => Assert.Equal(15.0, v, 9));
        Assert.All(plan.ExpectedVolume, static v => Assert.InRange(v, 10, 20));
        Assert.Throws<ValuationRefusedException>(() => PpaValuer.Plan(contract, view with { Generation = null }));
    }

    [Fact]
    public void The_same_contract_and_view_give_the_same_value_to_the_bit()
    {
        var (a, b) = (PpaValuer.Value(Deals.Of(Rich), RichView()), PpaValuer.Value(Deals.Of(Rich), RichView()));
        Assert.Equal(a.Cashflows, b.Cashflows);
        Assert.Equal(a.Parts, b.Parts);
        Assert.Equal(a.Deltas, b.Deltas);
        Assert.Equal(a.Sensitivities, b.Sensitivities);
        Assert.Equal((a.BreakEvenPrice, a.Irr, a.LevelisedPrice), (b.BreakEvenPrice, b.Irr, b.LevelisedPrice));
        Assert.Equal(a.Plan.ForwardPrice, b.Plan.ForwardPrice);
    }
}
