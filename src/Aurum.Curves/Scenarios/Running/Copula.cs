using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Drivers;
using Aurum.Curves.Simulation;

namespace Aurum.Curves.Scenarios.Running;

/// <summary>Normals of several drivers with the correlations that the drivers state.</summary>
internal static class Copula
{
    private const double Tolerance = 1e-9;

    /// <summary>The lower triangle whose product with its transpose is the correlation matrix.</summary>
    /// <exception cref="DocumentException">Names that are no stochastic driver, two statements that differ, drivers that do not vary
    /// alike, or correlations that cannot be together.</exception>
    public static double[][] Factor(IReadOnlyList<StochasticDriver> drivers)
    {
        var matrix = drivers.Select((_, i) => drivers.Select((_, j) => i == j ? 1.0 : 0).ToArray()).ToArray();
        var check = new DriverCheck();
        for (var i = 0; i < drivers.Count; i++)
        {
            foreach (var (name, value) in drivers[i].Correlations)
            {
                Join(drivers, matrix, i, name, value, check);
            }
        }

        check.ThrowIfRefused();
        return Cholesky(drivers, matrix);
    }

    /// <summary>The correlated normal of a driver.</summary>
    public static double Normal(CounterRandom random, double[][] factor, int driver, ulong firstStream, ulong counter)
    {
        var sum = 0.0;
        for (var j = 0; j <= driver; j++)
        {
            if (factor[driver][j] != 0)
            {
                sum += factor[driver][j] * random.Normal(firstStream + (ulong)j, counter);
            }
        }

        return sum;
    }

    private static void Join(
        IReadOnlyList<StochasticDriver> drivers, double[][] matrix, int i, string name, double value, DriverCheck check)
    {
        var path = $"{drivers[i].Path}.payload.correlation_matrix.{name}";
        var j = drivers.Index().Where(d => d.Item.Name == name && d.Index != i).Select(static d => (int?)d.Index).FirstOrDefault();
        if (j is not { } other)
        {
            var known = drivers.Where((_, k) => k != i).Select(static d => d.Name);
            check.Refuse(path, $"the name of another stochastic driver ({string.Join(", ", known)})", name);
        }
        else if (drivers[other].Varies != drivers[i].Varies)
        {
            check.Refuse(path, "drivers that vary alike", $"{drivers[i].Varies} and {drivers[other].Varies}");
        }
        else if (drivers[other].Correlations.TryGetValue(drivers[i].Name, out var stated) && stated != value)
        {
            check.Refuse(path, FormattableString.Invariant($"{stated}, as {name} states"), FormattableString.Invariant($"{value}"));
        }
        else
        {
            matrix[i][other] = value;
            matrix[other][i] = value;
        }
    }

    private static double[][] Cholesky(IReadOnlyList<StochasticDriver> drivers, double[][] matrix)
    {
        var factor = matrix.Select(static row => new double[row.Length]).ToArray();
        for (var i = 0; i < matrix.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[i][j];
                for (var k = 0; k < j; k++)
                {
                    rest -= factor[i][k] * factor[j][k];
                }

                if ((i == j && rest < -Tolerance) || (i != j && factor[j][j] == 0 && Math.Abs(rest) > Tolerance))
                {
                    throw new DocumentException(
                    [
                        new DocumentError(
                            $"{drivers[i].Path}.payload.correlation_matrix", "correlations that can be together",
                            "a matrix that is not positive semidefinite"),
                    ]);
                }

                factor[i][j] = i == j ? Math.Sqrt(rest < Tolerance ? 0 : rest) : factor[j][j] == 0 ? 0 : rest / factor[j][j];
            }
        }

        return factor;
    }
}
