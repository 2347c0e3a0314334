using Aurum.Curves.Ppa.Terms;

namespace Aurum.Tests.Curves.Ppa.Terms;

public sealed class PpaWordsTests
{
    [Fact]
    public void A_term_sheet_says_in_words_what_is_agreed()
    {
        var contract = Deals.Of($$$"""
            {
              "end": "2041-12-31", "curves": { "on_peak": "north peak", "off_peak": "north off" },
              "point": { "type": "node", "name": "SUN_1", "basis": { "type": "fixed", "amount": -2.5 } },
              "settlement": { "type": "physical", "minutes": 15 },
              "volume": {
                "type": "pay_as_produced", "capacity_mw": 150, "shape": {{{Deals.SolarShape()}}}, "share_percent": 80,
                "degradation_percent_per_year": 0.5, "availability_percent": 97,
                "band": { "min_mwh": 200000, "max_mwh": 400000, "shortfall": "charge", "shortfall_charge": 10 } },
              "price": {
                "type": "collar", "factor": 0.95, "adder": -1, "floor": 25, "cap": 60,
                "escalator": { "percent_per_year": 2, "step": "calendar_year" } },
              "negative_price": { "type": "curtail", "below": 0, "compensation_percent": 100 },
              "fees": { "per_mwh": 0.4, "per_month": 2500 }, "credit": { "percent_per_year": 0.5 },
              "upfront": { "amount": 1000000 }, "discount": { "annual_percent": 7, "payment_lag_days": 20 }
            }
            """);
        var text = string.Join('\n', PpaWords.Of(contract).Select(static l => $"{l.Term}: {l.Text}"));
        Golden.Check(Golden.Fixture("Curves/Ppa", "term-sheet.txt"), text + "\n");
    }

    [Theory]
    [InlineData("""{"negative_price":{"type":"consecutive","hours":6}}""", "for 6 hours in a row or longer, nothing is settled")]
    [InlineData("""{"negative_price":{"type":"floor_zero"}}""", "counts as zero")]
    [InlineData("""{"price":{"type":"stepped","steps":[{"from":"2027-01-01","price":40}]}}""", "40 USD/MWh from 2027-01-01.")]
    [InlineData("""{"price":{"type":"share","price":40,"upside_percent":30,"downside_percent":0}}""", "plus 30 % of what the market")]
    [InlineData("""{"side":"seller"}""", "We sell to Windpark Nord.")]
    [InlineData("""{"volume":{"type":"monthly_profile","unit":"mwh","months":[1,2,3,4,5,6,7,8,9,10,11,12]}}""", "12 MWh a month")]
    public void Other_terms_have_their_words(string changes, string words) =>
        Assert.Contains(PpaWords.Of(Deals.Of(changes)), line => line.Text.Contains(words, StringComparison.Ordinal));
}
