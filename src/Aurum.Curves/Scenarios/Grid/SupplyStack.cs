using Aurum.Curves.Building;

namespace Aurum.Curves.Scenarios.Grid;

/// <summary>What price goes with what residual load: monotone and piecewise linear, fitted to hours of history; with the loads at
/// which a
/// month's on-peak and off-peak hours lie on it.</summary>
/// <remarks>
/// <para>Fit: hours are sorted by residual load and cut into bins of as many hours; the means of the bins are made monotone by
/// pooling
/// adjacent violators (isotonic regression of least squares, weighted by hours), and joined by lines.</para>
/// <para>Loads: ten quantiles for each month of the year and on-peak or off-peak. A change of load is the mean over these of the
/// price
/// after less the price before, so that the bend of the stack counts.</para>
/// <para>Beyond the first and the last bin the stack goes on with the mean slope of its lowest and its highest tenth of load.</para>
/// </remarks>
public sealed class SupplyStack
{
    /// <summary>Fewest hours that a fit takes: four weeks.</summary>
    public const int MinHours = 672;

    private const int Bins = 50;
    private const double EdgeShare = 0.1;

    private readonly double[] _loads;
    private readonly double[] _prices;
    private readonly LoadLevels _levels;
    private readonly double _lowSlope;
    private readonly double _highSlope;

    private SupplyStack(string? region, string source, int hours, double[] loads, double[] prices, LoadLevels levels)
    {
        (Region, Source, Hours) = (region, source, hours);
        (_loads, _prices, _levels) = (loads, prices, levels);
        var width = EdgeShare * (loads[^1] - loads[0]);
        _lowSlope = (Inside(loads[0] + width) - prices[0]) / width;
        _highSlope = (prices[^1] - Inside(loads[^1] - width)) / width;
    }

    /// <summary>ISO, region or location of the curves that it is for; null for all.</summary>
    public string? Region { get; }

    /// <summary>Whose history it is, for people.</summary>
    public string Source { get; }

    /// <summary>Hours that it was fitted to.</summary>
    public int Hours { get; }

    /// <summary>Residual load at its knots, MW, rising.</summary>
    public IReadOnlyList<double> LoadsMw => _loads;

    /// <summary>Price at its knots, never falling.</summary>
    public IReadOnlyList<double> Prices => _prices;

    /// <summary>Share of the variance of prices that it explains, 0 to 1.</summary>
    public double Fitness { get; private set; }

    /// <summary>Fits a stack.</summary>
    /// <param name="hours">At least <see cref="MinHours"/>; hours with a value that is no number are left out.</param>
    /// <param name="region">ISO, region or location of the curves that it is for; null for all.</param>
    /// <param name="source">Whose history it is, for people.</param>
    /// <returns>A refusal where there are too few hours, or all have one load.</returns>
    public static Built<SupplyStack> Fit(IReadOnlyList<StackHour> hours, string? region, string source)
    {
        StackHour[] known = [.. hours.Where(static h => IsKnown(h)).OrderBy(static h => h.ResidualLoadMw).ThenBy(static h => h.Price)];
        if (known.Length < MinHours)
        {
            return Built<SupplyStack>.Refuse(
                RefusalReason.ShortHistory,
                $"expected at least {MinHours} hours with load and price of {source}, found {known.Length}");
        }

        var (loads, prices) = Isotonic.Fit(known, Bins);
        if (loads.Length < 2)
        {
            return Built<SupplyStack>.Refuse(
                RefusalReason.ShortHistory, $"expected hours of different load of {source}, found {known[0].ResidualLoadMw} MW alone");
        }

        var stack = new SupplyStack(region, source, known.Length, loads, prices, LoadLevels.Of(known));
        stack.Fitness = stack.FitnessOn(known);
        return stack;
    }

