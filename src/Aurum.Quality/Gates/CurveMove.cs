namespace Aurum.Quality.Gates;

/// <summary>How a curve moved between two as-of dates.</summary>
/// <param name="Middle">Median of its quotes' changes, in the curve's unit.</param>
/// <param name="Spread">How far its quotes' changes lie from it: median absolute deviation, as a standard deviation of a normal
/// distribution.</param>
public readonly record struct CurveMove(double Middle, double Spread)
{
    /// <summary>Median absolute deviations of a normal distribution in a standard deviation.</summary>
    private const double DeviationsPerSigma = 1.4826;

    /// <param name="changes">Changes of the quotes that both dates have, at least one. They come back in another order.</param>
    public static CurveMove Of(Span<double> changes)
    {
        var middle = Median(changes);
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = Math.Abs(changes[i] - middle);
        }

        return new CurveMove(middle, Median(changes) * DeviationsPerSigma);
    }

    /// <summary>What is usual of some moves: medians of how far they went, up or down, and of their spreads. One wrong day does not
    /// change it.</summary>
    /// <param name="moves">At least one.</param>
    public static CurveMove Usual(IReadOnlyCollection<CurveMove> moves) =>
        new(Median([.. moves.Select(static m => Math.Abs(m.Middle))]), Median([.. moves.Select(static m => m.Spread)]));

    /// <param name="values">At least one; sorted then.</param>
    internal static double Median(Span<double> values)
    {
        values.Sort();
        var half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
