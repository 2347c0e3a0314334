using Aurum.Curves.Simulation;

namespace Aurum.Tests.Curves.Simulation;

public sealed class NormalDistributionTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.99, 2.3263478740408408)]
    [InlineData(1e-10, -6.361340902404056)]
    public void Quantiles_are_those_of_the_tables(double probability, double quantile) =>
        Assert.Equal(quantile, NormalDistribution.Quantile(probability), tolerance: 1e-8);

    [Fact]
    public void A_quantile_is_the_inverse_of_the_distribution()
    {
        for (var p = 0.0005; p < 1; p += 0.00317)
        {
            Assert.Equal(p, NormalDistribution.Below(NormalDistribution.Quantile(p)), tolerance: 1e-14);
        }

        Assert.Equal(double.NegativeInfinity, NormalDistribution.Quantile(0));
        Assert.Equal(double.PositiveInfinity, NormalDistribution.Quantile(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(1.1));
    }
}
