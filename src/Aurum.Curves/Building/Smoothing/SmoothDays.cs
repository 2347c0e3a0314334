using Aurum.Curves.Building.Bootstrapping;
using NodaTime;

namespace Aurum.Curves.Building.Smoothing;

/// <summary>Daily forward prices as smooth as quotes allow.</summary>
/// <param name="Days">In order; days without an hour of delivery and days that no quote is for are left out.</param>
/// <param name="Used">The quotes whose prices the days' means are, each with the weight 1.</param>
/// <param name="Repeated">Quotes that the used ones already say, within rounding.</param>
/// <param name="Conflicts">Quotes that the used ones contradict.</param>
/// <param name="Over">Quotes for months that are over.</param>
/// <param name="Roughness">Integral of the squared second derivative of what is added to the prior, in months: what was made as small
/// as it can be.</param>
public sealed record SmoothDays(
    IReadOnlyList<DayPrice> Days,
    IReadOnlyList<UsedQuote> Used,
    IReadOnlyList<BuildQuote> Repeated,
    IReadOnlyList<QuoteConflict> Conflicts,
    IReadOnlyList<BuildQuote> Over,
    double Roughness);

/// <summary>The forward price of a day.</summary>
/// <param name="Date">Day of delivery.</param>
/// <param name="Price">In the unit of the quotes.</param>
/// <param name="Hours">Hours of delivery, above zero.</param>
public readonly record struct DayPrice(LocalDate Date, double Price, int Hours);
