namespace Aurum.Curves.Building.Shapes;

/// <summary>The price of one hour.</summary>
/// <param name="StartUnixSeconds">Seconds since 1970-01-01T00:00:00Z at which the hour begins.</param>
/// <param name="Price">In the unit of its curve or location.</param>
public readonly record struct HourPrice(long StartUnixSeconds, double Price);
