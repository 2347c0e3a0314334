using System.Globalization;
using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Grid;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Scenarios;

public sealed class DriverEffectTests
{
    [Fact]
    public void Load_growth_compounds_from_its_first_year_to_the_end_of_its_last()
    {
        var deltas = ScenarioRig.Deltas(
            """{"driver_type":"load_growth","payload":{"annual_growth_pct":10,"start_year":2027,"end_year":2028,"elasticity":0.5,"interpolation":"step"}}""");
        Assert.Equal(0, deltas[2]);                      // 2026-12
        Assert.Equal(50 * 0.5m * 0.10m, deltas[3]);      // 2027-01
        Assert.Equal(50 * 0.5m * 0.21m, deltas[15]);     // 2028-01
        Assert.Equal(50 * 0.5m * 0.21m, deltas[27]);     // 2029-01
    }

    [Fact]
    public void Load_growth_lies_on_a_line_over_the_middles_of_months()
    {
        var deltas = ScenarioRig.Deltas(
            """{"driver_type":"load_growth","payload":{"annual_growth_pct":10,"start_year":2027,"elasticity":1}}""");
        Assert.Equal(Math.Round((decimal)(50 * (Math.Pow(1.1, 6.5 / 12) - 1)), 6), deltas[9]);
    }

    [Fact]
    public void Load_growth_with_a_reference_takes_a_share_of_its_price() => Assert.All(
        ScenarioRig.Deltas(
            """{"driver_type":"load_growth","payload":{"annual_growth_pct":5,"start_year":2026,"end_year":2026,"interpolation":"step","elasticity":1,"reference_curve_key":"west"}}""",
            ScenarioRig.Inputs() with { References = [ScenarioRig.Reference("west", "USD/MWh", static _ => 80)] }),
        static d => Assert.Equal(4m, d));

    [Fact]
    public void Fuel_goes_through_heat_rate_and_the_hours_in_which_it_is_marginal() => Assert.All(
        ScenarioRig.Deltas(
            """{"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"henry_hub","change_pct":20,"heat_rate_mmbtu_per_mwh":8,"marginal_share":0.5}}"""),
        static d => Assert.Equal(4m * 0.2m * 8 * 0.5m, d));

    [Fact]
    public void Fuel_has_its_price_of_the_month()
    {
        var inputs = ScenarioRig.Inputs() with { References = [ScenarioRig.Reference("hh", "USD/MMBtu", static i => 3 + i)] };
        var deltas = ScenarioRig.Deltas(
            """{"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"hh","basis_points_adjustment":1000,"heat_rate_mmbtu_per_mwh":10,"marginal_share":1}}""",
            inputs);
        Assert.Equal([3m, 4m, 5m], deltas[..3]);
    }

