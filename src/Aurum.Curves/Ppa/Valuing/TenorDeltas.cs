using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;
using NodaTime.Text;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>What 1 more per MWh of a month's forward price adds to a value. Only the months that it can touch are settled anew.</summary>
internal sealed class TenorDeltas
{
    private readonly SettlementPlan _plan;
    private readonly SettledMonth[] _months;
    private readonly DeliveryGrid _grid;
    private readonly double[] _bumped;
    private readonly double[] _prices;
    private readonly bool[] _isLow;

    private TenorDeltas(PpaCase now, DeliveryGrid grid, double[] bumped)
    {
        _plan = now.Plan;
        _months = now.Months;
        _grid = grid;
        _bumped = bumped;
        _prices = (double[])now.Plan.ForwardPrice.Clone();
        _isLow = now.Plan.Clause.Kind == NegativePriceKind.Consecutive ? new bool[_prices.Length] : [];
    }

    /// <param name="now">The contract as it is.</param>
    /// <param name="bumped">Prices of its intervals with every forward price 1 higher.</param>
    public static IReadOnlyList<TenorDelta> Of(PpaCase now, DeliveryGrid grid, double[] bumped)
    {
        var deltas = new TenorDeltas(now, grid, bumped);
        var months = new List<TenorDelta>(now.Months.Length);
        for (var m = 0; m < now.Months.Length; m++)
        {
            var month = now.Plan.Months[m].Month;
            months.Add(new TenorDelta("month", YearMonthPattern.Iso.Format(month), month, PpaCashflows.Money(deltas.Of(m))));
        }

        return
        [
            .. months,
            .. months.GroupBy(static d => (d.First.Year, Quarter: ((d.First.Month - 1) / 3) + 1))
                .Select(static q => new TenorDelta(
                    "quarter", $"Q{q.Key.Quarter} {q.Key.Year}", q.First().First, q.Sum(static d => d.Value))),
            .. months.GroupBy(static d => d.First.Year)
                .Select(static y => new TenorDelta(
                    "year", FormattableString.Invariant($"{y.Key}"), y.First().First, y.Sum(static d => d.Value))),
        ];
    }

    private double Of(int month)
    {
        var (first, count) = (_plan.Months[month].First, _plan.Months[month].Count);
        _bumped.AsSpan(first, count).CopyTo(_prices.AsSpan(first, count));

        // A run of low prices goes over the ends of months: those beside are settled again.
        var reach = _isLow.Length > 0 ? 1 : 0;
        var (from, to) = (Math.Max(month - reach, 0), Math.Min(month + reach, _months.Length - 1));
        MarkLow(from, to);
        var settled = new SettledMonth[to - from + 1];
        for (var m = from; m <= to; m++)
        {
            settled[m - from] = Settlement.Month(_plan, m, _prices, _plan.ExpectedVolume, _isLow);
        }

        _plan.ForwardPrice.AsSpan(first, count).CopyTo(_prices.AsSpan(first, count));
        return Difference(from, settled) + CreditDifference(month, settled[month - from]);
    }

    private void MarkLow(int from, int to)
    {
        if (_isLow.Length == 0)
        {
            return;
        }

        var (start, end) = (_plan.Months[from].First, _plan.Months[to].First + _plan.Months[to].Count);
        while (start > 0 && _prices[start - 1] < _plan.Clause.Below)
        {
            start--;
        }

        while (end < _prices.Length && _prices[end] < _plan.Clause.Below)
        {
            end++;
        }

        Settlement.MarkRuns(_plan.Clause, _prices.AsSpan(start..end), _isLow.AsSpan(start..end));
    }

    private double Difference(int from, SettledMonth[] settled)
    {
        var sum = 0.0;
        for (var i = 0; i < settled.Length; i++)
        {
            var before = _months[from + i] with { BuyerBand = 0 };
            sum += (settled[i].Net - before.Net) * _plan.Months[from + i].Discount;
        }

        return _plan.Contract.Volume.Band is { } band ? sum + BandDifference(band, from, settled) : sum;
    }

    private double BandDifference(VolumeBand band, int from, SettledMonth[] settled)
    {
        var sum = 0.0;
        var (firstYear, lastYear) = (_plan.Months[from].Year, _plan.Months[from + settled.Length - 1].Year);
        for (var y = firstYear; y <= lastYear; y++)
        {
            var year = _plan.Years[y];
            var (delivered, net, market) = (0.0, 0.0, 0.0);
            for (var m = year.FirstMonth; m < year.FirstMonth + year.MonthCount; m++)
            {
                var month = m >= from && m < from + settled.Length ? settled[m - from] : _months[m];
                delivered += month.Delivered;
                net += month.BuyerNet;
                market += month.MarketOfDelivered;
            }

            var last = year.FirstMonth + year.MonthCount - 1;
            var change = Settlement.BuyerBand(band, year, delivered, net, market) - _months[last].BuyerBand;
            sum += _plan.Sign * change * _plan.Months[last].Discount;
        }

        return sum;
    }

    /// <summary>A month that pays more is secured in every month up to it.</summary>
    private double CreditDifference(int month, in SettledMonth settled)
    {
        var change = Math.Abs(settled.Payment) - Math.Abs(_months[month].Payment);
        if (_plan.Contract.CreditPercentPerYear == 0 || change == 0)
        {
            return 0;
        }

        var charged = 0.0;
        for (var m = 0; m <= month; m++)
        {
            charged += CreditCharges.ShareOf(_plan, _grid, m) * _plan.Months[m].Discount;
        }

        return -CreditCharges.RateOf(_plan) * change * charged;
    }
}
