namespace Aurum.Curves.Building.Algebra;

/// <summary>Solves small dense systems of linear equations: LU with row pivots, and one step that mends rounding.</summary>
internal static class LinearSystem
{
    /// <summary>Solves <c>matrix · x = right</c>.</summary>
    /// <param name="matrix">Square, row after row; stays as it is.</param>
    /// <param name="right">Right side; stays as it is.</param>
    /// <exception cref="InvalidOperationException">The equations do not determine the unknowns: a defect of the caller.</exception>
    public static double[] Solve(double[] matrix, double[] right)
    {
        var size = right.Length;
        var lu = matrix.AsSpan().ToArray();
        var order = Factor(lu, size);
        var x = Substitute(lu, order, right);
        var rest = new double[size];
        for (var row = 0; row < size; row++)
        {
            rest[row] = right[row] - Rows.Dot(matrix.AsSpan(row * size, size), x);
        }

        Rows.AddScaled(x, Substitute(lu, order, rest), 1);
        return x;
    }

    private static int[] Factor(double[] lu, int size)
    {
        var order = new int[size];
        for (var i = 0; i < size; i++)
        {
            order[i] = i;
        }

        for (var step = 0; step < size; step++)
        {
            var pivot = PivotOf(lu, order, step, size);
            (order[step], order[pivot]) = (order[pivot], order[step]);
            var row = lu.AsSpan(order[step] * size, size);
            if (row[step] == 0)
            {
                throw new InvalidOperationException($"equation {step} of {size} follows from the others");
            }

            for (var below = step + 1; below < size; below++)
            {
                var other = lu.AsSpan(order[below] * size, size);
                if (other[step] != 0)
                {
                    other[step] /= row[step];
                    Rows.AddScaled(other[(step + 1)..], row[(step + 1)..], -other[step]);
                }
            }
        }

        return order;
    }

    private static int PivotOf(double[] lu, int[] order, int step, int size)
    {
        var pivot = step;
        for (var i = step + 1; i < size; i++)
        {
            pivot = Math.Abs(lu[(order[i] * size) + step]) > Math.Abs(lu[(order[pivot] * size) + step]) ? i : pivot;
        }

        return pivot;
    }

    private static double[] Substitute(double[] lu, int[] order, double[] right)
    {
        var size = order.Length;
        var x = new double[size];
        for (var i = 0; i < size; i++)
        {
            x[i] = right[order[i]] - Rows.Dot(lu.AsSpan(order[i] * size, i), x);
        }

        for (var i = size - 1; i >= 0; i--)
        {
            var row = lu.AsSpan(order[i] * size, size);
            x[i] = (x[i] - Rows.Dot(row[(i + 1)..], x.AsSpan(i + 1))) / row[i];
        }

        return x;
    }
}
