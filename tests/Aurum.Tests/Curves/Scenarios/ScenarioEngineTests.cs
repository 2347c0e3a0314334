using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios;
using Aurum.Curves.Scenarios.Bands;
using Aurum.Market.Curves;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Scenarios;

public sealed class ScenarioEngineTests
{
    /// <summary>One driver of every kind.</summary>
    private const string EveryKind =
        """
        [{"driver_type":"load_growth","payload":{"annual_growth_pct":1.7,"start_year":2026}},
         {"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"henry_hub","change_pct":20,"start_year":2027,"end_year":2029}},
         {"driver_type":"carbon","payload":{"change_pct":15,"reference_series":"eua"}},
         {"driver_type":"fleet_change","payload":{"fleet_id":"n","change_type":"retire","effective_date":"2027-05-17","capacity_mw":1234,"technology":"nuclear"}},
         {"driver_type":"policy","payload":{"policy_name":"p","effects":[{"type":"price_percent","percent":1.1},{"type":"renewable_target","base_share_pct":20,"target_share_pct":25,"start_year":2027,"end_year":2030}]}},
         {"driver_type":"time_series","payload":{"series_type":"cyclical","base_values":[0.3],"seasonal_params":{"period_months":7,"amplitude":1.7}}},
         {"driver_type":"conditional","payload":{"conditions":[{"field":"season","value":"winter"}],"true_driver":{"driver_type":"carbon","payload":{"change_per_tonne":3.3}}}},
         {"driver_type":"composite","payload":{"composition_type":"multiplicative","components":[{"driver_type":"carbon","payload":{"change_per_tonne":-2}},{"driver_type":"policy","payload":{"policy_name":"q","effects":[{"type":"price_adder","amount_per_mwh":0.77}]}}]}}]
        """;

    private static readonly string Uncertain = EveryKind.TrimEnd(']') +
        """
        , {"name":"gas","driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":0,"stdev":25},"parameter":"change_pct",
            "base_driver":{"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"henry_hub"}}}},
          {"name":"level","driver_type":"stochastic","payload":{"distribution_type":"triangular","parameters":{"min":-5,"mode":0,"max":8},"applies_as":"percent",
            "varies":"once","correlation_matrix":{"gas":0.6}}}]
        """;

    [Fact]
    public void Without_drivers_the_scenario_is_the_base()
    {
        var curve = ScenarioRig.Power(static i => 40 + Math.Sin(i));
        var result = ScenarioRig.Run("[]", ScenarioRig.Inputs(curve));
        Assert.All(result.Curves[0].Points, static p => Assert.Equal(p.Base, p.Value));
        Assert.Equal(
            curve.Months.Select(static m => Math.Round((decimal)m.Price, 6)), result.Curves[0].Months.Select(static m => m.Value));
        Assert.Equal(0, result.Paths);
    }

    [Fact]
    public void Base_and_parts_sum_to_the_value_to_the_last_decimal()
    {
        var random = new Random(11);
        foreach (var assumptions in new[] { EveryKind, Uncertain })
        {
            for (var round = 0; round < 5; round++)
            {
                var curve = ScenarioRig.Power(_ => (120 * random.NextDouble()) - 20, block: (Block)(round % 3));
                var inputs = ScenarioRig.Inputs(curve) with { Paths = 50, SupplyStacks = round % 2 == 0 ? [ScenarioRig.Stack()] : [] };
                var result = ScenarioRig.Run(assumptions, inputs);
                Assert.All(result.Curves[0].Points, p => Assert.Equal(p.Value, p.Base + p.Attribution.Sum(static a => a.Delta)));
                Assert.All(result.Curves[0].Points, p => Assert.Equal(result.Components, p.Attribution.Select(static a => a.Component)));
                Assert.Equal(40 + result.Curves[0].Strips.Count, result.Curves[0].Points.Count());
            }
        }
    }

