using NodaTime;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>The rate at which dated money is worth nothing, effective a year over 365 days.</summary>
public static class Xirr
{
    private const double Lowest = -0.99;
    private const double Highest = 10;
    private const double DaysPerYear = 365;
    private const int Halvings = 200;

    /// <summary>Finds the rate.</summary>
    /// <param name="flows">Dates and amounts, in any order.</param>
    /// <returns>The rate as a share; null where the amounts are all of one sign, or no rate from -99 % to 1,000 % changes the
    /// sign.</returns>
    public static double? Of(IReadOnlyList<(LocalDate Date, decimal Amount)> flows)
    {
        if (!flows.Any(static f => f.Amount > 0) || !flows.Any(static f => f.Amount < 0))
        {
            return null;
        }

        var first = flows.Min(static f => f.Date);
        var years = flows.Select(f => Period.DaysBetween(first, f.Date) / DaysPerYear).ToArray();
        var amounts = flows.Select(static f => (double)f.Amount).ToArray();
        var (low, high) = (Lowest, Highest);
        var (atLow, atHigh) = (ValueAt(low, years, amounts), ValueAt(high, years, amounts));
        if (atLow == 0 || atHigh == 0 || atLow > 0 == atHigh > 0)
        {
            return atLow == 0 ? low : atHigh == 0 ? high : null;
        }

        for (var i = 0; i < Halvings && high - low > 1e-12; i++)
        {
            var middle = (low + high) / 2;
            if (ValueAt(middle, years, amounts) > 0 == atLow > 0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low + high) / 2;
    }

    private static double ValueAt(double rate, double[] years, double[] amounts)
    {
        var (sum, log) = (0.0, Math.Log(1 + rate));
        for (var i = 0; i < years.Length; i++)
        {
            sum += amounts[i] * Math.Exp(-years[i] * log);
        }

        return sum;
    }
}
