using Aurum.Market.Ticks;

namespace Aurum.Ticks.Forward;

/// <summary>A forward curve as its quotes have it: the last one of each month, by event time.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="CurveId">The instrument id that its quotes share.</param>
/// <param name="AsOfMicros">Event time of its last quote, microseconds since 1970 UTC.</param>
/// <param name="Points">By contract month.</param>
public sealed record CurveSnapshot(string Tenant, string CurveId, long AsOfMicros, IReadOnlyList<CurvePoint> Points)
{
    /// <summary>The price of a month, filled between quoted months; nothing is said beyond the first and the last.</summary>
    /// <returns>NaN where no quotes lie around the month.</returns>
    public double PriceOf(int contractMonth, CurveInterpolation interpolation = CurveInterpolation.Linear)
    {
        var at = IndexOf(contractMonth);
        if (at < 0 || at == Points.Count)
        {
            return double.NaN;
        }

        if (Points[at].ContractMonth == contractMonth)
        {
            return Points[at].Price;
        }

        if (at == 0)
        {
            return double.NaN;
        }

        var (left, right) = (Points[at - 1], Points[at]);
        var width = Months(right) - Months(left);
        var share = (MonthsOf(contractMonth) - Months(left)) / width;
        return interpolation == CurveInterpolation.Linear
            ? left.Price + (share * (right.Price - left.Price))
            : Cubic(at - 1, share, width);
    }

    /// <summary>Calendar spread: the price of the nearer month less that of the farther, both quoted.</summary>
    /// <returns>NaN where either is not quoted.</returns>
    public double CalendarSpread(int nearMonth, int farMonth) => Quoted(nearMonth) - Quoted(farMonth);

    private double Quoted(int contractMonth)
    {
        var at = IndexOf(contractMonth);
        return at < Points.Count && Points[at].ContractMonth == contractMonth ? Points[at].Price : double.NaN;
    }

    /// <summary>The first point that is not before a month; the number of points where there is none.</summary>
    private int IndexOf(int contractMonth)
    {
        var at = 0;
        while (at < Points.Count && Points[at].ContractMonth < contractMonth)
        {
            at++;
        }

        return at;
    }

    /// <summary>Hermite's cubic between two points, with slopes that keep it monotone.</summary>
    private double Cubic(int left, double share, double width)
    {
        var (a, b) = (Slope(left) * width, Slope(left + 1) * width);
        var (p, q) = (Points[left].Price, Points[left + 1].Price);
        var rest = 1 - share;
        return (p * (1 + (2 * share)) * rest * rest) + (a * share * rest * rest)
            + (q * share * share * (3 - (2 * share))) - (b * share * share * rest);
    }

    /// <summary>The slope at a point: the harmonic mean of the slopes beside it, none where they differ in sign; at the ends, that of the
    /// one beside it.</summary>
    private double Slope(int at)
    {
        if (at == 0 || at == Points.Count - 1)
        {
            return Secant(at == 0 ? 0 : at - 1);
        }

        var (before, after) = (Secant(at - 1), Secant(at));
        return before * after <= 0 ? 0 : 2 * before * after / (before + after);
    }

    private double Secant(int left) =>
        (Points[left + 1].Price - Points[left].Price) / (Months(Points[left + 1]) - Months(Points[left]));

    private static double Months(CurvePoint point) => MonthsOf(point.ContractMonth);

    private static double MonthsOf(int contractMonth) => (contractMonth / 100 * 12) + (contractMonth % 100);
}
