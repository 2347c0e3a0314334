using Aurum.Market.Ticks;

namespace Aurum.Ticks.Project;

/// <summary>Basis of a place: its latest price less that of its hub.</summary>
public static class HubBasis
{
    /// <summary>The basis of two latest prices.</summary>
    /// <param name="price">Of the place.</param>
    /// <param name="place">The place.</param>
    /// <param name="hubPrice">Of the hub.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="mostApartMicros">How far apart in event time the two prices may be.</param>
    /// <returns>In their currency per unit; NaN where they are too far apart, or of another currency, unit or tenant.</returns>
    public static double Of(
        in LatestPrice price, TickInstrument place, in LatestPrice hubPrice, TickInstrument hub, long mostApartMicros) =>
        Math.Abs(price.EventMicros - hubPrice.EventMicros) <= mostApartMicros && place.Currency == hub.Currency && place.Unit == hub.Unit
            && place.Tenant == hub.Tenant
            ? price.Price - hubPrice.Price
            : double.NaN;
}
