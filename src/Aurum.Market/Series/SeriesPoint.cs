using Aurum.Market.Time;

namespace Aurum.Market.Series;

/// <summary>One value of a statistical series.</summary>
/// <param name="Series">Which series.</param>
/// <param name="Period">What the value is for, UTC: an hour, a day, a month.</param>
/// <param name="Value">In the series' unit; NaN where the publisher says that it has none.</param>
public readonly record struct SeriesPoint(SeriesKey Series, DeliveryInterval Period, double Value);
