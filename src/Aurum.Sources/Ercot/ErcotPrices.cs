using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT settles on whole prices: the parts of a price are unknown.</summary>
internal static class ErcotPrices
{
    public static LmpRow Row(Location point, DeliveryInterval delivery, double usdPerMwh) =>
        new(point, delivery, usdPerMwh, double.NaN, double.NaN, double.NaN, double.NaN);
}
