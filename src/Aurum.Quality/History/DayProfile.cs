namespace Aurum.Quality.History;

/// <summary>The values of a column on one operating day, in one unit: a part of its feed's fingerprint.</summary>
/// <param name="Unit">Unit; empty where rows have none.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Known">Rows whose value is known.</param>
/// <param name="Mean">Mean; NaN where none is known.</param>
/// <param name="Spread">Standard deviation.</param>
/// <param name="Least">Least value.</param>
/// <param name="Most">Greatest value.</param>
/// <param name="Deciles">Eleven values: least, nine deciles, greatest.</param>
/// <param name="Places">Places or series.</param>
/// <param name="Members">Names of the places or series; empty where there are too many to keep.</param>
public sealed record DayProfile(
    string Unit, long Rows, long Known, double Mean, double Spread, double Least, double Most, IReadOnlyList<double> Deciles, long Places,
    IReadOnlyList<string> Members)
{
    public const int DecileCount = 11;

    /// <summary>Share of the values below a bound, 0 to 1, from the deciles.</summary>
    public double ShareBelow(double bound)
    {
        if (bound <= Deciles[0])
        {
            return 0;
        }

        for (var i = 1; i < DecileCount; i++)
        {
            if (bound <= Deciles[i])
            {
                var width = Deciles[i] - Deciles[i - 1];
                return ((i - 1) + (width > 0 ? (bound - Deciles[i - 1]) / width : 1)) / (DecileCount - 1);
            }
        }

        return 1;
    }
}
