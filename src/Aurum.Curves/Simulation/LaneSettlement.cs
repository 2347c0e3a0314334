using System.Runtime.Intrinsics;
using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;

namespace Aurum.Curves.Simulation;

/// <summary>Settles eight paths at once, a stretch at a time: what <see cref="Settlement"/> defines, without looking back.</summary>
/// <remarks>A run of low prices is known as one only once it is long enough. Until then each of its intervals is settled as any other, and
/// what a run would change is held by path; it is put on where the run becomes long enough, and forgotten where it ends before.</remarks>
internal sealed class LaneSettlement
{
    private readonly SettlementPlan _plan;
    private readonly LaneBuffer _net;
    private readonly LaneBuffer _delivered;
    private readonly LaneBuffer _market;
    private readonly LaneBuffer _held;
    private readonly LaneBuffer _forward;

    private Vector512<double> _run;
    private int _heldSince;

    public LaneSettlement(SettlementPlan plan)
    {
        _plan = plan;
        _net = new LaneBuffer(plan.Months.Length);
        _delivered = new LaneBuffer(plan.Months.Length);
        _market = new LaneBuffer(plan.Months.Length);
        _held = new LaneBuffer(plan.Months.Length);
        _forward = new LaneBuffer(plan.Months.Length);
    }

    /// <summary>By month: market value of the expected volume, which has a mean that is known.</summary>
    public Span<Vector512<double>> Forward => _forward.Span;

    /// <summary>Memory that one takes.</summary>
    public static long BytesOf(SettlementPlan plan) => 5L * plan.Months.Length * CounterRandom.Lanes * sizeof(double);

    public void Begin()
    {
        _net.Span.Clear();
        _delivered.Span.Clear();
        _market.Span.Clear();
        _held.Span.Clear();
        _forward.Span.Clear();
        _run = Vector512<double>.Zero;
        _heldSince = 0;
    }

    /// <summary>Settles a stretch.</summary>
    /// <param name="prices">Market price at the settlement point of each interval, per MWh.</param>
    /// <param name="volumes">What would be delivered, MWh.</param>
    public void Add(in Stretch stretch, ReadOnlySpan<Vector512<double>> prices, ReadOnlySpan<Vector512<double>> volumes)
    {
        var term = new LaneTerm(_plan.Terms[stretch.Term]);
        var month = _plan.Terms[stretch.Term].Month;
        prices = prices[..stretch.Count];
        volumes = volumes[..stretch.Count];
        switch (_plan.Clause.Kind)
        {
            case NegativePriceKind.None:
                AddPlain(term, month, prices, volumes, double.NegativeInfinity);
                break;
            case NegativePriceKind.FloorZero:
                AddPlain(term, month, prices, volumes, 0);
                break;
            case NegativePriceKind.NoPayBelow or NegativePriceKind.Curtail:
                AddBelow(term, month, prices, volumes);
                break;
            case NegativePriceKind.Consecutive:
                AddRuns(term, month, prices, volumes);
                break;
            default:
                throw new InvalidOperationException($"no kernel for the clause {_plan.Clause.Kind}");
        }

        AddForward(month, _plan.ExpectedVolume.AsSpan(stretch.First, stretch.Count), prices);
    }

    /// <summary>Money of our side by month, undiscounted, with band, fees and charges.</summary>
    public void Finish(Span<Vector512<double>> netByMonth)
    {
        var net = _net.Span;
        var delivered = _delivered.Span;
        var sign = Vector512.Create(_plan.Sign);
        for (var month = 0; month < netByMonth.Length; month++)
        {
            var fees = (delivered[month] * Vector512.Create(_plan.FeePerMwh)) + Vector512.Create(_plan.Months[month].FixedCost);
            netByMonth[month] = (sign * net[month]) - fees;
        }

        if (_plan.Contract.Volume.Band is not { } band)
        {
            return;
        }

        foreach (ref readonly var year in _plan.Years.AsSpan())
        {
            netByMonth[year.FirstMonth + year.MonthCount - 1] += sign * BandOf(band, year);
        }
    }

    private Vector512<double> BandOf(VolumeBand band, in PlanYear year)
    {
        var (net, delivered, market) = (Sum(_net, year), Sum(_delivered, year), Sum(_market, year));
        Span<double> values = stackalloc double[CounterRandom.Lanes];
        for (var lane = 0; lane < values.Length; lane++)
        {
            values[lane] = Settlement.BuyerBand(band, year, delivered[lane], net[lane], market[lane]);
        }

        return Vector512.Create<double>(values);
    }

