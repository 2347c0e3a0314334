namespace Aurum.Curves.Simulation;

/// <summary>Values of options on a forward price that is lognormal at expiry. Source: F. Black, "The pricing of commodity contracts"
/// (Journal of Financial Economics 3, 1976).</summary>
/// <remarks>Prices, strikes and values have one unit; <c>deviation</c> is that of the logarithm at expiry (volatility times the root
/// of the time), <c>discount</c> what one unit at payment is worth today. A shifted price is the same with the shift added to forward
/// and strike.</remarks>
public static class Black76
{
    /// <summary>What the right to buy at the strike is worth: a cap.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The forward is not above 0, or the deviation is below 0.</exception>
    public static double Call(double forward, double strike, double deviation, double discount = 1)
    {
        var (d1, d2) = Arguments(forward, strike, deviation);
        return discount * ((forward * NormalDistribution.Below(d1)) - (strike * NormalDistribution.Below(d2)));
    }

    /// <summary>What the right to sell at the strike is worth: a floor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The forward is not above 0, or the deviation is below 0.</exception>
    public static double Put(double forward, double strike, double deviation, double discount = 1)
    {
        var (d1, d2) = Arguments(forward, strike, deviation);
        return discount * ((strike * NormalDistribution.Below(-d2)) - (forward * NormalDistribution.Below(-d1)));
    }

    private static (double D1, double D2) Arguments(double forward, double strike, double deviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(forward);
        ArgumentOutOfRangeException.ThrowIfNegative(deviation);
        if (strike <= 0 || deviation == 0)
        {
            // Exercise is certain, or hangs on nothing: the arguments are infinite.
            var certain = forward > strike ? double.PositiveInfinity : double.NegativeInfinity;
            return (certain, certain);
        }

        var d1 = (Math.Log(forward / strike) / deviation) + (deviation / 2);
        return (d1, d1 - deviation);
    }
}
