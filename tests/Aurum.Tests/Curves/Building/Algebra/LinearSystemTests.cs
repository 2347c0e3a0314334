using Aurum.Curves.Building.Algebra;

namespace Aurum.Tests.Curves.Building.Algebra;

public sealed class LinearSystemTests
{
    [Fact]
    public void Solves_three_equations_by_hand()
    {
        // x + 2y = 5, 3x + z = 6, y + z = 5 have the solution 1, 2, 3. The first pivot must not be the first number.
        Assert.Equal([1, 2, 3], LinearSystem.Solve([1, 2, 0, 3, 0, 1, 0, 1, 1], [5, 6, 5]).Select(x => Math.Round(x, 12)));
        Assert.Equal([2, 1], LinearSystem.Solve([0, 1, 1, 0], [1, 2]));
    }

    [Fact]
    public void Equations_that_say_the_same_are_a_defect_of_the_caller() =>
        Assert.Throws<InvalidOperationException>(() => LinearSystem.Solve([1, 1, 1, 1], [1, 2]));

    [Fact]
    public void What_is_solved_fulfils_the_equations()
    {
        var random = new Random(20250917);
        for (var run = 0; run < 100; run++)
        {
            var size = random.Next(1, 40);
            var matrix = Enumerable.Range(0, size * size).Select(_ => random.NextDouble() - 0.5).ToArray();
            var x = Enumerable.Range(0, size).Select(_ => random.NextDouble() * 100).ToArray();
            var right = Enumerable.Range(0, size).Select(row => Rows.Dot(matrix.AsSpan(row * size, size), x)).ToArray();
            var solved = LinearSystem.Solve(matrix, right);
            Assert.All(Enumerable.Range(0, size), row =>
                Assert.Equal(right[row], Rows.Dot(matrix.AsSpan(row * size, size), solved), 1e-9));
        }
    }
}