    [Fact]
    public void Strips_are_means_of_their_months_by_the_hours_that_the_clock_runs()
    {
        var curve = ScenarioRig.Power(static i => 40 + i, months: 30);
        var result = ScenarioRig.Run(EveryKind, ScenarioRig.Inputs(curve)).Curves[0];
        var calendar = result.Strips.Single(static s => s.Tenor.Label == "Calendar 2028");
        Assert.Equal(8_784, calendar.Hours);
        var quarter = result.Strips.Single(static s => s.Tenor.Label == "Q1 2028");
        Assert.Equal(744 + 696 + 743, quarter.Hours);
        var fourth = result.Strips.Single(static s => s.Tenor.Label == "Q4 2027");
        Assert.Equal(744 + 721 + 744, fourth.Hours);
        foreach (var strip in result.Strips)
        {
            var months = result.Months.Where(m => strip.Tenor.Contains(m.Tenor.First)).ToArray();
            Assert.Equal(strip.Hours, months.Sum(static m => m.Hours));
            Assert.InRange(Math.Abs(strip.Value - (months.Sum(static m => m.Value * m.Hours) / strip.Hours)), 0, 0.0000005m);
            for (var i = 0; i < strip.Attribution.Count; i++)
            {
                var part = months.Sum(m => m.Attribution[i].Delta * m.Hours) / strip.Hours;
                Assert.InRange(Math.Abs(strip.Attribution[i].Delta - part), 0, 0.000001m);
            }
        }
    }

    [Fact]
    public void A_strip_of_which_months_are_missing_says_so()
    {
        var curve = ScenarioRig.Power(months: 5) with
        {
            Strips = [new Tenor(TenorType.Quarter, "Q1 2027", new YearMonth(2027, 1), new YearMonth(2027, 3)),
                new Tenor(TenorType.Quarter, "Q2 2027", new YearMonth(2027, 4), new YearMonth(2027, 6))],
        };
        var strip = Assert.Single(ScenarioRig.Run("[]", ScenarioRig.Inputs(curve)).Curves[0].Strips);
        Assert.Equal((1, 744 + 672), (strip.MissingMonths, strip.Hours));
    }

    [Fact]
    public void Threads_do_not_change_a_bit_and_seeds_do()
    {
        var curve = ScenarioRig.Power(static i => 45 + (i % 12));
        var inputs = ScenarioRig.Inputs(curve, ScenarioRig.Power(block: Block.OnPeak)) with { Paths = 200, Seed = 7 };
        int[] threads = [1, 2, 4];
        string[] hashes = [.. threads.Select(t => ScenarioRig.Run(Uncertain, inputs with { Threads = t }).Sha256())];
        Assert.Single(hashes.Distinct());
        Assert.NotEqual(hashes[0], ScenarioRig.Run(Uncertain, inputs with { Seed = 8 }).Sha256());
    }

    [Fact]
    public void A_draw_does_not_hang_on_the_other_curves_of_the_run()
    {
        const string Varying =
            """
            [{"driver_type":"stochastic","payload":{"distribution_type":"uniform","parameters":{"min":-5,"max":5},"varies":"month"}},
             {"driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":1,"stdev":1},"varies":"year"}}]
            """;
        var south = ScenarioRig.Power(location: "South", first: new YearMonth(2026, 9));
        var alone = ScenarioRig.Run(Varying, ScenarioRig.Inputs() with { Paths = 20 });
        var together = ScenarioRig.Run(Varying, ScenarioRig.Inputs(ScenarioRig.Power(), south) with { Paths = 20 });
        Assert.Equal(
            alone.Curves[0].Months.Select(static m => m.Value), together.Curves[0].Months.Select(static m => m.Value));
        Assert.Equal(together.Curves[0].Months[0].Attribution[0], together.Curves[1].Months[1].Attribution[0]);
    }

