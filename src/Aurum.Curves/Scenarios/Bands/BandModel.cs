namespace Aurum.Curves.Scenarios.Bands;

/// <summary>How far a forward price may move until delivery: volatility by time to delivery, and correlation between
/// months.</summary>
/// <remarks>
/// <para>Yearly volatility of a month that is t years off: <c>Far + (Near - Far) * exp(-Decay * t)</c>, times the month's factor.
/// Its variance until delivery, or until the horizon where that is nearer, is volatility squared times that time.</para>
/// <para>Correlation of two months that are d months apart: <c>FarCorrelation + (1 - FarCorrelation) * exp(-d /
/// CorrelationMonths)</c>;
/// two months share the time until the nearer of them delivers.</para>
/// <para>Months are lognormal about their price as mean; a strip is the lognormal with the mean and variance of its months together.
/// A curve with a price that is not above zero is normal, with volatility times the mean of its absolute prices.</para>
/// <para>Defaults are of the order that power forwards of Europe and the United States have shown before 2021; they are no
/// measurement of
/// a curve.</para>
/// </remarks>
public sealed record BandModel
{
    public static readonly BandModel Default = new();

    /// <summary>Share of outcomes between both ends, above 0 and below 1.</summary>
    public double Level { get; init; } = 0.90;

    /// <summary>Yearly volatility right before delivery, as a fraction.</summary>
    public double NearVolatility { get; init; } = 0.50;

    /// <summary>Yearly volatility of what is far off, as a fraction.</summary>
    public double FarVolatility { get; init; } = 0.15;

    /// <summary>How fast volatility falls with time to delivery, per year.</summary>
    public double DecayPerYear { get; init; } = 1.5;

    /// <summary>Correlation of months far apart, 0 to 1.</summary>
    public double FarCorrelation { get; init; } = 0.60;

    /// <summary>Months over which correlation falls to it, above 0.</summary>
    public double CorrelationMonths { get; init; } = 12;

    /// <summary>Factors of volatility for January to December.</summary>
    public IReadOnlyList<double> MonthFactors { get; init; } = [1.2, 1.2, 1, 0.9, 0.9, 1, 1.1, 1.1, 1, 0.9, 1, 1.1];

    /// <summary>Years from the as-of date that are looked ahead; null looks ahead until delivery.</summary>
    public double? HorizonYears { get; init; }
}
