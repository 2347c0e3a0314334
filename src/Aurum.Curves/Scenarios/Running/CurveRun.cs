using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Bands;
using Aurum.Market.Curves;

namespace Aurum.Curves.Scenarios.Running;

/// <summary>Moves one curve: prices after every driver, the ensemble's where there is one, and what is printed of them.</summary>
internal sealed class CurveRun
{
    private readonly CurveView _view;
    private readonly RunPlan _plan;
    private readonly bool[] _acts;
    private readonly int _steps;

    /// <summary>Drivers before the first one with chance: they act once, not on every path.</summary>
    private readonly int _certain;

    /// <summary>Price of each month before the first driver and after each, means over the paths; month by month.</summary>
    private readonly double[] _prices;

    /// <summary>The same in millionths.</summary>
    private readonly long[] _micros;

    /// <summary>Price of each month and path; null without an ensemble.</summary>
    private readonly double[][]? _paths;

    public CurveRun(CurveView view, RunPlan plan)
    {
        (_view, _plan) = (view, plan);
        _steps = plan.Drivers.Length + 1;
        _acts = Array.ConvertAll(plan.Drivers, d => d.ActsOn(view));
        _certain = Array.FindIndex(plan.Drivers, static d => d.HasChance) is >= 0 and var first ? first : plan.Drivers.Length;
        _prices = new double[view.Months.Length * _steps];
        _micros = new long[_prices.Length];
        _paths = plan.Paths > 0 && plan.Drivers.Where((d, i) => _acts[i] && d.HasChance).Any() ? new double[view.Months.Length][] : null;
    }

    public CurveScenario Run(string[] components, CancellationToken cancel)
    {
        var threads = new ParallelOptions { MaxDegreeOfParallelism = _view.Inputs.Threads, CancellationToken = cancel };
        if (_paths is null || _view.Inputs.Threads == 1)
        {
            for (var month = 0; month < _view.Months.Length; month++)
            {
                cancel.ThrowIfCancellationRequested();
                RunMonth(month);
            }
        }
        else
        {
            RunMonths(threads);
        }

        var points = new ScenarioPoints(_view, components, _micros, _paths, FinalPrices());
        return new CurveScenario(_view.Curve, points.Months(), points.Strips(threads), [.. _view.Notes.Concat(OwnNotes())]);
    }

    /// <summary>The first month that is refused speaks for all, whichever thread was first.</summary>
    private void RunMonths(ParallelOptions threads)
    {
        var refusals = new DocumentException?[_view.Months.Length];
        Parallel.For(0, refusals.Length, threads, month =>
        {
            try
            {
                RunMonth(month);
            }
            catch (DocumentException refusal)
            {
                refusals[month] = refusal;
            }
        });
        if (Array.Find(refusals, static r => r is not null) is { } first)
        {
            throw first;
        }
    }

    private double[] FinalPrices()
    {
        var final = new double[_view.Months.Length];
        for (var month = 0; month < final.Length; month++)
        {
            final[month] = _prices[(month * _steps) + _steps - 1];
        }

        return final;
    }

    private IEnumerable<string> OwnNotes()
    {
        if (DriverScope.IsSpread(_view.Curve) && _acts.Contains(false))
        {
            yield return "a spread moves by both of its legs: drivers act on it only where their scope names it";
        }

        for (var i = 0; i < _acts.Length; i++)
        {
            if (!_acts[i])
            {
                yield return $"{_plan.Drivers[i].Name} does not act on this curve: its scope is {_plan.Drivers[i].Scope}";
            }
        }

        if (BandWidths.LevelOf(FinalPrices()) > 0)
        {
            yield return "a price is not above zero: the band is normal, its volatility is of the mean of absolute prices";
        }
    }

    private void RunMonth(int month)
    {
        Span<double> deltas = stackalloc double[_plan.Drivers.Length];
        var prices = _prices.AsSpan(month * _steps, _steps);
        if (_paths is null)
        {
            prices[0] = _view.Prices[month];
            RunDrivers(month, 0, 0, deltas, prices);
        }
        else
        {
            RunPaths(month, deltas, prices);
        }

        for (var step = 0; step < _steps; step++)
        {
            _micros[(month * _steps) + step] = Micros.Of(prices[step]);
        }
    }

    /// <summary>Sums in the order of paths, so that threads do not matter.</summary>
    private void RunPaths(int month, Span<double> deltas, Span<double> means)
    {
        var paths = new double[_plan.Paths];
        Span<double> prices = stackalloc double[_steps];
        prices[0] = _view.Prices[month];
        RunDrivers(month, 0, 0, deltas[.._certain], prices[..(_certain + 1)]);
        prices[..(_certain + 1)].CopyTo(means);
        for (var path = 0; path < paths.Length; path++)
        {
            RunDrivers(month, path, _certain, deltas, prices);
            paths[path] = prices[^1];
            for (var step = _certain + 1; step < _steps; step++)
            {
                means[step] += prices[step];
            }
        }

        for (var step = _certain + 1; step < _steps; step++)
        {
            means[step] /= paths.Length;
        }

        _paths![month] = paths;
    }

    /// <summary>Lets drivers act from one on, as many as there are deltas for; the price before it is there.</summary>
    private void RunDrivers(int month, int path, int from, Span<double> deltas, Span<double> prices)
    {
        var price = prices[from];
        for (var i = from; i < deltas.Length; i++)
        {
            deltas[i] = 0;
            if (_acts[i])
            {
                var at = new DeliveryState
                {
                    View = _view, Index = month, Price = price, Deltas = deltas[..i], Plan = _plan, Path = path,
                };
                deltas[i] = _plan.Drivers[i].EffectWhereCovered(at);
            }

            price += deltas[i];
            if (!(Math.Abs(price) <= Micros.MaxPrice))
            {
                throw NoPrice(month, i, price);
            }

            prices[i + 1] = price;
        }
    }

    private DocumentException NoPrice(int month, int driver, double price) => new(
    [
        new DocumentError(
            _plan.Drivers[driver].Path,
            FormattableString.Invariant($"a price of at most {Micros.MaxPrice:0} either way after {_plan.Drivers[driver].Name}"),
            FormattableString.Invariant($"{price} in {Tenor.OfMonth(_view.Months[month]).Label} of {_view.Curve.Name}")),
    ]);
}
