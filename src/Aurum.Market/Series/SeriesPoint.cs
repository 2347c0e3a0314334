using Aurum.Market.Feeds;
using Aurum.Market.Time;

namespace Aurum.Market.Series;

/// <summary>One value of a statistical series.</summary>
/// <param name="Series">Which series.</param>
/// <param name="Period">What the value is for, UTC: an hour, a day, a month.</param>
/// <param name="Value">In the series' unit; NaN where the publisher says that it has none.</param>
/// <param name="IssuedUnixSeconds">When the publisher put this value out, where it keeps several for one period side by side (a
/// vintage); <see cref="InstantColumn.Unknown"/> where it replaces values in place.</param>
/// <param name="Flags">What the publisher says of the value in its own codes (estimated, doubtful, a trace); null for
/// nothing.</param>
public readonly record struct SeriesPoint(
    SeriesKey Series, DeliveryInterval Period, double Value, long IssuedUnixSeconds = InstantColumn.Unknown, Symbol? Flags = null);