    [Fact]
    public void Fuel_in_another_unit_and_currency_is_brought_into_that_of_the_curve()
    {
        // 29.3071070172 EUR/MWh is 29.3071070172 * 0.2930710702 = 8.589067... EUR/MMBtu; the curve is in EUR.
        var identity = ScenarioRig.Power().Identity with { Region = "EU", Iso = null, Location = "German" };
        var curve = ScenarioRig.Curve(identity, Block.AllHours, "EUR/MWh", static _ => 80, 12, new YearMonth(2026, 10));
        var inputs = ScenarioRig.Inputs(curve) with { References = [ScenarioRig.Reference("ttf", "EUR/MWh", static _ => 30)] };
        var deltas = ScenarioRig.Deltas(
            """{"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"ttf","change_pct":10,"heat_rate_mmbtu_per_mwh":7,"marginal_share":1}}""",
            inputs);
        Assert.Equal(Math.Round((decimal)(30 * 0.29307107017222222 * 0.1 * 7), 6), deltas[0]);
        var refused = Assert.Throws<DocumentException>(() => ScenarioRig.Deltas(
            """{"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"ttf","change_pct":10}}""",
            inputs with { References = [ScenarioRig.Reference("ttf", "USD/MWh", static _ => 30)] }));
        Assert.Equal("$.assumptions[0].payload.reference_series", Assert.Single(refused.Errors).Path);
        Assert.Contains("EUR/MMBtu", refused.Errors[0].Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fuels_own_curve_moves_by_the_change_itself_and_other_fuels_stay()
    {
        var gas = ScenarioRig.Gas();
        var inputs = ScenarioRig.Inputs(gas, ScenarioRig.Power()) with
        {
            References = [ScenarioRig.Reference("henry_hub", "USD/MMBtu", static _ => 4, key: gas.CurveKey)],
        };
        var result = ScenarioRig.Run(
            """[{"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"henry_hub","change_pct":25}},{"driver_type":"carbon","payload":{"change_per_tonne":10}}]""",
            inputs);
        Assert.All(result.Curves[0].Months, static m => Assert.Equal([1m, 0m], m.Attribution.Select(static a => a.Delta)));
        Assert.Contains("carbon does not act on this curve", result.Curves[0].Notes[0], StringComparison.Ordinal);
        Assert.All(result.Curves[1].Months, static m => Assert.True(m.Attribution[0].Delta > 0 && m.Attribution[1].Delta > 0));
    }

    [Fact]
    public void A_target_curve_takes_the_place_of_the_reference()
    {
        var inputs = ScenarioRig.Inputs() with
        {
            References =
            [
                ScenarioRig.Reference("now", "USD/MMBtu", static _ => 4),
                ScenarioRig.Reference("then", "USD/MMBtu", static i => 4 + (i / 10.0)),
            ],
        };
        var deltas = ScenarioRig.Deltas(
            """{"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"now","target_series":"then","heat_rate_mmbtu_per_mwh":10,"marginal_share":1}}""",
            inputs);
        Assert.Equal([0m, 1m, 2m], deltas[..3]);
    }

    [Fact]
    public void Carbon_goes_through_the_emission_rate_of_the_marginal_unit()
    {
        var added = ScenarioRig.Deltas(
            """{"driver_type":"carbon","payload":{"change_per_tonne":10,"emission_rate_t_per_mwh":0.4,"pass_through":0.9}}""");
        Assert.All(added, static d => Assert.Equal(3.6m, d));
        var target = ScenarioRig.Deltas(
            """{"driver_type":"carbon","payload":{"price_per_tonne":80,"reference_series":"eua","emission_rate_t_per_mwh":0.4}}""");
        Assert.All(target, static d => Assert.Equal(8m, d));
        var grid = GridAssumptions.Default.EmissionTonnesPerMwh();
        Assert.InRange(grid.OnPeak, 0.35, 0.45);
    }

    [Fact]
    public void Retiring_raises_the_price_and_adding_lowers_it_as_far_as_the_stack_says()
    {
        var inputs = ScenarioRig.Inputs() with { SupplyStacks = [ScenarioRig.Stack()] };
        var retired = ScenarioRig.Deltas(Fleet("retire", "\"technology\":\"nuclear\""), inputs);
        var added = ScenarioRig.Deltas(Fleet("add", "\"technology\":\"nuclear\""), inputs);
        Assert.True(retired[20] > 0);
        Assert.True(added[20] < 0);
        Assert.True(retired[20] > -added[20], "the stack bends upwards");
    }

    [Fact]
    public void A_slope_of_the_drivers_own_is_taken_at_its_word()
    {
        var deltas = ScenarioRig.Deltas(Fleet("retire", "\"slope_per_mw\":0.01,\"capacity_factor\":0.5"));
        Assert.Equal(0m, deltas[2]);
        Assert.Equal(1_000 * 0.01m * 0.5m, deltas[4]);
    }

    [Fact]
    public void A_change_within_a_month_counts_by_the_hours_from_that_day_on()
    {
        // January 2027 has 744 hours, 408 of them from the 15th on.
        var deltas = ScenarioRig.Deltas(Fleet("retire", "\"slope_per_mw\":0.01,\"capacity_factor\":1"));
        Assert.Equal(Math.Round(10m * 408 / 744, 6), deltas[3]);
        // March 2027 loses an hour on the 14th: 743 hours, 432 from the 14th less that hour.
        var march = ScenarioRig.Deltas(
            Fleet("retire", "\"slope_per_mw\":0.01,\"capacity_factor\":1").Replace("2027-01-15", "2027-03-14", StringComparison.Ordinal));
        Assert.Equal(Math.Round(10m * 431 / 743, 6), march[5]);
    }

    [Fact]
    public void Sun_counts_by_block()
    {
        decimal Of(Block block) => ScenarioRig.Deltas(
            Fleet("add", "\"slope_per_mw\":0.01,\"technology\":\"solar\""), ScenarioRig.Inputs(ScenarioRig.Power(block: block)))[12];
        Assert.Equal(-4m, Of(Block.OnPeak));
        Assert.Equal(-1m, Of(Block.OffPeak));
        Assert.InRange(Of(Block.AllHours), -2.6m, -2.2m);
    }

    [Fact]
    public void Megawatts_without_anything_that_says_what_they_move_are_refused()
    {
        var inputs = ScenarioRig.Inputs() with { Grid = GridAssumptions.Default };
        var refused = Assert.Throws<DocumentException>(() => ScenarioRig.Deltas(Fleet("retire", "\"technology\":\"coal\""), inputs));
        Assert.Contains("slope_per_mw", Assert.Single(refused.Errors).Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"price_adder","amount_per_mwh":2.5}""", 2.5)]
    [InlineData("""{"type":"price_percent","percent":-3}""", -1.5)]
    [InlineData("""{"type":"price_floor","price_per_mwh":60}""", 10)]
    [InlineData("""{"type":"price_floor","price_per_mwh":40}""", 0)]
    [InlineData("""{"type":"price_cap","price_per_mwh":45}""", -5)]
    [InlineData("""{"type":"carbon_adder","amount_per_tonne":10,"emission_rate_t_per_mwh":0.4}""", 4)]
    [InlineData("""{"type":"carbon_floor","price_per_tonne":75,"reference_series":"eua","emission_rate_t_per_mwh":1}""", 15)]
    [InlineData("""{"type":"carbon_floor","price_per_tonne":50,"reference_series":"eua","emission_rate_t_per_mwh":1}""", 0)]
    [InlineData("""{"type":"renewable_target","base_share_pct":20,"target_share_pct":30,"elasticity":1.2}""", -6)]
    public void A_policy_does_what_its_effects_say(string effect, decimal expected) => Assert.All(
        ScenarioRig.Deltas($$$$$"""{"driver_type":"policy","payload":{"policy_name":"Act","effects":[{{{{{effect}}}}}]}}"""),
        d => Assert.Equal(expected, d));

    [Fact]
    public void A_policy_without_effects_changes_nothing_and_says_so()
    {
        var result = ScenarioRig.Run("""[{"driver_type":"policy","payload":{"policy_name":"Clean"}}]""");
        Assert.All(result.Curves[0].Points, static p => Assert.Equal(p.Base, p.Value));
        Assert.Contains(result.Assumptions, static a => a.Contains("states no effects and changes nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_policy_acts_from_a_day_to_another()
    {
        var deltas = ScenarioRig.Deltas(
            """{"driver_type":"policy","payload":{"policy_name":"Act","start_year":2027,"effects":[{"type":"price_adder","amount_per_mwh":31,"to":"2027-05-10"}]}}""");
        Assert.Equal([0m, 31m, 10m, 0m], new[] { deltas[2], deltas[3], deltas[7], deltas[8] });
    }

    [Theory]
    [InlineData("additive", 14)]
    [InlineData("multiplicative", 14.8)]
    [InlineData("conditional", 10)]
    public void Composites_join_their_components(string type, decimal expected) => Assert.All(
        ScenarioRig.Deltas(
            $$$$$"""
            {"driver_type":"composite","payload":{"composition_type":"{{{{{type}}}}}","weights":[1,0.5],"components":[
              {"driver_type":"policy","payload":{"policy_name":"a","effects":[{"type":"price_adder","amount_per_mwh":10}]}},
              {"driver_type":"policy","payload":{"policy_name":"b","effects":[{"type":"price_adder","amount_per_mwh":8}]}}]}}
            """),
        d => Assert.Equal(expected, d));

    [Fact]
    public void A_composite_that_moves_more_than_it_may_is_refused()
    {
        var refused = Assert.Throws<DocumentException>(() => ScenarioRig.Deltas(
            """
            {"driver_type":"composite","payload":{"composition_type":"additive","validation_rules":{"max_abs_effect":5},"components":[
              {"driver_type":"policy","payload":{"policy_name":"a","effects":[{"type":"price_adder","amount_per_mwh":10}]}}]}}
            """));
        Assert.Equal("$.assumptions[0].payload.validation_rules.max_abs_effect", Assert.Single(refused.Errors).Path);
    }

    [Theory]
    [InlineData("""[{"field":"season","value":"winter"}]""", "all", "1 2 3 11 12")]
    [InlineData("""[{"field":"month","operator":"in","value":[7,8]}]""", "all", "7 8")]
    [InlineData("""[{"field":"month","operator":"between","value":[3,5]},{"field":"year","value":2028}]""", "all", "3 4 5")]
    [InlineData("""[{"field":"quarter","value":1},{"field":"month","operator":"gt","value":11}]""", "any", "1 2 3 12")]
    [InlineData("""[{"field":"base_price","operator":"ge","value":50}]""", "all", "1 2 3 4 5 6 7 8 9 10 11 12")]
    [InlineData("""[{"field":"price","operator":"lt","value":50}]""", "all", "")]
    [InlineData("""[{"field":"block","operator":"ne","value":"ON_PEAK"}]""", "all", "1 2 3 4 5 6 7 8 9 10 11 12")]
    public void Conditions_choose_months(string conditions, string logic, string months)
    {
        var deltas = ScenarioRig.Deltas(
            $$$$$"""
            {"driver_type":"conditional","payload":{"conditions":{{{{{conditions}}}}},"evaluation_logic":"{{{{{logic}}}}}",
              "true_driver":{"driver_type":"policy","payload":{"policy_name":"a","effects":[{"type":"price_adder","amount_per_mwh":1}]}},
              "false_driver":{"driver_type":"policy","payload":{"policy_name":"b","effects":[{"type":"price_adder","amount_per_mwh":-1}]}}}}
            """);
        // 2028 begins at the sixteenth month of the curve.
        Assert.Equal(months, string.Join(' ', Enumerable.Range(0, 12).Where(m => deltas[15 + m] == 1).Select(static m => m + 1)));
        Assert.All(deltas, static d => Assert.True(d is 1 or -1));
    }

    [Fact]
    public void A_condition_sees_what_drivers_before_it_have_done()
    {
        var result = ScenarioRig.Run(
            """
            [{"name":"sun","driver_type":"time_series","payload":{"series_type":"seasonal","start":"2026-10","forecast_horizon":100,
               "base_values":[0,0,0,0,0,0,-5,-5,-5,0,0,0]}},
             {"driver_type":"conditional","payload":{"conditions":[{"field":"driver","driver":"sun","operator":"lt","value":-1}],
               "true_driver":{"driver_type":"policy","payload":{"policy_name":"a","effects":[{"type":"price_adder","amount_per_mwh":2}]}}}}]
            """);
        Assert.All(
            result.Curves[0].Months, static m => Assert.Equal(m.Attribution[0].Delta == -5 ? 2 : 0, m.Attribution[1].Delta));
        Assert.Equal(9, result.Curves[0].Months.Count(static m => m.Attribution[1].Delta == 2));
    }

    [Theory]
    [InlineData("0 1 2 3 4 5 0",
        """{"series_type":"trend","base_values":[1,2,3],"start":"2026-11","forecast_horizon":2}""")]
    [InlineData("1 1.5 2 2.5 2.5 2.5 2.5",
        """
        {"series_type":"trend","base_values":[1],"start":"2026-10","forecast_horizon":3,"trend_params":{"slope_per_month":0.5},
         "after_horizon":"hold"}
        """)]
    [InlineData("1 2 3 4 2 3 2",
        """{"series_type":"seasonal","base_values":[1,2,3,4],"start":"2026-10","seasonal_params":{"period_months":2}}""")]
    [InlineData("2 3 2 1 2 3 2",
        """
        {"series_type":"cyclical","base_values":[2],"start":"2026-10","seasonal_params":{"period_months":4,"amplitude":1}}
        """)]
    [InlineData("0 2 4 6 6 0 0",
        """
        {"series_type":"irregular","base_values":[{"month":"2026-11","value":2},{"month":"2027-01","value":6}],"forecast_horizon":1}
        """)]
    [InlineData("0 2 2 6 6 0 0",
        """
        {"series_type":"irregular","interpolation":"step","forecast_horizon":1,
         "base_values":[{"month":"2026-11","value":2},{"month":"2027-01","value":6}]}
        """)]
    [InlineData("5 5 5 5 0 0 0",
        """
        {"series_type":"trend","base_values":[10,10,10],"start":"2026-10","applies_as":"percent","forecast_horizon":1}
        """)]
    public void A_series_is_carried_on(string expected, string payload)
    {
        var deltas = ScenarioRig.Deltas($$$$$"""{"driver_type":"time_series","payload":{{{{{payload}}}}}}""");
        Assert.Equal(expected.Split(' ').Select(static d => decimal.Parse(d, CultureInfo.InvariantCulture)), deltas[..7]);
    }

    [Fact]
    public void A_scope_restricts_curves_and_months()
    {
        var inputs = ScenarioRig.Inputs(ScenarioRig.Power(), ScenarioRig.Power(location: "South"), ScenarioRig.Power(block: Block.OnPeak));
        var result = ScenarioRig.Run(
            """
            [{"driver_type":"policy","payload":{"policy_name":"a","effects":[{"type":"price_adder","amount_per_mwh":1}],
              "scope":{"regions":["north"],"blocks":["BASE"],"from":"2027-01","to":"2027-02"}}}]
            """, inputs);
        Assert.Equal(
            [2, 0, 0], result.Curves.Select(static c => c.Months.Count(static m => m.Attribution[0].Delta == 1)));
        Assert.Contains("does not act on this curve", Assert.Single(result.Curves[1].Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_spark_spread_stays_unless_it_is_named()
    {
        var power = ScenarioRig.Power();
        var identity = power.Identity with { Product = "spark_spread", SparkLocation = "Dutch_TTF" };
        var spread = power with { Identity = identity, Name = "North spread" };
        const string Levy =
            """
            [{"driver_type":"policy","payload":{"policy_name":"a","effects":[{"type":"price_adder","amount_per_mwh":1}]#}}]
            """;
        var left = ScenarioRig.Run(Levy.Replace("#", "", StringComparison.Ordinal), ScenarioRig.Inputs(spread));
        Assert.All(left.Curves[0].Points, static p => Assert.Equal(p.Base, p.Value));
        Assert.Contains("both of its legs", left.Curves[0].Notes[0], StringComparison.Ordinal);
        var named = ScenarioRig.Run(
            Levy.Replace("#", ",\"scope\":{\"curves\":[\"North spread\"]}", StringComparison.Ordinal), ScenarioRig.Inputs(spread));
        Assert.All(named.Curves[0].Points, static p => Assert.Equal(p.Base + 1, p.Value));
    }

    private static string Fleet(string change, string more) =>
        $$$$$"""
        {"driver_type":"fleet_change","payload":{"fleet_id":"unit 1","change_type":"{{{{{change}}}}}","effective_date":"2027-01-15",
          "capacity_mw":1000,{{{{{more}}}}}}}
        """;
}
