using System.Globalization;

namespace Aurum.Curves.Simulation;

/// <summary>An estimate and its confidence interval of 95 %: of a hundred runs with other seeds, the intervals of some 95 hold what is
/// estimated.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Lower end; not above the value.</param>
/// <param name="High">Upper end; not below the value.</param>
public readonly record struct Statistic(double Value, double Low, double High)
{
    /// <summary>A number that hangs on no chance.</summary>
    public static Statistic Certain(double value) => new(value, value, value);

    /// <summary>An estimate whose error is about normal.</summary>
    public static Statistic OfError(double value, double standardError) =>
        new(value, value - (NormalDistribution.Quantile975 * standardError), value + (NormalDistribution.Quantile975 * standardError));

    /// <summary>Whether the interval holds a number.</summary>
    public bool Holds(double value) => value >= Low && value <= High;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value} ({Low} to {High})");
}
