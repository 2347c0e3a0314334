using Aurum.Curves.Building;
using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;
using Aurum.Curves.Ppa.Valuing;
using NodaTime;

namespace Aurum.Tests.Curves.Ppa.Settling;

public sealed class SettlementTests
{
    private const int Hours2027And2028 = (365 + 366) * 24;

    [Fact]
    public void A_flat_shape_is_forward_times_volume()
    {
        var plan = PpaValuer.Plan(Deals.Of(), Deals.Flat(50));
        Assert.Equal(Hours2027And2028, plan.Count);
        Assert.Equal(10.0 * 10 * Hours2027And2028, Deals.NetOf(plan), 4);
        var sold = PpaValuer.Plan(Deals.Of("""{"side":"seller"}"""), Deals.Flat(50));
        Assert.Equal(-10.0 * 10 * Hours2027And2028, Deals.NetOf(sold), 4);
    }

    [Theory]
    [InlineData(20, 25)]
    [InlineData(38, 38)]
    [InlineData(60, 45)]
    [InlineData(-10, 25)]
    public void A_collar_pays_between_its_floor_and_its_cap(double market, double paid)
    {
        var contract = Deals.Of("""{"price":{"type":"collar","floor":25,"cap":45}}""");
        var plan = PpaValuer.Plan(contract, Deals.Flat(market));
        Assert.Equal((market - paid) * 10 * Hours2027And2028, Deals.NetOf(plan), 4);
    }

    [Fact]
    public void Quarter_hours_and_five_minutes_of_hourly_prices_settle_like_hours()
    {
        foreach (var clause in new[] { "none", "floor_zero", "no_pay_below", "curtail" })
        {
            double At(int minutes) => Deals.NetOf(PpaValuer.Plan(
                Deals.Of(
                    $$$"""{"settlement":{"type":"physical","minutes":{{{minutes}}}},"negative_price":{"type":"{{{clause}}}"}}"""),
                Deals.Flat(8) with { Shape = Deals.Wave(ShapeKind.Difference, 15) }));
            Assert.Equal(At(60), At(15), 3);
            Assert.Equal(At(60), At(5), 3);
        }
    }

    [Fact]
    public void Long_runs_of_low_prices_are_marked_from_the_first_hour_on_and_short_ones_not()
    {
        var clause = new PlanClause(NegativePriceKind.Consecutive, 0, 3, 0);
        double[] prices = [5, -1, -1, 5, -1, -2, -3, -4, 5, -1, -1, -1];
        var isLow = new bool[prices.Length];
        Settlement.MarkRuns(clause, prices, isLow);
        Assert.Equal([false, false, false, false, true, true, true, true, false, true, true, true], isLow);
    }

    [Theory]
    [InlineData("""{"type":"none"}""", "financial", -30.0 - 40)]
    [InlineData("""{"type":"floor_zero"}""", "financial", -40.0)]
    [InlineData("""{"type":"floor_zero"}""", "physical", -40.0)]
    [InlineData("""{"type":"no_pay_below"}""", "financial", 0.0)]
    [InlineData("""{"type":"no_pay_below"}""", "physical", -30.0)]
    [InlineData("""{"type":"no_pay_below","below":-31}""", "financial", -70.0)]
    [InlineData("""{"type":"consecutive","hours":4}""", "financial", 0.0)]
    [InlineData("""{"type":"curtail"}""", "physical", 0.0)]
    [InlineData("""{"type":"curtail","compensation_percent":100}""", "physical", -40.0)]
    [InlineData("""{"type":"curtail","compensation_percent":50}""", "financial", -20.0)]
    public void A_clause_says_what_a_low_price_pays(string clause, string settlement, double buyerPerMwh)
    {
        var contract = Deals.Of(
            $$"""{"end":"2027-01-31","settlement":{"type":"{{settlement}}"},"negative_price":{{clause}}}""");
        var plan = PpaValuer.Plan(contract, Deals.Flat(-30));
        Assert.Equal(buyerPerMwh * 10 * 744, Deals.NetOf(plan), 6);
    }

