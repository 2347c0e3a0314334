using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Building.Shapes;

/// <summary>Forward prices of one block for periods of days: months of a bootstrap, days of a smooth curve.</summary>
/// <param name="Block">Its hours.</param>
/// <param name="Periods">In order, without overlap.</param>
public sealed record BlockForwards(Block Block, IReadOnlyList<PeriodPrice> Periods);

/// <summary>The price of a period of whole days.</summary>
/// <param name="First">First day.</param>
/// <param name="Last">Last day, included.</param>
/// <param name="Price">Mean of its hours.</param>
public readonly record struct PeriodPrice(LocalDate First, LocalDate Last, double Price);
