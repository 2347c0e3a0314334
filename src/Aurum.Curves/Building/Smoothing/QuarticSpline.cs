namespace Aurum.Curves.Building.Smoothing;

/// <summary>Splines of degree four with three continuous derivatives, as sums of bell-shaped pieces (B-splines), each of which is zero
/// but for five intervals.</summary>
/// <remarks>Algorithms: Piegl and Tiller, The NURBS Book, A2.1 to A2.3.</remarks>
internal sealed class QuarticSpline
{
    public const int Degree = 4;

    /// <summary>Pieces that are not zero at a place.</summary>
    public const int Active = Degree + 1;

    private readonly double[] _knots;

    /// <param name="ends">Ends of the intervals, rising; at least two.</param>
    public QuarticSpline(IReadOnlyList<double> ends)
    {
        Intervals = ends.Count - 1;
        _knots =
        [
            .. Enumerable.Repeat(ends[0], Degree), .. ends, .. Enumerable.Repeat(ends[^1], Degree),
        ];
    }

    public int Intervals { get; }

    /// <summary>End of the last interval.</summary>
    public double End => _knots[^1];

    /// <summary>Pieces in all.</summary>
    public int Count => Intervals + Degree;

    /// <summary>Values of the five pieces at a place, with their first and second derivatives.</summary>
    /// <param name="at">From the first end to the last.</param>
    /// <param name="order">0 for values, 1 or 2 for derivatives.</param>
    /// <param name="values">Takes five numbers.</param>
    /// <returns>The first of the five pieces.</returns>
    public int Evaluate(double at, int order, Span<double> values)
    {
        var interval = IntervalOf(at);
        var degree = Degree - order;
        Span<double> lower = stackalloc double[Active];
        Values(at, interval, degree, lower);
        for (; degree < Degree; degree++)
        {
            Differentiate(interval, degree + 1, lower);
        }

        lower.CopyTo(values);
        return interval - Degree;
    }

    /// <summary>Sums of products of second derivatives, integrated: the roughness of a spline is its pieces' amounts times this times its
    /// pieces' amounts. Square, row after row.</summary>
    public double[] Roughness()
    {
        // Products of two parabolas: three points of Gauss are exact.
        ReadOnlySpan<double> points = [-Math.Sqrt(0.6), 0, Math.Sqrt(0.6)];
        ReadOnlySpan<double> weights = [5 / 9.0, 8 / 9.0, 5 / 9.0];
        var sums = new double[Count * Count];
        Span<double> second = stackalloc double[Active];
        for (var interval = Degree; interval < Degree + Intervals; interval++)
        {
            var (half, middle) = ((_knots[interval + 1] - _knots[interval]) / 2, (_knots[interval + 1] + _knots[interval]) / 2);
            for (var point = 0; point < points.Length; point++)
            {
                var first = Evaluate(middle + (half * points[point]), 2, second);
                for (var a = 0; a < Active; a++)
                {
                    for (var b = 0; b < Active; b++)
                    {
                        sums[((first + a) * Count) + first + b] += half * weights[point] * second[a] * second[b];
                    }
                }
            }
        }

        return sums;
    }

    private int IntervalOf(double at)
    {
        int low = Degree, high = Degree + Intervals;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = at < _knots[middle] ? (low, middle) : (middle, high);
        }

        return low;
    }

    /// <summary>The pieces of some degree that are not zero in an interval.</summary>
    private void Values(double at, int interval, int degree, Span<double> values)
    {
        values.Clear();
        values[0] = 1;
        for (var d = 1; d <= degree; d++)
        {
            var carried = 0.0;
            for (var i = 0; i < d; i++)
            {
                var (right, left) = (_knots[interval + i + 1], _knots[interval + i + 1 - d]);
                var share = values[i] / (right - left);
                values[i] = carried + ((right - at) * share);
                carried = (at - left) * share;
            }

            values[d] = carried;
        }
    }

    /// <summary>Turns numbers for the pieces of the next lower degree into those for the derivatives of the pieces of a degree.</summary>
    private void Differentiate(int interval, int degree, Span<double> values)
    {
        var carried = 0.0;
        for (var i = 0; i < degree; i++)
        {
            var share = degree * values[i] / (_knots[interval + i + 1] - _knots[interval + i + 1 - degree]);
            values[i] = carried - share;
            carried = share;
        }

        values[degree] = carried;
    }
}
