using Aurum.Curves.Building.Smoothing;

namespace Aurum.Tests.Curves.Building.Smoothing;

public sealed class QuarticSplineTests
{
    private static readonly QuarticSpline Spline = new([0, 1, 2.5, 3, 7]);

    [Fact]
    public void Pieces_add_up_to_one_and_their_slopes_to_nothing()
    {
        var values = new double[QuarticSpline.Active];
        for (var at = 0.0; at <= 7; at += 0.05)
        {
            for (var order = 0; order <= 2; order++)
            {
                Assert.InRange(Spline.Evaluate(at, order, values), 0, Spline.Count - QuarticSpline.Active);
                Assert.Equal(order == 0 ? 1 : 0, values.Sum(), 1e-11);
            }
        }

        Assert.Equal((4, 8, 7.0), (Spline.Intervals, Spline.Count, Spline.End));
    }

    [Fact]
    public void Derivatives_are_what_values_change_by()
    {
        var amounts = new[] { 3.0, -1, 4, 1, -5, 9, 2, 6 };
        const double Step = 1e-5;
        foreach (var at in new[] { 0.3, 0.99, 1.7, 2.6, 2.99, 5.0 })
        {
            Assert.Equal((Value(amounts, at + Step, 0) - Value(amounts, at - Step, 0)) / (2 * Step), Value(amounts, at, 1), 1e-4);
            Assert.Equal((Value(amounts, at + Step, 1) - Value(amounts, at - Step, 1)) / (2 * Step), Value(amounts, at, 2), 1e-4);
        }

        foreach (var end in new[] { 1, 2.5, 3 })
        {
            Assert.Equal(Value(amounts, end - 1e-9, 2), Value(amounts, end, 2), 1e-5);
        }
    }

    [Fact]
    public void Roughness_is_the_integral_of_the_squared_second_derivative()
    {
        var amounts = new[] { 3.0, -1, 4, 1, -5, 9, 2, 6 };
        var roughness = Spline.Roughness();
        var exact = Enumerable.Range(0, 8).Sum(a => Enumerable.Range(0, 8).Sum(b => amounts[a] * roughness[(a * 8) + b] * amounts[b]));
        const double Step = 1e-3;
        var summed = Enumerable.Range(0, 7000).Sum(i => Math.Pow(Value(amounts, (i + 0.5) * Step, 2), 2) * Step);
        Assert.Equal(exact, summed, exact * 1e-4);
    }

    private static double Value(double[] amounts, double at, int order)
    {
        var values = new double[QuarticSpline.Active];
        var first = Spline.Evaluate(at, order, values);
        return values.Select((v, i) => v * amounts[first + i]).Sum();
    }
}