    private static Vector512<double> Sum(LaneBuffer buffer, in PlanYear year)
    {
        var sum = Vector512<double>.Zero;
        foreach (var month in buffer.Span.Slice(year.FirstMonth, year.MonthCount))
        {
            sum += month;
        }

        return sum;
    }

    private void AddForward(int month, ReadOnlySpan<double> expected, ReadOnlySpan<Vector512<double>> prices)
    {
        var sum = _forward.Span[month];
        for (var i = 0; i < prices.Length; i++)
        {
            sum = Vector512.FusedMultiplyAdd(prices[i], Vector512.Create(expected[i]), sum);
        }

        _forward.Span[month] = sum;
    }

    private void AddPlain(
        in LaneTerm term, int month, ReadOnlySpan<Vector512<double>> prices, ReadOnlySpan<Vector512<double>> volumes, double least)
    {
        var (net, delivered, market) = (_net.Span[month], _delivered.Span[month], _market.Span[month]);
        var bound = Vector512.Create(least);
        for (var i = 0; i < prices.Length; i++)
        {
            var (price, volume) = (prices[i], volumes[i]);
            var settled = LaneMath.Max(price, bound);
            net += (settled - term.PriceAt(settled)) * volume;
            delivered += volume;
            market += price * volume;
        }

        (_net.Span[month], _delivered.Span[month], _market.Span[month]) = (net, delivered, market);
    }

    private void AddBelow(
        in LaneTerm term, int month, ReadOnlySpan<Vector512<double>> prices, ReadOnlySpan<Vector512<double>> volumes)
    {
        var (net, delivered, market) = (_net.Span[month], _delivered.Span[month], _market.Span[month]);
        var below = Vector512.Create(_plan.Clause.Below);
        var isCurtailed = _plan.Clause.Kind == NegativePriceKind.Curtail;
        var compensation = Vector512.Create(-_plan.Clause.Compensation);
        var taken = Vector512.Create(_plan.IsPhysical ? 1.0 : 0.0);
        for (var i = 0; i < prices.Length; i++)
        {
            var (price, volume) = (prices[i], volumes[i]);
            var isLow = Vector512.LessThan(price, below);
            var paid = term.PriceAt(price);
            var low = isCurtailed ? compensation * LaneMath.Max(paid, Vector512<double>.Zero) : price * taken;
            net += Vector512.ConditionalSelect(isLow, low, price - paid) * volume;
            var flowing = isCurtailed ? volume & ~isLow : volume;
            delivered += flowing;
            market += price * flowing;
        }

        (_net.Span[month], _delivered.Span[month], _market.Span[month]) = (net, delivered, market);
    }

    private void AddRuns(
        in LaneTerm term, int month, ReadOnlySpan<Vector512<double>> prices, ReadOnlySpan<Vector512<double>> volumes)
    {
        var (net, delivered, market, held, run) = (_net.Span[month], _delivered.Span[month], _market.Span[month], _held.Span[month], _run);
        var below = Vector512.Create(_plan.Clause.Below);
        var longEnough = Vector512.Create((double)_plan.Clause.RunIntervals);
        var taken = Vector512.Create(_plan.IsPhysical ? 1.0 : 0.0);
        for (var i = 0; i < prices.Length; i++)
        {
            var (price, volume) = (prices[i], volumes[i]);
            var isLow = Vector512.LessThan(price, below);
            var value = (price - term.PriceAt(price)) * volume;
            run = (run + Vector512<double>.One) & isLow;
            held = (held + ((price * taken * volume) - value)) & isLow;
            if (_heldSince < month)
            {
                SettleHeld(month, isLow, Vector512.GreaterThanOrEqual(run, longEnough));
            }

            var isRun = Vector512.GreaterThanOrEqual(run, longEnough);
            net += value + (held & isRun);
            held = held & ~isRun;
            delivered += volume;
            market += price * volume;
        }

        (_net.Span[month], _delivered.Span[month], _market.Span[month], _held.Span[month]) = (net, delivered, market, held);
        _run = run;
    }

    /// <summary>Puts on what runs that are long enough now change in the months before, and forgets it where a run is over.</summary>
    private void SettleHeld(int month, Vector512<double> isLow, Vector512<double> isRun)
    {
        var net = _net.Span;
        var held = _held.Span;
        var rest = Vector512<double>.Zero;
        for (var before = _heldSince; before < month; before++)
        {
            net[before] += held[before] & isRun;
            held[before] = held[before] & ~isRun & isLow;
            rest |= held[before];
        }

        if (rest == Vector512<double>.Zero)
        {
            _heldSince = month;
        }
    }
}
