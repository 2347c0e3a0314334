using Aurum.Market.Feeds;
using Aurum.Market.Time;

namespace Aurum.Market.Power;

/// <summary>Clearing price of a reserve product in a region.</summary>
/// <remarks>In the currency of the feed's contract, as <see cref="LmpRow"/> is.</remarks>
/// <param name="Region">Which reserve region.</param>
/// <param name="Product">Product as the publisher names it, for example <c>SR</c> (spinning reserve).</param>
/// <param name="Delivery">When, UTC.</param>
/// <param name="PriceUsdPerMw">USD per MW of capacity held for the interval's hour.</param>
public readonly record struct AncillaryPriceRow(Location Region, Symbol Product, DeliveryInterval Delivery, double PriceUsdPerMw);
