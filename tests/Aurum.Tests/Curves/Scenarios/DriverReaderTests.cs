using System.Text.Json;
using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios;
using Aurum.Curves.Scenarios.Drivers;

namespace Aurum.Tests.Curves.Scenarios;

public sealed class DriverReaderTests
{
    private const string Composite = "\"driver_type\":\"composite\",\"payload\":";
    private const string Chance = "\"driver_type\":\"stochastic\",\"payload\":";
    private const string Adder = "{\"driver_type\":\"policy\",\"payload\":{\"policy_name\":\"x\"}}";
    private const string Normal = "\"distribution_type\":\"normal\",\"parameters\":{\"mean\":0,\"stdev\":1}";

    private const string BadAssumptions =
        """
        - | an object | 5
        .driver_type | one of policy, load_growth | {"payload":{}}
        .driver_type | nearest: load_growth | {"driver_type":"load_grwth","payload":{}}
        .payload | an object | {"driver_type":"policy"}
        .payload | an object | {"driver_type":"policy","payload":[]}
        .verson | nearest: version | {"driver_type":"policy","payload":{"policy_name":"x"},"verson":"1"}
        .payload.policy_name | a text | {"driver_type":"policy","payload":{}}
        .payload.policy_name | a text | {"driver_type":"policy","payload":{"policy_name":""}}
        .payload.start_year | 1900 to 2100 | {"driver_type":"policy","payload":{"policy_name":"x","start_year":1800}}
        .payload.effects[0].type | price_adder | {"driver_type":"policy","payload":{"policy_name":"x","effects":[{}]}}
        .payload.effects[0].amount_per_mwh | a number | {"driver_type":"policy","payload":{"policy_name":"x","effects":[{"type":"price_adder"}]}}
        .payload.effects[0].percent | unknown field | {"driver_type":"policy","payload":{"policy_name":"x","effects":[{"type":"price_adder","amount_per_mwh":1,"percent":3}]}}
        .payload.effects[0].reference_series | a text | {"driver_type":"policy","payload":{"policy_name":"x","effects":[{"type":"carbon_floor","price_per_tonne":5}]}}
        .payload.effects[0].to | 2027-02-01 on | {"driver_type":"policy","payload":{"policy_name":"x","effects":[{"type":"price_cap","price_per_mwh":5,"from":"2027-02-01","to":"2027-01-01"}]}}
        .payload.annual_growth_pct | a number | {"driver_type":"load_growth","payload":{}}
        .payload.annual_growth_pct | a number | {"driver_type":"load_growth","payload":{"annual_growth_pct":"2.5"}}
        .payload.annual_growth_pct | -50 to 50 % a year | {"driver_type":"load_growth","payload":{"annual_growth_pct":80}}
        .payload.annual_growth_pct | a number | {"driver_type":"load_growth","payload":{"annual_growth_pct":1e400}}
        .payload.end_year | start_year 2030 | {"driver_type":"load_growth","payload":{"annual_growth_pct":1,"start_year":2030,"end_year":2029}}
        .payload.start_year | a whole number | {"driver_type":"load_growth","payload":{"annual_growth_pct":1,"start_year":2030.5}}
        .payload.elasticity | from 0 | {"driver_type":"load_growth","payload":{"annual_growth_pct":1,"elasticity":-1}}
        .payload.anual_growth_pct | nearest: annual_growth_pct | {"driver_type":"load_growth","payload":{"anual_growth_pct":1,"annual_growth_pct":1}}
        .payload.interpolation | linear, step | {"driver_type":"load_growth","payload":{"annual_growth_pct":1,"interpolation":"cubic"}}
        .payload.scope.blocks[0] | ON_PEAK | {"driver_type":"load_growth","payload":{"annual_growth_pct":1,"scope":{"blocks":["NIGHT"]}}}
        .payload.scope.asset_classes[0] | power | {"driver_type":"load_growth","payload":{"annual_growth_pct":1,"scope":{"asset_classes":["powr"]}}}
        .payload.scope.to | 2027-05 on | {"driver_type":"load_growth","payload":{"annual_growth_pct":1,"scope":{"from":"2027-05","to":"2027-04"}}}
        .payload.fuel | natural_gas, coal, co2, oil | {"driver_type":"fuel_curve","payload":{"reference_series":"hh"}}
        .payload.fuel | natural_gas | {"driver_type":"fuel_curve","payload":{"fuel":"gas","reference_series":"hh"}}
        .payload.reference_series | a text | {"driver_type":"fuel_curve","payload":{"fuel":"coal"}}
        .payload.marginal_share | from 0 to 1 | {"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"hh","marginal_share":1.5}}
        .payload.marginal_share.off_peak | a number | {"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"hh","marginal_share":{"on_peak":1}}}
        .payload.heat_rate_mmbtu_per_mwh | above 0 | {"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"hh","heat_rate_mmbtu_per_mwh":0}}
        .payload.emission_rate_t_per_mwh | fuel co2 | {"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"hh","emission_rate_t_per_mwh":0.4}}
        .payload.fleet_id | a text | {"driver_type":"fleet_change","payload":{"change_type":"retire","effective_date":"2027-01-01","capacity_mw":5}}
        .payload.change_type | retire, add | {"driver_type":"fleet_change","payload":{"fleet_id":"u","change_type":"close","effective_date":"2027-01-01","capacity_mw":5}}
        .payload.effective_date | a day | {"driver_type":"fleet_change","payload":{"fleet_id":"u","change_type":"retire","effective_date":"2027-02-30","capacity_mw":5}}
        .payload.capacity_mw | above 0 | {"driver_type":"fleet_change","payload":{"fleet_id":"u","change_type":"retire","effective_date":"2027-01-01","capacity_mw":0}}
        .payload.end_date | 2027-01-01 on | {"driver_type":"fleet_change","payload":{"fleet_id":"u","change_type":"retire","effective_date":"2027-01-01","capacity_mw":5,"end_date":"2026-01-01"}}
        .payload.technology | nuclear | {"driver_type":"fleet_change","payload":{"fleet_id":"u","change_type":"retire","effective_date":"2027-01-01","capacity_mw":5,"technology":"fusion"}}
        .payload.change_per_tonne | one of change_per_tonne | {"driver_type":"carbon","payload":{}}
        .payload.reference_series | the carbon curve | {"driver_type":"carbon","payload":{"change_pct":5}}
        .payload.price_per_tonne | either | {"driver_type":"carbon","payload":{"price_per_tonne":5,"change_per_tonne":5,"reference_series":"e"}}
        .payload.components | 1 to 20 | {"driver_type":"composite","payload":{"composition_type":"additive","components":[]}}
        .payload.composition_type | additive | {"driver_type":"composite","payload":{"composition_type":"sum","components":[{"driver_type":"policy","payload":{"policy_name":"x"}}]}}
        .payload.weights | a list of 1 | {"driver_type":"composite","payload":{"composition_type":"additive","components":[{"driver_type":"policy","payload":{"policy_name":"x"}}],"weights":[1,2]}}
        .payload.weights | sum to 1 | {"driver_type":"composite","payload":{"composition_type":"additive","components":[{"driver_type":"policy","payload":{"policy_name":"x"}}],"weights":[2],"validation_rules":{"weights_sum_to_one":true}}}
        .payload.components[0].payload.annual_growth_pct | a number | {"driver_type":"composite","payload":{"composition_type":"additive","components":[{"driver_type":"load_growth","payload":{}}]}}
        .payload.distribution_type | normal, lognormal | {"driver_type":"stochastic","payload":{"distribution_type":"cauchy","parameters":{}}}
        .payload.parameters.stdev | above 0 | {"driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":0,"stdev":0}}}
        .payload.parameters.max | above min | {"driver_type":"stochastic","payload":{"distribution_type":"uniform","parameters":{"min":2,"max":1}}}
        .payload.parameters.mode | from min 1 to max 2 | {"driver_type":"stochastic","payload":{"distribution_type":"triangular","parameters":{"min":1,"mode":9,"max":2}}}
        .payload.parameter | change_pct | {"driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":0,"stdev":1},"base_driver":{"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"hh"}}}}
        .payload.parameter | nearest: change | {"driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":0,"stdev":1},"parameter":"chnge","base_driver":{"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"hh"}}}}
        .payload.correlation_matrix.nobody | another stochastic driver | {"driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":0,"stdev":1},"correlation_matrix":{"nobody":0.5}}}
        .payload.correlation_matrix.x | -1 to 1 | {"driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":0,"stdev":1},"correlation_matrix":{"x":2}}}
        .payload.base_driver | without chance | {"driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":0,"stdev":1},"parameter":"effect","base_driver":{"driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":0,"stdev":1}}}}}
        .payload.parameter | a base driver with a reference_series | {"driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":0,"stdev":1},"parameter":"change_pct","base_driver":{"driver_type":"carbon","payload":{"change_per_tonne":1}}}}
        .payload.conditions | 1 to 20 | {"driver_type":"conditional","payload":{"true_driver":{"driver_type":"policy","payload":{"policy_name":"x"}}}}
        .payload.true_driver | an object | {"driver_type":"conditional","payload":{"conditions":[{"field":"month","value":1}]}}
        .payload.conditions[0].value | 1 to 12 | {"driver_type":"conditional","payload":{"conditions":[{"field":"month","value":13}],"true_driver":{"driver_type":"policy","payload":{"policy_name":"x"}}}}
        .payload.conditions[0].value | summer or winter | {"driver_type":"conditional","payload":{"conditions":[{"field":"season","value":"spring"}],"true_driver":{"driver_type":"policy","payload":{"policy_name":"x"}}}}
        .payload.conditions[0].operator | eq, ne or in | {"driver_type":"conditional","payload":{"conditions":[{"field":"season","operator":"lt","value":"summer"}],"true_driver":{"driver_type":"policy","payload":{"policy_name":"x"}}}}
        .payload.conditions[0].value | a list of two | {"driver_type":"conditional","payload":{"conditions":[{"field":"month","operator":"between","value":3}],"true_driver":{"driver_type":"policy","payload":{"policy_name":"x"}}}}
        .payload.conditions[0].driver | acts before | {"driver_type":"conditional","payload":{"conditions":[{"field":"driver","driver":"later","value":0}],"true_driver":{"driver_type":"policy","payload":{"policy_name":"x"}}}}
        .payload.evaluation_logic | all, any | {"driver_type":"conditional","payload":{"conditions":[{"field":"month","value":1}],"evaluation_logic":"custom","true_driver":{"driver_type":"policy","payload":{"policy_name":"x"}}}}
        .payload.base_values | 1 to 600 | {"driver_type":"time_series","payload":{"series_type":"trend"}}
        .payload.base_values[1] | a number | {"driver_type":"time_series","payload":{"series_type":"trend","base_values":[1,"2"]}}
        .payload.base_values | a whole period of 12 months | {"driver_type":"time_series","payload":{"series_type":"seasonal","base_values":[1,2]}}
        .payload.seasonal_params | amplitude | {"driver_type":"time_series","payload":{"series_type":"cyclical","base_values":[1,2]}}
        .payload.seasonal_params | seasonal or cyclical | {"driver_type":"time_series","payload":{"series_type":"trend","base_values":[1],"seasonal_params":{"amplitude":1}}}
        .payload.forecast_horizon | 1 to 600 | {"driver_type":"time_series","payload":{"series_type":"trend","base_values":[1],"forecast_horizon":0}}
        .payload.base_values[1].month | after 2027-02 | {"driver_type":"time_series","payload":{"series_type":"irregular","base_values":[{"month":"2027-02","value":1},{"month":"2027-01","value":1}]}}
        """;