    /// <summary>Price at a residual load.</summary>
    public double PriceAt(double loadMw) =>
        loadMw < _loads[0] ? _prices[0] - (_lowSlope * (_loads[0] - loadMw))
        : loadMw > _loads[^1] ? _prices[^1] + (_highSlope * (loadMw - _loads[^1]))
        : Inside(loadMw);

    /// <summary>Mean slope over a window about a residual load, price per MW.</summary>
    public double SlopeAt(double loadMw, double windowMw)
    {
        if (windowMw <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(windowMw), windowMw, "expected a window above 0 MW");
        }

        return (PriceAt(loadMw + (windowMw / 2)) - PriceAt(loadMw - (windowMw / 2))) / windowMw;
    }

    /// <summary>What more residual load does to the mean price of a month.</summary>
    /// <param name="month">Month of the year, 1 to 12.</param>
    /// <param name="onPeakShare">Share of the hours that are on-peak, 0 to 1.</param>
    /// <param name="megawatts">More load, MW; less supply is more load.</param>
    public double ChangeOfMegawatts(int month, double onPeakShare, double megawatts) =>
        Mean(month, onPeakShare, static (stack, load, _, mw) => stack.PriceAt(load + mw) - stack.PriceAt(load), megawatts);

    /// <summary>What load that grows by a share of itself does to the mean price of a month; wind and sun stay as they are.</summary>
    /// <param name="share">0.02 for 2 % more load.</param>
    public double ChangeOfShare(int month, double onPeakShare, double share) =>
        Mean(month, onPeakShare, static (stack, load, total, x) => stack.PriceAt(load + (total * x)) - stack.PriceAt(load), share);

    /// <summary>For people.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"supply stack of {Source}{(Region is null ? "" : $" for {Region}")}: {Hours} hours, ")
        + FormattableString.Invariant($"{_loads[0]:0} to {_loads[^1]:0} MW of residual load, ")
        + FormattableString.Invariant($"{_prices[0]:0.##} to {_prices[^1]:0.##} per MWh, ")
        + FormattableString.Invariant($"explains {100 * Fitness:0} % of the variance of prices; ")
        + "each driver moves along it from the measured load; it is as it was in its hours, whatever fuel has cost since";

    private static bool IsKnown(StackHour hour) =>
        double.IsFinite(hour.ResidualLoadMw) && double.IsFinite(hour.LoadMw) && double.IsFinite(hour.Price)
        && hour.Month is >= 1 and <= 12;

    private double Inside(double loadMw)
    {
        var place = Array.BinarySearch(_loads, loadMw);
        if (place >= 0)
        {
            return _prices[place];
        }

        var after = Math.Clamp(~place, 1, _loads.Length - 1);
        var share = (loadMw - _loads[after - 1]) / (_loads[after] - _loads[after - 1]);
        return _prices[after - 1] + (share * (_prices[after] - _prices[after - 1]));
    }

    private double Mean(int month, double onPeakShare, Func<SupplyStack, double, double, double, double> change, double by)
    {
        var sum = 0.0;
        if (onPeakShare > 0)
        {
            sum += onPeakShare * MeanOf(_levels.Of(month, isOnPeak: true), change, by);
        }

        if (onPeakShare < 1)
        {
            sum += (1 - onPeakShare) * MeanOf(_levels.Of(month, isOnPeak: false), change, by);
        }

        return sum;
    }

    private double MeanOf(LoadLevel level, Func<SupplyStack, double, double, double, double> change, double by)
    {
        var sum = 0.0;
        foreach (var load in level.ResidualMw)
        {
            sum += change(this, load, level.MeanLoadMw, by);
        }

        return sum / level.ResidualMw.Length;
    }

    private double FitnessOn(StackHour[] hours)
    {
        var mean = hours.Average(static h => h.Price);
        var spread = hours.Sum(h => (h.Price - mean) * (h.Price - mean));
        return spread == 0 ? 1 : 1 - (hours.Sum(h => Math.Pow(h.Price - PriceAt(h.ResidualLoadMw), 2)) / spread);
    }
}
