using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Simulation;

namespace Aurum.Tests.Curves.Simulation;

public sealed class PpaSimulationTests
{
    private static readonly SimulationOptions Small = new(Paths: 203, Seed: 5, Threads: 1, MaxMemoryMiB: 64);

    [Fact]
    public void The_numbers_are_the_same_on_one_two_and_four_threads_and_others_with_another_seed()
    {
        var plan = Plans.Of(2, Plans.Price, Plans.Sun);
        var hashes = ((int[])[1, 2, 4]).Select(n => PpaSimulation.Run(plan, new PriceModel(), Small with { Threads = n }).Sha256());

        var hash = Assert.Single(hashes.Distinct());
        Assert.NotEqual(hash, PpaSimulation.Run(plan, new PriceModel(), Small with { Seed = 6 }).Sha256());
    }

    [Fact]
    public void A_path_is_the_same_whatever_the_number_of_paths()
    {
        var plan = Plans.Of(1, Plans.Price, Plans.Sun);
        var many = PpaSimulation.Run(plan, new PriceModel(), Small).PresentValues;
        var few = PpaSimulation.Run(plan, new PriceModel(), Small with { Paths = 11 }).PresentValues;

        Assert.Equal(many[..11].ToArray(), few.ToArray());
    }

    [Fact]
    public void Where_nothing_moves_every_path_has_the_value_of_the_forward_curve()
    {
        var plan = Plans.Of(14, Plans.Price, Plans.Sun);
        var expected = Settlement.Of(plan, plan.ForwardPrice, plan.ExpectedVolume);
        var found = PpaSimulation.Run(plan, PriceModel.Still, Small with { Paths = 9 });

        for (var month = 0; month < expected.Length; month++)
        {
            Assert.All(found.OfMonth(month).ToArray(), net => Assert.Equal(expected[month], net, tolerance: 1e-6));
        }

        var report = RiskReport.Of(found);
        Assert.Equal(Settlement.PresentValue(plan, expected), report.Mean.Value, tolerance: 1e-5);
        Assert.InRange(report.ValueAtRisk99.High, -1e-5, 1e-5);
        Assert.Equal(2, report.Years.Count);
    }

    [Fact]
    public void A_contract_that_pays_the_market_price_and_takes_a_fixed_volume_has_no_variance()
    {
        var plan = Plans.Of(
            3, Plans.Price, static _ => 10, Plans.FixedAt(-5) with { Factor = 1 }, energy: Plans.Baseload);
        var values = PpaSimulation.Run(plan, new PriceModel(), Small).PresentValues;

        var expected = Enumerable.Range(0, 3).Sum(i => plan.Months[i].Count * 50.0 * plan.Months[i].Discount);
        Assert.All(values.ToArray(), value => Assert.Equal(expected, value, tolerance: 1e-6));
    }

    [Fact]
    public void The_mean_price_is_the_forward_price_with_spikes_and_negative_prices_too()
    {
        var plan = Plans.Of(3, Plans.Price, static _ => 1, Plans.FixedAt(0), energy: Plans.Baseload);
        var found = PpaSimulation.Run(plan, new PriceModel(), Small with { Paths = 4_000 });

        for (var month = 0; month < 3; month++)
        {
            var expected = Settlement.Of(plan, plan.ForwardPrice, plan.ExpectedVolume)[month];
            AssertWithin4Errors(expected, found.MonthMean(month));
        }
    }

    [Fact]
    public void The_mean_volume_is_the_expected_volume_and_no_volume_is_beyond_the_capacity()
    {
        var plan = Plans.Of(2, Plans.Price, Plans.Sun, Plans.FixedAt(-1) with { Factor = 1 });
        var model = new PriceModel { VolumeDeviation = 1.3 };
        var found = PpaSimulation.Run(plan, model, Small with { Paths = 4_000 });

        AssertWithin4Errors(plan.Months[0].Count / 744.0 * plan.ExpectedVolume[..744].Sum(), found.MonthMean(0));
        AssertWithin4Errors(plan.ExpectedVolume[744..].Sum(), found.MonthMean(1));
        var volumes = new SimulatedPaths(plan, model, seed: 5).Volumes[3];
        Assert.All(volumes, v => Assert.InRange(v, 0, 100));
        Assert.InRange(volumes.Max(), 95, 100);
        Assert.Equal(0, volumes[0]);
    }

