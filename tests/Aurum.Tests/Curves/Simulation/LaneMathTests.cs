using System.Runtime.Intrinsics;
using Aurum.Curves.Simulation;

namespace Aurum.Tests.Curves.Simulation;

public sealed class LaneMathTests
{
    private const double TwoUnits = 2.0 / (1L << 52);

    [Fact]
    public void The_exponential_is_within_two_units_of_the_last_place()
    {
        for (var x = -700.0; x < 700; x += 0.37)
        {
            AssertNear(Math.Exp(x), LaneMath.Exp(Vector512.Create(x))[0], x);
        }

        Assert.Equal(1, LaneMath.Exp(Vector512<double>.Zero)[3]);
        Assert.Equal(Math.Exp(-708), LaneMath.Exp(Vector512.Create(double.NegativeInfinity))[0], tolerance: 1e-320);
    }

    [Fact]
    public void The_logarithm_is_within_two_units_of_the_last_place_near_one_too()
    {
        for (var power = -60; power < 60; power++)
        {
            for (var x = 1.0; x < 2; x += 0.0137)
            {
                var value = Math.ScaleB(x, power);
                AssertNear(Math.Log(value), LaneMath.Log(Vector512.Create(value))[0], value);
            }
        }

        foreach (var value in (double[])[1 - 1e-16, 1 - 1e-9, 1 + 1e-9, 0.999, 1.001, 1e-300])
        {
            AssertNear(Math.Log(value), LaneMath.Log(Vector512.Create(value))[0], value);
        }
    }

    [Fact]
    public void Sine_and_cosine_go_once_round_the_circle()
    {
        for (var turn = 0.0; turn < 1; turn += 0.00137)
        {
            // The angle is counted from the middle of the first quarter, in steps of its 52 bits.
            var bits = (ulong)(turn * 4 * (1L << 52)) << 10;
            var angle = (((bits >> 62) - 0.5) + ((((bits << 2) >> 12) + 0.5) / (1L << 52))) * Math.PI / 2;
            var (sine, cosine) = LaneMath.SinCosTurn(Vector512.Create(bits));
            Assert.Equal(Math.Sin(angle), sine[0], tolerance: 2e-15);
            Assert.Equal(Math.Cos(angle), cosine[0], tolerance: 2e-15);
        }
    }

    [Fact]
    public void The_normal_distribution_holds_in_its_tails()
    {
        for (var x = -7.0; x < 7; x += 0.0173)
        {
            var (expected, found) = (Phi(x), LaneMath.Phi(Vector512.Create(x))[0]);
            Assert.True(Math.Abs(found - expected) <= Math.Min(1e-8 * expected, 1e-15),
                $"at {x:R}: expected {expected:R}, found {found:R}");
        }

        Assert.Equal(0, NormalDistribution.Below(double.NegativeInfinity));
        Assert.Equal(1, NormalDistribution.Below(double.PositiveInfinity));
    }

    /// <summary>The series round 0 and, in the lower tail, Laplace's continued fraction.</summary>
    private static double Phi(double x)
    {
        var density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        if (x < -2)
        {
            var fraction = 0.0;
            for (var k = 400; k > 0; k--)
            {
                fraction = k / (fraction - x);
            }

            return density / (fraction - x);
        }

        var (sum, term) = (x, x);
        for (var k = 3; k < 400; k += 2)
        {
            term *= x * x / k;
            sum += term;
        }

        return 0.5 + (density * sum);
    }

    private static void AssertNear(double expected, double found, double at) =>
        Assert.True(Math.Abs(found - expected) <= Math.Abs(expected) * TwoUnits, $"at {at:R}: expected {expected:R}, found {found:R}");
}
