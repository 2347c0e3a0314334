using Aurum.Curves.Scenarios.Grid;

namespace Aurum.Tests.Curves.Scenarios;

/// <summary>The arithmetic of an earlier implementation of the platform, where it still applies.</summary>
/// <remarks>
/// <para>Still true, with the assumptions said: base 60, a policy of 0.5 and growth of 2.5 % are 60.625, with an elasticity of 1/12 in
/// place of its "0.05 per percent"; 100 basis points of a fuel at 45 are 0.45; a year within a ramp has 2 of 3 shares; 5 % of growth with a
/// reference of 80 on a base of 60 count 80/60 as much.</para>
/// <para>No longer true, on purpose: a policy worth a tenth of the letters of its name; growth that does not compound; a fuel effect of
/// fixed weights with a hash of the series' name in it; retirement that lowers the price; quarters at 1.05 and calendars at 1.08 times the
/// month; bands of two percent.</para>
/// </remarks>
public sealed class ReferenceVectorTests
{
    [Fact]
    public void Growth_and_policy_on_sixty_are_60_625()
    {
        var result = ScenarioRig.Run(
            $$$$$"""
            [{"driver_type":"load_growth","payload":{"annual_growth_pct":2.5,"start_year":2026,"end_year":2026,"interpolation":"step","elasticity":{{{{{1 / 12.0}}}}}}},
             {"driver_type":"policy","payload":{"policy_name":"Clean","effects":[{"type":"price_adder","amount_per_mwh":0.5}]}}]
            """, ScenarioRig.Inputs(ScenarioRig.Power(static _ => 60, months: 3)));
        Assert.All(result.Curves[0].Months, static m => Assert.Equal(60.625m, m.Value));
    }

    [Fact]
    public void A_hundred_basis_points_of_a_fuel_at_45_are_0_45() => Assert.All(
        ScenarioRig.Deltas(
            """{"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"gas","basis_points_adjustment":100,"heat_rate_mmbtu_per_mwh":1,"marginal_share":1}}""",
            ScenarioRig.Inputs() with { References = [ScenarioRig.Reference("gas", "USD/MMBtu", static _ => 45)] }),
        static d => Assert.Equal(0.45m, d));

    [Fact]
    public void A_ramp_of_three_years_has_two_thirds_in_its_second() => Assert.Equal(
        4m,
        ScenarioRig.Deltas(
            """
            {"driver_type":"carbon","payload":{"change_per_tonne":6,"emission_rate_t_per_mwh":1,
              "start_year":2025,"end_year":2027,"interpolation":"step"}}
            """)[0]);

    [Fact]
    public void Growth_counts_by_the_price_of_its_reference()
    {
        const string Payload =
            """
            "annual_growth_pct":5,"start_year":2026,"end_year":2026,"interpolation":"step","elasticity":0.0833333333333333
            """;
        var inputs = ScenarioRig.Inputs(ScenarioRig.Power(static _ => 60)) with
        {
            References = [ScenarioRig.Reference("west", "USD/MWh", static _ => 80)],
        };
        var own = ScenarioRig.Deltas($$$$$"""{"driver_type":"load_growth","payload":{{{{{{Payload}}}}}}}""", inputs)[0];
        var other = ScenarioRig.Deltas(
            $$$$$"""{"driver_type":"load_growth","payload":{{{{{{Payload}}}}},"reference_curve_key":"west"}}""", inputs)[0];
        Assert.Equal(0.25m, own);
        Assert.Equal(0.333333m, other);
    }

    [Fact]
    public void Retiring_120_megawatts_raises_the_price_by_what_was_taken_off_it() => Assert.Equal(
        1.35m,
        ScenarioRig.Deltas(
            """{"driver_type":"fleet_change","payload":{"fleet_id":"u","change_type":"retire","effective_date":"2025-12-01","capacity_mw":120,"slope_per_mw":0.01125,"capacity_factor":1}}""",
            ScenarioRig.Inputs(ScenarioRig.Power(static _ => 45)) with { Grid = GridAssumptions.Default })[0]);
}