    [Fact]
    public void More_of_what_raises_prices_never_lowers_them()
    {
        var inputs = ScenarioRig.Inputs(ScenarioRig.Power(static i => (i * 7 % 60) - 10)) with { SupplyStacks = [ScenarioRig.Stack()] };
        (double[] Steps, string Assumption)[] rising =
        [
            ([-50, -10, 0, 5, 40],
                """[{"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"henry_hub","change_pct":#}}]"""),
            ([-20, -1, 0, 7, 50], """[{"driver_type":"carbon","payload":{"change_per_tonne":#}}]"""),
            ([-5, -1, 0, 1, 4], """[{"driver_type":"load_growth","payload":{"annual_growth_pct":#}}]"""),
            ([1, 100, 2_000, 9_000],
                """
                [{"driver_type":"fleet_change","payload":
                  {"fleet_id":"u","change_type":"retire","effective_date":"2027-01-15","capacity_mw":#}}]
                """),
        ];
        foreach (var (steps, assumption) in rising)
        {
            decimal[]? before = null;
            foreach (var step in steps)
            {
                var text = assumption.Replace("#", FormattableString.Invariant($"{step}"), StringComparison.Ordinal);
                decimal[] values = [.. ScenarioRig.Run(text, inputs).Curves[0].Points.Select(static p => p.Value)];
                Assert.All(values.Zip(before ?? values), static v => Assert.True(v.First >= v.Second));
                before = values;
            }
        }
    }

    [Fact]
    public void Bands_are_wider_the_farther_delivery_is_and_narrower_for_strips()
    {
        var inputs = ScenarioRig.Inputs() with { Bands = BandModel.Default with { MonthFactors = [.. Enumerable.Repeat(1.0, 12)] } };
        var curve = ScenarioRig.Run("[]", inputs).Curves[0];
        var widths = curve.Months.Select(static m => m.BandUpper - m.BandLower).ToArray();
        Assert.All(curve.Points, static p => Assert.True(p.BandLower < p.Value && p.Value < p.BandUpper));
        Assert.True(widths[^1] > widths[0]);
        var year = curve.Strips.Single(static s => s.Tenor.Label == "Calendar 2028");
        Assert.True(year.BandUpper - year.BandLower < widths[15..27].Average());
    }

    [Fact]
    public void Perfectly_correlated_months_make_strips_as_wide_as_they_are()
    {
        var flat = new BandModel
        {
            NearVolatility = 0.3,
            FarVolatility = 0.3,
            FarCorrelation = 1,
            MonthFactors = [.. Enumerable.Repeat(1.0, 12)],
            HorizonYears = 0.01,
        };
        var curve = ScenarioRig.Run("[]", ScenarioRig.Inputs() with { Bands = flat }).Curves[0];
        var month = curve.Months[20];
        Assert.All(curve.Strips, s => Assert.Equal((month.BandLower, month.BandUpper), (s.BandLower, s.BandUpper)));
        // A lognormal about 50 with deviation 0.3 sqrt(0.01) = 0.03: 50 exp(-0.00045 +- 1.644854 x 0.03).
        Assert.Equal(Math.Round((decimal)(50 * Math.Exp(-0.00045 - (1.6448536269514722 * 0.03))), 6), month.BandLower);
        Assert.Equal(Math.Round((decimal)(50 * Math.Exp(-0.00045 + (1.6448536269514722 * 0.03))), 6), month.BandUpper);
    }

