using Aurum.Curves.Building.Algebra;

namespace Aurum.Tests.Curves.Building.Algebra;

public sealed class RowBasisTests
{
    [Fact]
    public void A_row_that_follows_is_told_of_by_the_rows_it_is_made_of()
    {
        var basis = new RowBasis(4);
        Assert.True(basis.TryAdd([1, 1, 0, 0], out _));
        Assert.True(basis.TryAdd([0, 0, 1, 1], out _));
        Assert.True(basis.TryAdd([0, 0, 0, 1], out _));
        Assert.False(basis.TryAdd([2, 2, 3, 0], out var combination));
        Assert.Equal([2, 3, -3], combination);
        Assert.Equal(3, basis.Count);
        Assert.True(basis.Spans([0, 0, 1, 0]));
        Assert.False(basis.Spans([1, 0, 0, 0]));
    }

    [Fact]
    public void Combinations_add_up_to_the_row_for_any_rows()
    {
        var random = new Random(20250917);
        for (var run = 0; run < 200; run++)
        {
            var columns = random.Next(2, 15);
            var basis = new RowBasis(columns);
            var taken = new List<double[]>();
            for (var i = 0; i < 2 * columns; i++)
            {
                var (first, length) = (random.Next(columns), random.Next(1, columns + 1));
                var row = Enumerable.Range(0, columns).Select(c => c >= first && c < first + length ? 1.0 / length : 0).ToArray();
                if (basis.TryAdd(row, out var combination))
                {
                    taken.Add(row);
                    continue;
                }

                Assert.Equal(taken.Count, combination.Length);
                Assert.All(
                    Enumerable.Range(0, columns), c => Assert.Equal(row[c], taken.Select((t, j) => t[c] * combination[j]).Sum(), 1e-9));
            }

            Assert.InRange(taken.Count, 1, columns);
        }
    }
}
