using Aurum.Curves.Simulation;

namespace Aurum.Tests.Curves.Simulation;

public sealed class SortedSampleTests
{
    private const int Runs = 200;
    private const int Outcomes = 2_000;

    /// <summary>Of 200 runs of a normal distribution the intervals of some 190 hold the truth; fewer than 180 or more than 199 would be
    /// a chance of one in a thousand.</summary>
    [Fact]
    public void Intervals_hold_the_truth_in_95_of_100_runs()
    {
        var (low5, low1) = (NormalDistribution.Quantile(0.05), NormalDistribution.Quantile(0.01));
        var samples = NormalSamples();
        AssertCoverage(static s => s.Mean, 0);
        AssertCoverage(static s => s.Quantile(0.05), low5);
        AssertCoverage(static s => s.Quantile(0.50), 0);
        AssertCoverage(static s => s.Quantile(0.95), -low5);
        AssertCoverage(static s => s.BelowMean(0.05), -low5);
        AssertCoverage(static s => s.BelowMean(0.01), -low1);
        AssertCoverage(static s => s.TailBelowMean(0.05), Density(low5) / 0.05);
        AssertCoverage(static s => s.TailBelowMean(0.01), Density(low1) / 0.01);
        AssertCoverage(static s => s.ProbabilityBelow(-1.2), NormalDistribution.Below(-1.2));

        void AssertCoverage(Func<SortedSample, Statistic> statistic, double truth) =>
            Assert.InRange(samples.Count(sample => statistic(sample).Holds(truth)), 180, 199);
    }

    [Fact]
    public void Quantiles_are_outcomes_and_lie_in_their_intervals()
    {
        var sample = new SortedSample([.. Enumerable.Range(1, 1_000).Select(static i => (double)((i * 377 % 1_000) + 1))]);

        Assert.Equal(500.5, sample.MeanValue, tolerance: 1e-9);
        Assert.Equal(new Statistic(50, 36, 65), sample.Quantile(0.05));
        Assert.Equal(450.5, sample.BelowMean(0.05).Value, tolerance: 1e-9);
        Assert.Equal(500.5 - 25.5, sample.TailBelowMean(0.05).Value, tolerance: 1e-9);
        Assert.True(sample.ProbabilityBelow(0).High is > 0 and < 0.01);
    }

    [Fact]
    public void Outcomes_that_are_all_the_same_leave_nothing_to_chance()
    {
        var sample = new SortedSample([7.1, 7.1, 7.1, 7.1]);
        Assert.Equal(Statistic.Certain(7.1), sample.Mean);
        Assert.Equal(Statistic.Certain(7.1), sample.Quantile(0.05));
        Assert.Equal(0, sample.BelowMean(0.01).High);
        Assert.Equal(0, sample.TailBelowMean(0.01).High);
    }

    private static List<SortedSample> NormalSamples()
    {
        var outcomes = new double[Outcomes];
        var samples = new List<SortedSample>();
        for (var run = 0; run < Runs; run++)
        {
            new CounterRandom(77).Normals((ulong)run, 0, outcomes);
            samples.Add(new SortedSample(outcomes));
        }

        return samples;
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}