    /// <summary>The path of the fault below the assumption (- for the assumption itself), what the error says, the assumption.</summary>
    public static TheoryData<string, string, string> Bad()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var line in BadAssumptions.Split('\n'))
        {
            var parts = line.Split(" | ", 3);
            data.Add(parts[0] == "-" ? "" : parts[0], parts[1], parts[2]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Bad_assumptions_are_refused_with_field_and_what_is_allowed(string path, string says, string assumption)
    {
        var refused = Assert.Throws<DocumentException>(() => ScenarioRig.Drivers($"[{assumption}]"));
        var error = Assert.Single(refused.Errors, e => e.Path == "$.assumptions[0]" + path);
        Assert.Contains(says, $"{error}", StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var refused = Assert.Throws<DocumentException>(() => ScenarioRig.Drivers(
            """
            [{"driver_type":"load_growth","payload":{"annual_growth_pct":99,"elasticty":1}},
             {"driver_type":"fuel_curve","payload":{"fuel":"peat"}},
             {"name":"a","driver_type":"carbon","payload":{"change_per_tonne":1}},
             {"name":"a","driver_type":"carbon","payload":{"change_per_tonne":1}}]
            """));
        Assert.Equal(
            ["$.assumptions[0].payload.annual_growth_pct", "$.assumptions[0].payload.elasticty", "$.assumptions[1].payload.fuel",
                "$.assumptions[1].payload.reference_series", "$.assumptions[3].name"],
            refused.Errors.Select(static e => e.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Payloads_of_the_facts_are_taken()
    {
        var drivers = ScenarioRig.Drivers(
            """
            [{"driver_type":"policy","payload":{"policy_name":"Clean Energy Act","start_year":2027,"description":"what it is"}},
             {"driver_type":"load_growth","payload":{"annual_growth_pct":2.5,"region":"ERCOT","start_year":2027,"end_year":2030},"version":"3"},
             {"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"henry_hub","basis_points_adjustment":100}},
             {"driver_type":"fleet_change","payload":{"fleet_id":"stp-1","change_type":"retire","effective_date":"2027-12-01","capacity_mw":1280}},
             {"driver_type":"load_growth","payload":{"annual_growth_pct":1}}]
            """);
        Assert.Equal(["policy", "load_growth", "fuel_curve", "fleet_change", "load_growth 2"], drivers.Select(static d => d.Name));
        Assert.Equal("3", drivers[1].Version);
        Assert.Equal(["ERCOT"], drivers[1].Scope.Regions);
        Assert.Equal(
            [new ReferenceNeed("henry_hub", "$.assumptions[2].payload.reference_series", ReferenceKind.Fuel)],
            ScenarioEngine.ReferencesOf(drivers));
    }

    [Fact]
    public void Examples_of_the_guide_are_taken()
    {
        var guide = File.ReadAllText(Path.Combine(Samples.ProjectRoot(), "docs", "scenario-drivers.md"));
        string[] examples =
        [
            .. guide.Split("```json\n").Skip(1).Select(static part => part[..part.IndexOf("```", StringComparison.Ordinal)]),
        ];
        Assert.Equal(
            ["load_growth, fuel_curve, unit 1 retires", "conditional", "gas"],
            examples.Select(static text => string.Join(
                ", ", ScenarioRig.Drivers(text[0] == '[' ? text : $"[{text}]").Select(static d => d.Name))));
    }

    [Fact]
    public void Drivers_inside_of_drivers_have_paths_and_scopes()
    {
        var composite = (CompositeDriver)ScenarioRig.Drivers(
            """
            [{"driver_type":"composite","payload":{"composition_type":"additive","scope":{"regions":["PJM"]},"components":[
              {"driver_type":"carbon","payload":{"change_per_tonne":1}},
              {"driver_type":"carbon","payload":{"change_per_tonne":1,"scope":{"regions":["MISO"]}}}]}}]
            """)[0];
        Assert.Equal("$.assumptions[0].payload.components[1]", composite.Components[1].Path);
        Assert.Equal(["PJM", "MISO"], composite.Components.Select(static c => c.Scope.Regions[0]));
        Assert.Equal(["PJM"], composite.Scope.Regions);
    }

    [Fact]
    public void Drivers_are_nested_no_deeper_than_four()
    {
        var text = Adder;
        for (var depth = 0; depth < 5; depth++)
        {
            text = $"{{{Composite}{{\"composition_type\":\"additive\",\"components\":[{text}]}}}}";
        }

        var refused = Assert.Throws<DocumentException>(() => ScenarioRig.Drivers($"[{text}]"));
        Assert.Contains("at most 4 drivers inside of each other", Assert.Single(refused.Errors).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Correlations_that_cannot_be_together_are_refused()
    {
        static string Named(string name, string row) =>
            $"{{\"name\":\"{name}\",{Chance}{{{Normal},\"correlation_matrix\":{{{row}}}}}}}";
        var refused = Assert.Throws<DocumentException>(() => ScenarioRig.Drivers(
            $"[{Named("a", "\"b\":0.9,\"c\":0.9")},{Named("b", "\"c\":-0.9")},{Named("c", "\"a\":0.9")}]"));
        Assert.Contains("positive semidefinite", Assert.Single(refused.Errors).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_of_a_run_are_read_with_their_defaults()
    {
        using var json = JsonDocument.Parse(
            """
            {"paths":50,"bands":{"level":0.8},
             "grid":{"gas_heat_rate_mmbtu_per_mwh":6.5,"solar_capacity_factor":{"on_peak":0.5,"off_peak":0.1}}}
            """);
        var reader = DocumentReader.Of(json.RootElement);
        var read = ScenarioParameters.Read(reader);
        reader.Close();
        reader.ThrowIfRefused();
        Assert.Equal((50, 6.5, 10.5), (read.Paths, read.Grid.GasHeatRateMmbtuPerMwh, read.Grid.CoalHeatRateMmbtuPerMwh));
        Assert.Equal((0.5, 0.1, 0.8), (read.Grid.SolarCapacityFactor.OnPeak, read.Grid.SolarCapacityFactor.OffPeak, read.Bands.Level));
    }
}