    [Fact]
    public void A_price_steps_within_a_month_on_its_very_day()
    {
        var contract = Deals.Of(
            """{"start":"2027-01-11","end":"2028-12-31","price":{"type":"escalator","price":40,"escalator":{"percent_per_year":10}}}""");
        var plan = PpaValuer.Plan(contract, Deals.Flat(0));
        var january = Array.FindIndex(plan.Months, static m => m.Month == new YearMonth(2028, 1));
        var terms = plan.Terms.Where(t => t.Month == january).ToArray();
        Assert.Equal([40.0, 44.0], terms.Select(static t => Math.Round(t.Fixed, 9)));
        Assert.Equal([240, 504], terms.Select(static t => t.Count));
        Assert.Equal(plan.Count, plan.Terms.Sum(static t => t.Count));
        Assert.Equal(plan.Count, plan.Months.Sum(static m => m.Count));
    }

    [Fact]
    public void A_shared_price_gives_each_side_its_part()
    {
        const string price = """{"price":{"type":"share","price":40,"upside_percent":30,"downside_percent":60}}""";
        Assert.Equal((60 - (40 + 6)) * 10.0 * Hours2027And2028, Deals.NetOf(PpaValuer.Plan(Deals.Of(price), Deals.Flat(60))), 4);
        Assert.Equal((30 - (40 - 6)) * 10.0 * Hours2027And2028, Deals.NetOf(PpaValuer.Plan(Deals.Of(price), Deals.Flat(30))), 4);
    }

    [Fact]
    public void Volume_outside_the_band_of_a_year_is_settled_as_the_band_says()
    {
        // 10 MW in 2027: 87,600 MWh, worth 50, paid 40.
        double Net(string band) => Deals.NetOf(PpaValuer.Plan(
            Deals.Of($$$"""{"end":"2027-12-31","volume":{"type":"baseload","capacity_mw":10,"band":{{{band}}}}}"""), Deals.Flat(50)));
        Assert.Equal(876_000, Net("""{"max_mwh":90000,"min_mwh":80000}"""), 3);
        Assert.Equal(800_000, Net("""{"max_mwh":80000}"""), 3);
        Assert.Equal(800_000 + (7_600 * 20), Net("""{"max_mwh":80000,"excess":"price","excess_price":30}"""), 3);
        Assert.Equal(876_000, Net("""{"min_mwh":90000}"""), 3);
        Assert.Equal(900_000, Net("""{"min_mwh":90000,"shortfall":"replace"}"""), 3);
        Assert.Equal(876_000 + (2_400 * 7), Net("""{"min_mwh":90000,"shortfall":"charge","shortfall_charge":7}"""), 3);
    }

    [Fact]
    public void More_market_price_is_more_for_the_buyer_and_more_contract_price_floor_or_cap_is_less()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var term = new PlanTerm(
                0, 1, 0, random.Next(-20, 60), random.NextDouble(), 40, random.NextDouble() * 0.5, random.NextDouble() * 0.5,
                random.Next(-10, 20), random.Next(30, 80));
            var clause = new PlanClause((NegativePriceKind)random.Next(0, 2), 0, 1, 0);
            var (price, more) = (random.Next(-50, 150), random.NextDouble() * 20);
            double Net(PlanTerm t, double p, double v = 1) => Settlement.BuyerNet(t, clause, true, false, p, v);
            var plain = term with { Factor = term.Factor * 0.5 };
            Assert.True(Net(plain, price + more) >= Net(plain, price) - 1e-9);
            Assert.True(Net(term with { Fixed = term.Fixed + more }, price) <= Net(term, price) + 1e-9);
            Assert.True(Net(term with { Floor = term.Floor + more }, price) <= Net(term, price) + 1e-9);
            Assert.True(Net(term with { Cap = term.Cap + more }, price) <= Net(term, price) + 1e-9);
            Assert.Equal(3 * Net(term, price), Net(term, price, 3), 9);
        }
    }
}
