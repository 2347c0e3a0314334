namespace Aurum.Curves.Scenarios.Grid;

/// <summary>Isotonic regression: the never falling curve that is nearest to points in least squares.</summary>
internal static class Isotonic
{
    /// <summary>Means of bins of as many hours, made monotone by pooling adjacent violators.</summary>
    /// <param name="hours">Sorted by residual load.</param>
    /// <returns>Mean load of each bin, rising, and its price, never falling.</returns>
    public static (double[] Loads, double[] Prices) Fit(ReadOnlySpan<StackHour> hours, int bins)
    {
        var points = new List<(double Load, double Price, int Weight)>(bins);
        for (var bin = 0; bin < bins; bin++)
        {
            var (from, to) = ((int)((long)hours.Length * bin / bins), (int)((long)hours.Length * (bin + 1) / bins));
            if (to > from)
            {
                Add(points, hours[from..to]);
            }
        }

        return ([.. points.Select(static p => p.Load)], Pool(points));
    }

    /// <summary>Bins of one and the same load are one.</summary>
    private static void Add(List<(double Load, double Price, int Weight)> points, ReadOnlySpan<StackHour> hours)
    {
        var (load, price) = (0.0, 0.0);
        foreach (var hour in hours)
        {
            (load, price) = (load + hour.ResidualLoadMw, price + hour.Price);
        }

        (load, price) = (load / hours.Length, price / hours.Length);
        if (points.Count > 0 && points[^1].Load >= load)
        {
            var last = points[^1];
            var weight = last.Weight + hours.Length;
            points[^1] = (last.Load, ((last.Price * last.Weight) + (price * hours.Length)) / weight, weight);
            return;
        }

        points.Add((load, price, hours.Length));
    }

    private static double[] Pool(List<(double Load, double Price, int Weight)> points)
    {
        var blocks = new List<(double Price, int Weight, int Count)>(points.Count);
        foreach (var point in points)
        {
            var block = (point.Price, point.Weight, Count: 1);
            while (blocks.Count > 0 && blocks[^1].Price >= block.Price)
            {
                var last = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                var weight = last.Weight + block.Weight;
                block = (((last.Price * last.Weight) + (block.Price * block.Weight)) / weight, weight, last.Count + block.Count);
            }

            blocks.Add(block);
        }

        return [.. blocks.SelectMany(static b => Enumerable.Repeat(b.Price, b.Count))];
    }
}
