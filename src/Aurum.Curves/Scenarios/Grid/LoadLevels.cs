namespace Aurum.Curves.Scenarios.Grid;

/// <summary>Where the hours of a month lie on a supply stack, on-peak and off-peak.</summary>
/// <remarks>A month of the year without hours in history takes those of all months, a block without hours those of all
/// hours.</remarks>
internal sealed class LoadLevels
{
    private const int Quantiles = 10;
    private const int MonthsOfYear = 12;

    private readonly LoadLevel[] _levels = new LoadLevel[2 * MonthsOfYear];

    private LoadLevels()
    {
    }

    public static LoadLevels Of(IReadOnlyList<StackHour> hours)
    {
        var levels = new LoadLevels();
        var byBlock = hours.ToLookup(static h => h.IsOnPeak);
        var byCell = hours.ToLookup(static h => (h.Month, h.IsOnPeak));
        foreach (var isOnPeak in new[] { true, false })
        {
            var usual = LevelOf([.. byBlock[isOnPeak].Any() ? byBlock[isOnPeak] : hours]);
            for (var month = 1; month <= MonthsOfYear; month++)
            {
                levels._levels[IndexOf(month, isOnPeak)] =
                    byCell[(month, isOnPeak)].Any() ? LevelOf([.. byCell[(month, isOnPeak)]]) : usual;
            }
        }

        return levels;
    }

    /// <param name="month">1 to 12.</param>
    public LoadLevel Of(int month, bool isOnPeak) => _levels[IndexOf(month, isOnPeak)];

    private static int IndexOf(int month, bool isOnPeak) => month - 1 + (isOnPeak ? 0 : MonthsOfYear);

    private static LoadLevel LevelOf(StackHour[] hours)
    {
        double[] sorted = [.. hours.Select(static h => h.ResidualLoadMw).Order()];
        var quantiles = new double[Quantiles];
        for (var i = 0; i < Quantiles; i++)
        {
            quantiles[i] = sorted[(int)((i + 0.5) / Quantiles * sorted.Length)];
        }

        return new LoadLevel(quantiles, hours.Average(static h => h.LoadMw));
    }
}

/// <summary>Loads of a part of the hours.</summary>
/// <param name="ResidualMw">Quantiles in the middle of tenths, MW.</param>
/// <param name="MeanLoadMw">Mean load with wind and sun, MW.</param>
internal readonly record struct LoadLevel(double[] ResidualMw, double MeanLoadMw);
