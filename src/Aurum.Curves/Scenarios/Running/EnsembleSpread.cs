namespace Aurum.Curves.Scenarios.Running;

/// <summary>How far the paths of an ensemble lie apart.</summary>
internal static class EnsembleSpread
{
    /// <summary>Quantiles, on a line between sorted values, and the standard error of the mean.</summary>
    /// <param name="paths">A value for each path.</param>
    /// <param name="level">Share of paths between both ends.</param>
    public static (double Lower, double Median, double Upper, double StandardError) Of(ReadOnlySpan<double> paths, double level)
    {
        var mean = 0.0;
        foreach (var value in paths)
        {
            mean += value;
        }

        mean /= paths.Length;
        var squares = 0.0;
        foreach (var value in paths)
        {
            squares += (value - mean) * (value - mean);
        }

        var error = paths.Length < 2 ? 0 : Math.Sqrt(squares / (paths.Length - 1) / paths.Length);
        var sorted = paths.ToArray();
        Array.Sort(sorted);
        return (At(sorted, (1 - level) / 2), At(sorted, 0.5), At(sorted, (1 + level) / 2), error);
    }

    private static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
