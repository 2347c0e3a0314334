using Aurum.Market.Time;

namespace Aurum.Market.Power;

/// <summary>A locational marginal price for one delivery interval, with its parts. Parts that the
/// publisher does not give are NaN.</summary>
/// <remarks>In the currency of the feed's contract: CAD where it says CAD/MWh, whatever the names here.</remarks>
/// <param name="Location">Where.</param>
/// <param name="Delivery">When, UTC.</param>
/// <param name="LmpUsdPerMwh">The price: energy + congestion + loss (+ greenhouse gas at CAISO), in USD/MWh.</param>
/// <param name="EnergyUsdPerMwh">Energy part.</param>
/// <param name="CongestionUsdPerMwh">Congestion part, positive where congestion makes power
/// dearer (NYISO's own sign is turned).</param>
/// <param name="LossUsdPerMwh">Loss part.</param>
/// <param name="GhgUsdPerMwh">Greenhouse-gas part (CAISO).</param>
public readonly record struct LmpRow(
    Location Location,
    DeliveryInterval Delivery,
    double LmpUsdPerMwh,
    double EnergyUsdPerMwh,
    double CongestionUsdPerMwh,
    double LossUsdPerMwh,
    double GhgUsdPerMwh);