    [Fact]
    public void Without_correlation_the_mean_value_is_that_of_the_forward_curve()
    {
        var plan = Plans.Of(3, Plans.Price, Plans.Sun);
        var expected = Settlement.PresentValue(plan, Settlement.Of(plan, plan.ForwardPrice, plan.ExpectedVolume));
        var apart = RiskReport.Of(PpaSimulation.Run(plan, new PriceModel { Correlation = 0 }, Small with { Paths = 2_000 }));
        var together = RiskReport.Of(PpaSimulation.Run(plan, new PriceModel { Correlation = -0.6 }, Small with { Paths = 2_000 }));

        AssertWithin4Errors(expected, apart.Mean);
        Assert.True(together.Mean.High < expected, "the sun shines when prices are low: its buyer gets less");
    }

    /// <summary>Fewer than 180 or more than 199 of 200 runs would be a chance of one in a thousand.</summary>
    [Fact]
    public void The_interval_of_the_mean_holds_the_truth_in_95_of_100_runs()
    {
        var plan = Plans.Of(1, Plans.Price, Plans.Sun);
        var truth = Settlement.PresentValue(plan, Settlement.Of(plan, plan.ForwardPrice, plan.ExpectedVolume));
        var held = Enumerable.Range(1, 200).Count(seed => PpaSimulation
            .Run(plan, new PriceModel { Correlation = 0 }, Small with { Paths = 96, Seed = (ulong)seed })
            .ControlledMean().Holds(truth));

        Assert.InRange(held, 180, 199);
    }

    [Fact]
    public void Prices_go_below_zero_but_without_spikes_not_below_the_shift()
    {
        var plan = Plans.Of(2, static _ => 8, Plans.Sun);
        var prices = new SimulatedPaths(plan, new PriceModel { Down = SpikeModel.None, Up = SpikeModel.None }, seed: 1).Prices
            .SelectMany(static p => p).ToArray();

        Assert.InRange(prices.Min(), -30, -5);
        Assert.InRange(prices.Count(static p => p < 0) / (double)prices.Length, 0.1, 0.4);
    }

    [Fact]
    public void Spikes_are_as_many_and_as_large_as_the_model_says()
    {
        var model = PriceModel.Still with { Up = SpikeModel.Even(perYear: 200, meanSize: 90, halfLifeHours: 1e-3) };
        var plan = Plans.Of(12, static _ => 30, Plans.Sun);
        var prices = new SimulatedPaths(plan, model, seed: 3).Prices.SelectMany(static p => p).ToArray();

        var calm = prices.Min();
        var sizes = prices.Where(p => p > calm + 1e-9).Select(p => p - calm).ToArray();
        Assert.InRange(sizes.Length, 1600 - 160, 1600 + 160);
        Assert.InRange(sizes.Average(), 90 - 9, 90 + 9);
        Assert.Equal(30 - (200 / 8760.0 * 90), calm, tolerance: 1e-3);
    }

    [Fact]
    public void Floors_and_caps_of_a_month_are_worth_what_Black_says()
    {
        var model = new PriceModel
        {
            Up = SpikeModel.None, Down = SpikeModel.None, LongVolatility = 0.3, ShortDeviation = [.. Enumerable.Repeat(0.35, 12)],
        };
        var (floor, cap) = (0.0, 0.0);
        for (var hour = 0; hour < 744; hour++)
        {
            var years = hour / 24 * 24 / 8760.0;
            var deviation = Math.Sqrt((0.35 * 0.35) + (0.3 * 0.3 * years));
            floor += Black76.Put(Plans.Price(hour) + 30, 35 + 30, deviation, 0.995);
            cap += Black76.Call(Plans.Price(hour) + 30, 45 + 30, deviation, 0.995);
        }

        AssertWithin4Errors(-floor, ValueOf(Plans.FixedAt(0) with { Factor = 1, Floor = 35 }, model));
        AssertWithin4Errors(cap, ValueOf(Plans.FixedAt(0) with { Factor = 1, Cap = 45 }, model));
    }

