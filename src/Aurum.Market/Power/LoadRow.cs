using Aurum.Market.Time;

namespace Aurum.Market.Power;

/// <summary>Load of an area, metered or forecast.</summary>
/// <param name="Area">Which area.</param>
/// <param name="Delivery">When, UTC; a length of zero is a reading at an instant.</param>
/// <param name="LoadMw">Mean power over the interval, MW.</param>
/// <param name="IssuedUnixSeconds">When the forecast was made, seconds since 1970 UTC; 0 where the publisher gives one value per
/// hour (actuals, and forecasts that are replaced in place).</param>
public readonly record struct LoadRow(Location Area, DeliveryInterval Delivery, double LoadMw, long IssuedUnixSeconds = 0);
