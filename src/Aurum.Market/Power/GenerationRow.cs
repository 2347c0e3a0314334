using Aurum.Market.Feeds;
using Aurum.Market.Time;

namespace Aurum.Market.Power;

/// <summary>Generation of one fuel in an area, metered or forecast.</summary>
/// <param name="Area">Which area.</param>
/// <param name="Fuel">Fuel as the publisher names it, for example <c>Natural Gas</c>.</param>
/// <param name="Delivery">When, UTC; a length of zero is a reading at an instant.</param>
/// <param name="GenerationMw">Mean power over the interval, MW; negative while storage charges.</param>
/// <param name="IssuedUnixSeconds">When the forecast was made; 0 as in <see cref="LoadRow"/>.</param>
public readonly record struct GenerationRow(
    Location Area, Symbol Fuel, DeliveryInterval Delivery, double GenerationMw, long IssuedUnixSeconds = 0);
