namespace Aurum.Quality.History;

/// <summary>What the past lets expect of a value: the median of earlier values at the same hour of the week, and so many robust
/// deviations around it.</summary>
/// <param name="Median">Median of the past.</param>
/// <param name="Deviation">Robust standard deviation: 1.4826 times the median distance from the median, or a floor.</param>
/// <param name="Least">Least expected value.</param>
/// <param name="Most">Most expected value.</param>
public readonly record struct SeasonalBand(double Median, double Deviation, double Least, double Most)
{
    /// <summary>Makes the median distance from the median of normal values their standard deviation.</summary>
    private const double NormalConsistency = 1.4826;

    /// <summary>A history that repeats itself to the digit must not make the next digit an anomaly.</summary>
    private const double LeastShare = 0.02;

    /// <param name="history">Earlier values, at least one, in any order; it is sorted.</param>
    /// <param name="threshold">Robust deviations that are allowed.</param>
    /// <param name="leastDeviation">Floor of the deviation, in the unit of the values.</param>
    public static SeasonalBand Of(Span<double> history, double threshold, double leastDeviation)
    {
        var median = MedianOf(history);
        for (var i = 0; i < history.Length; i++)
        {
            history[i] = Math.Abs(history[i] - median);
        }

        var deviation = Math.Max(NormalConsistency * MedianOf(history), Math.Max(leastDeviation, LeastShare * Math.Abs(median)));
        return new SeasonalBand(median, deviation, median - (threshold * deviation), median + (threshold * deviation));
    }

    public bool Holds(double value) => value >= Least && value <= Most;

    /// <summary>The middle of the values; of an even number the mean of the middle two. Sorts them.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static double MedianOf(Span<double> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("there is no value", nameof(values));
        }

        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
