using System.Globalization;

namespace Aurum.Curves.Scenarios.Grid;

/// <summary>A number that differs between on-peak and off-peak hours.</summary>
/// <param name="OnPeak">In the market's on-peak hours.</param>
/// <param name="OffPeak">In all others.</param>
public readonly record struct ByBlock(double OnPeak, double OffPeak)
{
    public static ByBlock Of(double everywhere) => new(everywhere, everywhere);

    /// <summary>The mean over hours of which a share is on-peak.</summary>
    /// <param name="onPeakShare">0 to 1.</param>
    public double At(double onPeakShare) => OffPeak + (onPeakShare * (OnPeak - OffPeak));

    /// <summary>For people: <c>0.35</c>, or <c>0.35 on-peak, 0.2 off-peak</c>.</summary>
    public override string ToString() => OnPeak == OffPeak
        ? OnPeak.ToString("0.####", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{OnPeak:0.####} on-peak, {OffPeak:0.####} off-peak");
}
