using NodaTime;

namespace Aurum.Curves.Building.Bootstrapping;

/// <summary>The forward price of a month.</summary>
/// <param name="Month">Month of delivery.</param>
/// <param name="Price">In the unit of the quotes.</param>
/// <param name="Hours">Hours of delivery.</param>
/// <param name="Origin">How it is known.</param>
public readonly record struct MonthPrice(YearMonth Month, double Price, int Hours, PriceOrigin Origin);