    [Fact]
    public void A_curve_with_negative_prices_has_normal_bands()
    {
        var curve = ScenarioRig.Run("[]", ScenarioRig.Inputs(ScenarioRig.Power(static i => i - 5))).Curves[0];
        Assert.All(curve.Months, static m => Assert.InRange(m.BandUpper + m.BandLower - (2 * m.Value), -0.000002m, 0.000002m));
        Assert.Contains("the band is normal", Assert.Single(curve.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_ensemble_has_the_expectation_of_its_distribution()
    {
        var inputs = ScenarioRig.Inputs(ScenarioRig.Power(months: 4)) with { Paths = 20_000, Seed = 3 };
        (string Distribution, double Mean, double Deviation)[] known =
        [
            ("""normal","parameters":{"mean":2,"stdev":3}""", 2, 3),
            ("""lognormal","parameters":{"median":2,"sigma":0.5}""", 2 * Math.Exp(0.125),
                2 * Math.Exp(0.125) * Math.Sqrt(Math.Exp(0.25) - 1)),
            ("""uniform","parameters":{"min":-1,"max":5}""", 2, 6 / Math.Sqrt(12)),
            ("""triangular","parameters":{"min":0,"mode":1,"max":5}""", 2, Math.Sqrt((0 + 1 + 25 - 0 - 0 - 5) / 18.0)),
        ];
        foreach (var (distribution, mean, deviation) in known)
        {
            var text = "[{\"driver_type\":\"stochastic\",\"payload\":{\"distribution_type\":\"" + distribution + "}}]";
            var point = ScenarioRig.Run(text, inputs).Curves[0].Months[0];
            var error = (double)point.Ensemble!.Value.StandardError;
            Assert.InRange(error, deviation / Math.Sqrt(20_000) * 0.97, deviation / Math.Sqrt(20_000) * 1.03);
            Assert.InRange((double)point.Value - 50 - mean, -4 * error, 4 * error);
            Assert.Equal(50 + point.Attribution[0].Delta, point.Value);
        }
    }

    [Fact]
    public void Draws_are_correlated_as_they_say()
    {
        static decimal SpreadOf(double correlation)
        {
            var text =
                """
                [{"name":"a","driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":0,"stdev":1},"varies":"year"}},
                 {"name":"b","driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":0,"stdev":1},"varies":"year","correlation_matrix":{"a":#}}}]
                """.Replace("#", FormattableString.Invariant($"{correlation}"), StringComparison.Ordinal);
            var inputs = ScenarioRig.Inputs(ScenarioRig.Power(months: 1)) with { Paths = 4_000 };
            return ScenarioRig.Run(text, inputs).Curves[0].Months[0].Ensemble!.Value.StandardError * (decimal)Math.Sqrt(4_000);
        }

        Assert.InRange(SpreadOf(1), 1.93m, 2.07m);
        Assert.InRange(SpreadOf(0), 1.36m, 1.47m);
        Assert.InRange(SpreadOf(-1), 0m, 0.001m);
    }

    [Fact]
    public void A_parameter_that_is_drawn_outside_of_its_range_is_cut_and_told()
    {
        var result = ScenarioRig.Run(
            """
            [{"driver_type":"stochastic","payload":{"distribution_type":"normal","parameters":{"mean":0,"stdev":1},"parameter":"pass_through",
               "base_driver":{"driver_type":"carbon","payload":{"change_per_tonne":10}}}}]
            """, ScenarioRig.Inputs() with { Paths = 100 });
        Assert.Contains(result.Assumptions, static a => a.Contains("of 100 draws of pass_through were outside", StringComparison.Ordinal));
    }

    [Fact]
    public void A_drawn_number_has_the_references_that_it_needs()
    {
        const string Drawn =
            """
            [{"driver_type":"stochastic","payload":{"distribution_type":"uniform","parameters":{"min":10,"max":30},"parameter":"change_pct",
               "base_driver":{"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"henry_hub",
                 "heat_rate_mmbtu_per_mwh":10,"marginal_share":1}}}}]
            """;
        var month = ScenarioRig.Run(Drawn, ScenarioRig.Inputs() with { Paths = 4_000 }).Curves[0].Months[0];
        Assert.InRange(month.Value, 57.8m, 58.2m);
        Assert.InRange(month.Ensemble!.Value.Lower, 54.2m, 54.6m);
        var refused = Assert.Throws<DocumentException>(() => ScenarioRig.Run(Drawn, ScenarioRig.Inputs() with { References = [] }));
        Assert.Equal(
            "$.assumptions[0].payload.base_driver.payload.reference_series", Assert.Single(refused.Errors).Path);
    }

    [Fact]
    public void Drivers_in_front_of_the_first_draw_act_alike_on_every_path()
    {
        var certain = ScenarioRig.Run(EveryKind);
        var uncertain = ScenarioRig.Run(Uncertain, ScenarioRig.Inputs() with { Paths = 10 });
        foreach (var (a, b) in certain.Curves[0].Months.Zip(uncertain.Curves[0].Months))
        {
            Assert.Equal(a.Attribution, b.Attribution.Take(a.Attribution.Count));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_refusal_is_the_same_whatever_the_threads(int threads)
    {
        var refused = Assert.Throws<DocumentException>(() => ScenarioRig.Run(
            """
            [{"driver_type":"composite","payload":{"composition_type":"additive","validation_rules":{"max_abs_effect":0.5},"components":[
              {"driver_type":"stochastic","payload":{"distribution_type":"uniform","parameters":{"min":1,"max":2}}}]}}]
            """, ScenarioRig.Inputs() with { Paths = 5, Threads = threads }));
        Assert.Contains("2026-10", Assert.Single(refused.Errors).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_price_that_runs_away_is_refused_with_its_driver_and_month()
    {
        var refused = Assert.Throws<DocumentException>(() => ScenarioRig.Run(
            """
            [{"driver_type":"composite","payload":{"composition_type":"multiplicative","weights":[100,100,100],"components":[
              {"driver_type":"policy","payload":{"policy_name":"a","effects":[{"type":"price_percent","percent":1000}]}},
              {"driver_type":"policy","payload":{"policy_name":"a","effects":[{"type":"price_percent","percent":1000}]}},
              {"driver_type":"policy","payload":{"policy_name":"a","effects":[{"type":"price_percent","percent":1000}]}}]}}]
            """));
        Assert.Contains("2026-10", Assert.Single(refused.Errors).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_reference_is_named_once_for_all_curves()
    {
        var inputs = ScenarioRig.Inputs(ScenarioRig.Power(), ScenarioRig.Power(location: "South")) with { References = [] };
        var refused = Assert.Throws<DocumentException>(() => ScenarioRig.Run(
            """[{"driver_type":"fuel_curve","payload":{"fuel":"coal","reference_series":"api2","change_pct":1}}]""", inputs));
        Assert.Equal("$.assumptions[0].payload.reference_series", Assert.Single(refused.Errors).Path);
    }

    [Fact]
    public void A_run_can_be_cancelled_and_tells_how_far_it_is()
    {
        using var cancel = new CancellationTokenSource();
        var seen = new Progress();
        ScenarioEngine.Run(ScenarioRig.Drivers(EveryKind), ScenarioRig.Inputs(), seen, cancel.Token);
        Assert.Equal(1, seen.Last);
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => ScenarioEngine.Run(ScenarioRig.Drivers(EveryKind), ScenarioRig.Inputs(), null, cancel.Token));
    }

    [Fact]
    public void A_diff_sums_from_one_scenario_to_the_other()
    {
        var a = ScenarioRig.Run("[]", ScenarioRig.Inputs(ScenarioRig.Power(static i => 40 + i)));
        var b = ScenarioRig.Run(EveryKind, ScenarioRig.Inputs(ScenarioRig.Power(static i => 41 + i), ScenarioRig.Gas()));
        var diff = ScenarioDiff.Of(a, b);
        Assert.Equal(["US Henry Hub gas"], diff.Unmatched);
        Assert.All(diff.Curves[0].Points, static p => Assert.Equal(p.B, p.A + p.Parts.Sum(static x => x.Delta)));
        Assert.All(diff.Curves[0].Points, static p => Assert.Equal(new AttributionPart("base", 1), p.Parts[0]));
        Assert.All(ScenarioDiff.Of(b, b).Curves.SelectMany(static c => c.Points), static p => Assert.Empty(p.Parts));
    }

    private sealed class Progress : IProgress<double>
    {
        public double Last { get; private set; }

        public void Report(double value) => Last = value;
    }
}
