using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Curves.Building.Strips;

/// <summary>The price of a strip that follows from its months, in both meanings that are in use.</summary>
/// <param name="Tenor">The strip.</param>
/// <param name="HourWeighted">What delivering in every hour of its months is worth: the mean of their prices by hours of
/// delivery.</param>
/// <param name="SimpleMean">The vendor's: the mean of the prices of its months, each with the same weight.</param>
/// <param name="Hours">Hours of delivery of the months that were used.</param>
/// <param name="Used">The months, with their share of <paramref name="HourWeighted"/>.</param>
/// <param name="Delivered">Months of the strip before the first one that is quoted: they are over, and vendors leave them out
/// too.</param>
/// <param name="Missing">Other months of the strip that no quote is there for; both prices are of what is there.</param>
/// <param name="Quoted">The vendor's own quote of the strip; null where there is none.</param>
public sealed record StripPrice(
    Tenor Tenor,
    double HourWeighted,
    double SimpleMean,
    int Hours,
    IReadOnlyList<UsedQuote> Used,
    IReadOnlyList<YearMonth> Delivered,
    IReadOnlyList<YearMonth> Missing,
    BuildQuote? Quoted)
{
    public bool IsWhole => Missing.Count == 0;

    /// <summary>How far the vendor's quote is above the mean of the months; NaN where there is no quote.</summary>
    public double QuotedLessSimpleMean => (Quoted?.Price ?? double.NaN) - SimpleMean;

    /// <summary>How far the vendor's quote is above the price by hours; NaN where there is no quote.</summary>
    public double QuotedLessHourWeighted => (Quoted?.Price ?? double.NaN) - HourWeighted;
}
