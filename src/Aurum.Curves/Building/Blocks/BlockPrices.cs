using Aurum.Market.Curves;
using Aurum.Market.Time;

namespace Aurum.Curves.Building.Blocks;

/// <summary>The prices of all hours, the peak and the rest of one period, which hours tie together: all hours' price times their
/// number is the sum of the others'.</summary>
/// <param name="Period">The months.</param>
/// <param name="AllHours">Price of every hour.</param>
/// <param name="OnPeak">Price of the peak.</param>
/// <param name="OffPeak">Price of the rest.</param>
/// <param name="OnPeakHours">Hours of the peak.</param>
/// <param name="OffPeakHours">Hours of the rest.</param>
/// <param name="Derived">The one that follows from the others; null where all three were given.</param>
/// <param name="Used">The quotes that were given, with their share of the price of all hours.</param>
public sealed record BlockPrices(
    Tenor Period,
    double AllHours,
    double OnPeak,
    double OffPeak,
    int OnPeakHours,
    int OffPeakHours,
    Block? Derived,
    IReadOnlyList<UsedQuote> Used)
{
    /// <summary>How far the price of all hours is above what the other two say: zero but for rounding where one was derived.</summary>
    public double Residual =>
        AllHours - (((OnPeak * OnPeakHours) + (OffPeak * OffPeakHours)) / (OnPeakHours + OffPeakHours));

    public double Of(Block block) => block switch
    {
        Block.AllHours => AllHours,
        Block.OnPeak => OnPeak,
        Block.OffPeak => OffPeak,
        _ => throw new ArgumentOutOfRangeException(nameof(block), block, "expected all hours, on-peak or off-peak"),
    };
}
