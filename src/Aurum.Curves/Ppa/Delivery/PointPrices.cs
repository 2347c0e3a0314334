using Aurum.Curves.Ppa.Terms;

namespace Aurum.Curves.Ppa.Delivery;

/// <summary>Prices of the hours of a grid where a contract is settled: those of the hub, tilted by cannibalisation, and the
/// basis.</summary>
internal static class PointPrices
{
    private const double LeastSpread = 1e-9;

    /// <param name="hub">Prices of the hub.</param>
    /// <param name="volumes">Expected volumes: the profile that prices are tilted against.</param>
    /// <param name="basis">By month of the grid.</param>
    public static double[] Of(
        DeliveryGrid grid, double[] hub, double[] volumes, Cannibalisation? cannibalisation, bool hasBlocks, double[] basis)
    {
        var prices = (double[])hub.Clone();
        for (var m = 0; m < grid.Months.Count; m++)
        {
            var month = grid.Months[m];
            var span = prices.AsSpan(month.FirstHour, month.Hours);
            if (cannibalisation is not null)
            {
                var years = Math.Max(month.Month.Year - cannibalisation.FromYear + 1, 0);
                var kept = Math.Pow(1 - (cannibalisation.DeclinePercentPerYear / 100), years);
                Tilt(
                    span, volumes.AsSpan(month.FirstHour, month.Hours),
                    hasBlocks ? grid.OnPeak.AsSpan(month.FirstHour, month.Hours) : [], 1 - kept);
            }

            foreach (ref var price in span)
            {
                price += basis[m];
            }
        }

        return prices;
    }

    /// <summary>Lowers the capture price of a month by a share of itself: prices go down where output is above its mean in the block, and
    /// up where it is below, by the same amount a MWh.</summary>
    private static void Tilt(Span<double> prices, ReadOnlySpan<double> volumes, ReadOnlySpan<bool> onPeak, double share)
    {
        var (onMean, offMean) = MeansOf(volumes, onPeak);
        var (volume, value, spread) = (0.0, 0.0, 0.0);
        for (var i = 0; i < prices.Length; i++)
        {
            var mean = onPeak.Length > 0 && onPeak[i] ? onMean : offMean;
            volume += volumes[i];
            value += prices[i] * volumes[i];
            spread += (volumes[i] - mean) * volumes[i];
        }

        // Output that is alike in all hours of each block captures their mean whatever happens.
        if (share == 0 || volume <= 0 || spread <= LeastSpread * volume * volume / prices.Length)
        {
            return;
        }

        var perMwh = Math.Abs(value) * share / spread;
        for (var i = 0; i < prices.Length; i++)
        {
            prices[i] -= perMwh * (volumes[i] - (onPeak.Length > 0 && onPeak[i] ? onMean : offMean));
        }
    }

    private static (double OnPeak, double OffPeak) MeansOf(ReadOnlySpan<double> volumes, ReadOnlySpan<bool> onPeak)
    {
        var (on, off, onCount) = (0.0, 0.0, 0);
        for (var i = 0; i < volumes.Length; i++)
        {
            if (onPeak.Length > 0 && onPeak[i])
            {
                on += volumes[i];
                onCount++;
            }
            else
            {
                off += volumes[i];
            }
        }

        return (on / Math.Max(onCount, 1), off / Math.Max(volumes.Length - onCount, 1));
    }

    /// <summary>The basis by month of a grid.</summary>
    /// <exception cref="ValuationRefusedException">A month of a basis curve is missing.</exception>
    public static double[] BasisOf(DeliveryGrid grid, Basis basis, MarketView view, List<string> notes)
    {
        switch (basis.Kind)
        {
            case BasisKind.ByMonth:
                return [.. grid.Months.Select(m => basis.ByMonth[m.Month.Month - 1])];
            case BasisKind.Curve:
                var months = basis.Months.Count > 0 ? basis.Months : view.Basis;
                return months.Count > 0
                    ? MonthValues.Of(grid, months, view.Beyond with { PercentPerYear = 0 }, "basis", notes)
                    : throw new ValuationRefusedException("basis: expected amounts by month in the contract or in the view, found none");
            default:
                var fixedBasis = new double[grid.Months.Count];
                Array.Fill(fixedBasis, basis.Amount);
                return fixedBasis;
        }
    }
}
