using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Ieso;

/// <summary>IESO prints price, loss and congestion; the energy part is what remains: the price at the reference bus, the same everywhere
/// but for the rounding of the printed parts.</summary>
internal static class IesoPrice
{
    public static LmpRow Row(Location place, DeliveryInterval delivery, double lmp, double loss, double congestion) =>
        new(place, delivery, lmp, WithoutDust(lmp - loss - congestion), congestion, loss, double.NaN);

    /// <summary>Takes away what binary subtraction leaves behind the sixth decimal; IESO prints two.</summary>
    private static double WithoutDust(double value) => Math.Round(value, 6);
}
