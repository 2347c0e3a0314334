using Aurum.Curves.Building.Strips;
using Aurum.Curves.Scenarios.Bands;
using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Curves.Scenarios.Running;

/// <summary>Makes the months and strips of a result of a curve's prices.</summary>
/// <param name="view">The curve.</param>
/// <param name="components">Names of the drivers.</param>
/// <param name="micros">Month by month: price before the first driver and after each, in millionths.</param>
/// <param name="paths">Price of each month and path; null without an ensemble.</param>
/// <param name="prices">Price of each month after all drivers.</param>
internal sealed class ScenarioPoints(CurveView view, string[] components, long[] micros, double[][]? paths, double[] prices)
{
    private readonly int _steps = components.Length + 1;
    private readonly BandWidths _widths = new(view.Inputs.Bands, view.Curve.AsOf, view.Months);
    private readonly double _level = BandWidths.LevelOf(prices);

    public ScenarioPoint[] Months()
    {
        var points = new ScenarioPoint[view.Months.Length];
        Span<int> place = stackalloc int[1];
        for (var month = 0; month < points.Length; month++)
        {
            place[0] = month;
            var steps = micros.AsSpan(month * _steps, _steps);
            points[month] = PointOf(Tenor.OfMonth(view.Months[month]), place, steps, paths?[month], missing: 0);
        }

        return points;
    }

    public ScenarioPoint[] Strips(ParallelOptions threads)
    {
        var places = new Dictionary<YearMonth, int>(view.Months.Length);
        for (var month = 0; month < view.Months.Length; month++)
        {
            places[view.Months[month]] = month;
        }

        var strips = view.Curve.Strips.Where(s => StripTenors.MonthsOf(s).Any(places.ContainsKey)).ToArray();
        var points = new ScenarioPoint[strips.Length];
        if (paths is null || threads.MaxDegreeOfParallelism == 1)
        {
            for (var i = 0; i < points.Length; i++)
            {
                points[i] = StripOf(strips[i], places);
            }
        }
        else
        {
            Parallel.For(0, points.Length, threads, i => points[i] = StripOf(strips[i], places));
        }

        return points;
    }

    private ScenarioPoint StripOf(Tenor strip, Dictionary<YearMonth, int> places)
    {
        int[] months = [.. StripTenors.MonthsOf(strip).Where(places.ContainsKey).Select(m => places[m])];
        var hours = HoursOf(months);
        var steps = new long[_steps];
        var ofMonths = new long[months.Length];
        for (var step = 0; step < _steps; step++)
        {
            for (var i = 0; i < months.Length; i++)
            {
                ofMonths[i] = micros[(months[i] * _steps) + step];
            }

            steps[step] = Micros.Mean(ofMonths, hours);
        }

        return PointOf(strip, months, steps, paths is null ? null : PathsOf(months, hours), strip.Months - months.Length);
    }

    private double[] PathsOf(int[] months, int[] hours)
    {
        var all = new double[paths![months[0]].Length];
        var total = (double)hours.Sum();
        for (var i = 0; i < months.Length; i++)
        {
            var (ofMonth, weight) = (paths[months[i]], hours[i] / total);
            for (var path = 0; path < all.Length; path++)
            {
                all[path] += weight * ofMonth[path];
            }
        }

        return all;
    }

    private int[] HoursOf(ReadOnlySpan<int> months)
    {
        var hours = new int[months.Length];
        for (var i = 0; i < hours.Length; i++)
        {
            hours[i] = view.Curve.Months[months[i]].Hours;
        }

        return hours;
    }

    private ScenarioPoint PointOf(Tenor tenor, ReadOnlySpan<int> months, ReadOnlySpan<long> steps, double[]? ensemble, int missing)
    {
        var hours = HoursOf(months);
        var (lower, upper) = _widths.Of(prices, months, hours, _level);
        EnsembleFigures? figures = null;
        if (ensemble is not null)
        {
            var (low, median, high, error) = EnsembleSpread.Of(ensemble, view.Inputs.Bands.Level);
            figures = new EnsembleFigures(Shown(low), Shown(median), Shown(high), Shown(error));
            var value = (double)Micros.ToDecimal(steps[^1]);
            (lower, upper) = (value - Joined(value - lower, value - low), value + Joined(upper - value, high - value));
        }

        return new ScenarioPoint
        {
            Tenor = tenor,
            Hours = hours.Sum(),
            Base = Micros.ToDecimal(steps[0]),
            Value = Micros.ToDecimal(steps[^1]),
            BandLower = Shown(lower),
            BandUpper = Shown(upper),
            Attribution = PartsOf(steps),
            Ensemble = figures,
            MissingMonths = missing,
        };
    }

    private AttributionPart[] PartsOf(ReadOnlySpan<long> steps)
    {
        var parts = new AttributionPart[components.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = new AttributionPart(components[i], Micros.ToDecimal(steps[i + 1] - steps[i]));
        }

        return parts;
    }

    /// <summary>Two independent widths together.</summary>
    private static double Joined(double market, double chance) =>
        market < 0 || chance <= 0 ? market : Math.Sqrt((market * market) + (chance * chance));

    private static decimal Shown(double price) => Micros.ToDecimal(Micros.Of(price));
}
