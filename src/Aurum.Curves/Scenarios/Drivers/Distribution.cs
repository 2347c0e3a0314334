using Aurum.Curves.Documents;
using Aurum.Curves.Simulation;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>What a draw is distributed like.</summary>
/// <param name="Type">Its form.</param>
/// <param name="A">Mean of a normal, median of a lognormal, least of a uniform or triangular.</param>
/// <param name="B">Standard deviation of a normal, that of the logarithm of a lognormal, most of a uniform or triangular.</param>
/// <param name="Mode">Of a triangular alone.</param>
public readonly record struct Distribution(DistributionType Type, double A, double B, double Mode = 0)
{
    private static readonly NumberRange Any = new(-100_000, 100_000);
    private static readonly NumberRange Spread = NumberRange.Above0(100_000);

    /// <summary>Its mean.</summary>
    public double Mean => Type switch
    {
        DistributionType.Normal => A,
        DistributionType.Lognormal => A * Math.Exp(B * B / 2),
        DistributionType.Uniform => (A + B) / 2,
        _ => (A + B + Mode) / 3,
    };

    internal static Distribution Read(DocumentReader payload)
    {
        var type = payload.Choice<DistributionType>("distribution_type");
        var numbers = payload.At("parameters");
        switch (type)
        {
            case DistributionType.Normal:
                return new Distribution(type, numbers.Number("mean", Any), numbers.Number("stdev", Spread));
            case DistributionType.Lognormal:
                return new Distribution(
                    type, numbers.Number("median", NumberRange.Above0(100_000)), numbers.Number("sigma", NumberRange.Above0(5)));
            default:
                var (min, max) = (numbers.Number("min", Any), numbers.Number("max", Any));
                if (max <= min)
                {
                    numbers.Refuse("max", FormattableString.Invariant($"a number above min {min}"));
                }

                var mode = type == DistributionType.Triangular ? numbers.Number("mode", Any) : 0;
                if (type == DistributionType.Triangular && (mode < min || mode > max))
                {
                    numbers.Refuse("mode", FormattableString.Invariant($"a number from min {min} to max {max}"));
                }

                return new Distribution(type, min, max, mode);
        }
    }

    /// <summary>The draw that has the same quantile as a standard normal.</summary>
    internal double Of(double normal) => Type switch
    {
        DistributionType.Normal => A + (B * normal),
        DistributionType.Lognormal => A * Math.Exp(B * normal),
        DistributionType.Uniform => A + ((B - A) * NormalDistribution.Below(normal)),
        _ => Triangular(NormalDistribution.Below(normal)),
    };

    private double Triangular(double quantile)
    {
        var (width, rise) = (B - A, Mode - A);
        return quantile * width <= rise
            ? A + Math.Sqrt(quantile * width * rise)
            : B - Math.Sqrt((1 - quantile) * width * (B - Mode));
    }

    /// <summary>For people: <c>normal with mean 0 and standard deviation 1</c>.</summary>
    public override string ToString() => Type switch
    {
        DistributionType.Normal => FormattableString.Invariant($"normal with mean {A:0.####} and standard deviation {B:0.####}"),
        DistributionType.Lognormal => FormattableString.Invariant($"lognormal with median {A:0.####} and sigma {B:0.####}"),
        DistributionType.Uniform => FormattableString.Invariant($"uniform from {A:0.####} to {B:0.####}"),
        _ => FormattableString.Invariant($"triangular from {A:0.####} over {Mode:0.####} to {B:0.####}"),
    };
}

/// <summary>Forms of chance. In text the names are lower-case.</summary>
public enum DistributionType
{
    Normal,
    Lognormal,
    Uniform,
    Triangular,
}
