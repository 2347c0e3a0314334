using System.Runtime.Intrinsics;

namespace Aurum.Curves.Simulation;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    /// <summary>97.5 of 100 normals are below: half the width of an interval of 95 %, in standard errors.</summary>
    public const double Quantile975 = 1.959963984540054;

    /// <summary>From here on the rest of the distribution is too small for a double.</summary>
    private const double Certain = 38;

    private const double TailProbability = 0.02425;

    /// <summary>The probability that a standard normal is at most <paramref name="x"/>, to 1e-15.</summary>
    public static double Below(double x) => Math.Abs(x) > Certain ? (x > 0 ? 1 : 0) : LaneMath.Phi(Vector512.Create(x))[0];

    /// <summary>The x that a standard normal is at most with a probability, to 1e-12; infinite at 0 and 1.</summary>
    /// <remarks>Source: P. J. Acklam's rational approximation, and two steps of Newton and Halley on <see cref="Below"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static double Quantile(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "expected 0 to 1");
        }

        if (probability is 0 or 1)
        {
            return probability == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        var x = probability < TailProbability ? Tail(probability)
            : probability > 1 - TailProbability ? -Tail(1 - probability)
            : Middle(probability - 0.5);
        for (var step = 0; step < 2; step++)
        {
            var miss = (Below(x) - probability) * Math.Sqrt(2 * Math.PI) * Math.Exp(x * x / 2);
            x -= miss / (1 + (x * miss / 2));
        }

        return x;
    }

    private static double Tail(double probability)
    {
        var q = Math.Sqrt(-2 * Math.Log(probability));
        return Polynomial(
            [-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783],
            q) / Polynomial([7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1], q);
    }

    private static double Middle(double q) => q * Polynomial(
        [-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01,
            2.506628277459239],
        q * q) / Polynomial(
        [-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1],
        q * q);

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        var value = 0.0;
        foreach (var coefficient in coefficients)
        {
            value = (value * x) + coefficient;
        }

        return value;
    }
}
