using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;
using Aurum.Curves.Simulation;

namespace Aurum.Tests.Curves.Simulation;

public sealed class LaneSettlementTests
{
    /// <summary>Random terms under every clause, on paths with many prices about zero.</summary>
    [Theory]
    [InlineData(NegativePriceKind.None)]
    [InlineData(NegativePriceKind.FloorZero)]
    [InlineData(NegativePriceKind.NoPayBelow)]
    [InlineData(NegativePriceKind.Consecutive)]
    [InlineData(NegativePriceKind.Curtail)]
    public void Eight_paths_settle_to_what_each_settles_to_alone(NegativePriceKind kind)
    {
        var random = new Random(2026 + (int)kind);
        for (var contract = 0; contract < 12; contract++)
        {
            AssertEqual(RandomPlan(random, kind), seed: (ulong)contract);
        }
    }

    [Fact]
    public void A_run_over_the_end_of_two_months_is_found_from_its_first_interval()
    {
        // Low from the 20th of January to the 10th of March: 59 days less 20 and 10 more.
        var first = 19 * 24;
        var last = (59 + 10) * 24;
        foreach (var hours in (int[])[24, last - first, last - first + 1])
        {
            var clause = new PlanClause(NegativePriceKind.Consecutive, 0, hours, 0);
            var plan = Plans.Of(4, i => i >= first && i < last ? -3 : 20, static i => 1 + (i % 7), Plans.FixedAt(40), clause);
            AssertEqual(plan, seed: 1, PriceModel.Still);
        }
    }

    private static void AssertEqual(SettlementPlan plan, ulong seed, PriceModel? model = null)
    {
        model ??= new PriceModel { Correlation = -0.4 };
        var paths = new SimulatedPaths(plan, model, seed);
        var found = PpaSimulation.Run(plan, model, new SimulationOptions(CounterRandom.Lanes, seed, 1, 64));
        for (var path = 0; path < CounterRandom.Lanes; path++)
        {
            var expected = Settlement.Of(plan, paths.Prices[path], paths.Volumes[path]);
            for (var month = 0; month < expected.Length; month++)
            {
                Assert.Equal(expected[month], found.OfMonth(month)[path], tolerance: 1e-6);
            }

            Assert.Equal(Settlement.PresentValue(plan, expected), found.PresentValues[path], tolerance: 1e-5);
        }
    }

    private static SettlementPlan RandomPlan(Random random, NegativePriceKind kind)
    {
        var term = new PlanTerm(
            0, 0, 0,
            random.Next(-10, 50), random.Next(2) * random.NextDouble(), random.Next(0, 40), random.Next(2) * random.NextDouble(),
            random.Next(2) * random.NextDouble(),
            random.Next(2) == 0 ? double.NegativeInfinity : random.Next(-20, 30),
            random.Next(2) == 0 ? double.PositiveInfinity : random.Next(30, 60));
        var clause = new PlanClause(kind, random.Next(-5, 12), random.Next(1, 12), random.NextDouble());
        var energy = new PpaVolume
        {
            Kind = random.Next(3) == 0 ? VolumeKind.Baseload : VolumeKind.PayAsProduced,
            CapacityMw = 100,
            Band = random.Next(2) == 0 ? null : new VolumeBand(
                7_000, 12_000, random.Next(2) == 0 ? ExcessRule.Price : ExcessRule.Market, 21, (ShortfallRule)random.Next(3), 13),
        };
        var minutes = random.Next(4) == 0 ? 15 : 60;
        var basic = Plans.Of(
            random.Next(2, 4), static i => 0.5 * Plans.Price(i), static i => 3 + Plans.Sun(i), term, clause, minutes, energy);
        return new SettlementPlan
        {
            Contract = basic.Contract,
            ValuationDate = basic.ValuationDate,
            StartUnixSeconds = basic.StartUnixSeconds,
            IntervalMinutes = minutes,
            ForwardPrice = basic.ForwardPrice,
            ExpectedVolume = basic.ExpectedVolume,
            Terms = basic.Terms,
            Months = [.. basic.Months.Select(m => m with { Fee = random.Next(1_000), CreditCharge = random.Next(100) })],
            Years = [.. basic.Years.Select(y => y with { MinMwh = random.Next(0, 90_000), MaxMwh = random.Next(20_000, 120_000) })],
            Clause = clause,
            Sign = random.Next(2) == 0 ? 1 : -1,
            IsPhysical = random.Next(2) == 0,
            FeePerMwh = random.NextDouble(),
            UpfrontPresentValue = random.Next(2) * 1_000,
        };
    }
}