    [Fact]
    public void A_collar_is_worth_its_floor_and_its_cap_and_lies_between_them()
    {
        var model = new PriceModel();
        var floor = ValueOf(Plans.FixedAt(0) with { Factor = 1, Floor = 25 }, model, control: false).Value;
        var cap = ValueOf(Plans.FixedAt(0) with { Factor = 1, Cap = 45 }, model, control: false).Value;
        var collar = ValueOf(Plans.FixedAt(0) with { Factor = 1, Floor = 25, Cap = 45 }, model, control: false).Value;

        Assert.Equal(floor + cap, collar, tolerance: 1e-6);
        Assert.InRange(collar, floor, cap);
    }

    [Fact]
    public void A_floor_is_worth_more_the_more_prices_move()
    {
        var values = ((double[])[0, 0.1, 0.2, 0.4, 0.8]).Select(deviation => -ValueOf(
            Plans.FixedAt(0) with { Factor = 1, Floor = 30 },
            PriceModel.Still with { ShortDeviation = [.. Enumerable.Repeat(deviation, 12)] }).Value).ToArray();

        Assert.Equal(values.Order(), values);
        Assert.True(values[^1] > values[0] * 1.5);
    }

    [Fact]
    public void A_run_that_would_take_too_much_memory_is_refused_with_its_amount()
    {
        var plan = Plans.Of(24, Plans.Price, Plans.Sun);
        var refused = Assert.Throws<ArgumentException>(() =>
            PpaSimulation.Run(plan, new PriceModel(), new SimulationOptions(1_000_000, 1, 1, 100)));

        Assert.StartsWith("1000000 paths of 24 months take 245 MiB, expected at most 100 MiB", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused_by_name()
    {
        var plan = Plans.Of(1, static _ => -31, Plans.Sun);
        Assert.Contains("shift_per_mwh: expected above 31", Refusal(plan, new PriceModel()), StringComparison.Ordinal);
        Assert.Contains("Correlation: expected a number from -1 to 1, found 1.5",
            Refusal(plan, new PriceModel { Correlation = 1.5 }), StringComparison.Ordinal);
        Assert.Contains("ShortDeviation: expected 12 numbers",
            Refusal(plan, new PriceModel { ShortDeviation = [1] }), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PpaSimulation.Run(plan, PriceModel.Still, Small with { Paths = 0 }));
        Assert.Throws<ArgumentException>(() => PpaSimulation.Run(plan, PriceModel.Still, Small with { Threads = 257 }));
    }

    [Fact]
    public void A_run_tells_its_progress_and_ends_when_it_is_cancelled()
    {
        var plan = Plans.Of(1, Plans.Price, Plans.Sun);
        using var cancel = new CancellationTokenSource();
        var told = new List<double>();
        var listener = new Listener(share =>
        {
            told.Add(share);
            if (share > 0.4)
            {
                cancel.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(() => PpaSimulation.Run(plan, new PriceModel(), Small, listener, cancel.Token));
        Assert.InRange(told[^1], 0.4, 0.5);
        Assert.Equal(told.Order(), told);
    }

    private static string Refusal(SettlementPlan plan, PriceModel model) =>
        Assert.Throws<ArgumentException>(() => PpaSimulation.Run(plan, model, Small)).Message;

    /// <summary>Of one month of a MWh an hour.</summary>
    private static Statistic ValueOf(PlanTerm term, PriceModel model, bool control = true)
    {
        var plan = Plans.Of(1, Plans.Price, static _ => 1, term, energy: Plans.Baseload);
        var found = PpaSimulation.Run(plan, model, Small with { Paths = 2_000 });
        return control ? RiskReport.Of(found).Mean : new SortedSample(found.PresentValues).Mean;
    }

    private static void AssertWithin4Errors(double expected, Statistic found)
    {
        var error = (found.High - found.Low) / (2 * NormalDistribution.Quantile975);
        Assert.True(Math.Abs(found.Value - expected) <= 4 * error, $"expected {expected}, found {found}");
    }

    private sealed class Listener(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
