namespace Aurum.Curves.Building.Algebra;

/// <summary>Rows none of which follows from the others. A row that does follow is told of by how: the one way to add up rows of the
/// basis to it.</summary>
/// <remarks>Elimination with row pivots. The rows that make up another one, together with it, are a smallest set that depends on each
/// other: without any one of them the rest is independent. Numbers are expected to be of size one.</remarks>
/// <param name="columns">Length of the rows.</param>
internal sealed class RowBasis(int columns)
{
    private const double Zero = 1e-9;

    private readonly List<(double[] Row, int Pivot, double[] Made)> _reduced = [];
    private readonly double[] _rest = new double[columns];

    public int Count => _reduced.Count;

    /// <summary>Takes a row into the basis unless it follows from the rows that are there.</summary>
    /// <param name="row">Stays as it is.</param>
    /// <param name="combination">Where it follows: how often each row of the basis, in the order they were taken, adds to it.</param>
    public bool TryAdd(ReadOnlySpan<double> row, out double[] combination)
    {
        var made = Reduce(row);
        var pivot = Rows.IndexOfLargest(_rest);
        if (Math.Abs(_rest[pivot]) <= Zero)
        {
            combination = Combination(made);
            return false;
        }

        combination = [];
        var own = new double[Count + 1];
        made.CopyTo(own, 0);
        own[Count] = 1;
        _reduced.Add((_rest.AsSpan().ToArray(), pivot, own));
        return true;
    }

    /// <summary>Whether a row follows from those of the basis.</summary>
    public bool Spans(ReadOnlySpan<double> row)
    {
        Reduce(row);
        return Math.Abs(_rest[Rows.IndexOfLargest(_rest)]) <= Zero;
    }

    /// <summary>Leaves in <see cref="_rest"/> what the basis does not explain of a row.</summary>
    /// <returns>What was added of each row of the basis to get there.</returns>
    private double[] Reduce(ReadOnlySpan<double> row)
    {
        row.CopyTo(_rest);
        var made = new double[Count];
        foreach (var (reduced, pivot, of) in _reduced)
        {
            var factor = _rest[pivot] / reduced[pivot];
            if (factor != 0)
            {
                Rows.AddScaled(_rest, reduced, -factor);
                _rest[pivot] = 0;
                Rows.AddScaled(made.AsSpan(0, of.Length), of, -factor);
            }
        }

        return made;
    }

    private static double[] Combination(double[] made) => Array.ConvertAll(made, static m => Math.Abs(m) <= Zero ? 0 : -m);
}
