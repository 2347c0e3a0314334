using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;
using NodaTime;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>Values variants of one contract on one grid, and keeps what two variants in a row have in common.</summary>
/// <param name="grid">The months that are valued.</param>
/// <param name="settledBefore">Deliveries and payments before this day do not count.</param>
internal sealed class CaseBook(DeliveryGrid grid, LocalDate settledBefore)
{
    private const int MinutesOfHour = 60;

    private Kept<ForwardTable> _forwards;
    private Kept<double[]> _hub;
    private Kept<double[]> _volumes;
    private Kept<double[]> _points;
    private Kept<double[]> _intervalPrices;
    private Kept<double[]> _intervalVolumes;

    public DeliveryGrid Grid => grid;

    /// <summary>Day whose exchange rates count; null: the view's valuation date.</summary>
    public LocalDate? FxDate { get; init; }

    /// <summary>The book of a contract from the valuation date of a view, or from a later day, on.</summary>
    /// <exception cref="ValuationRefusedException">The contract is over by then.</exception>
    public static CaseBook Of(PpaContract contract, MarketView view, LocalDate? from = null)
    {
        var settledBefore = from ?? view.ValuationDate;
        if (settledBefore > contract.End)
        {
            throw new ValuationRefusedException(
                $"expected a valuation date up to the last day of delivery, {contract.End:uuuu-MM-dd}, found {settledBefore:uuuu-MM-dd}");
        }

        var grid = DeliveryGrid.Of(contract.Market, LocalDate.Max(contract.Start, settledBefore), contract.End);
        return new CaseBook(grid, settledBefore) { FxDate = from is null ? null : view.ValuationDate };
    }

    /// <summary>A contract in a view of the market.</summary>
    /// <param name="hub">Prices of the hub's hours in place of those of the view; null: the view's.</param>
    public PpaCase Of(PpaContract contract, MarketView view, double[]? hub = null)
    {
        var plan = PlanOf(contract, view, hub);
        var months = Settlement.Months(plan, plan.ForwardPrice, plan.ExpectedVolume);
        return new PpaCase(plan, months, PpaCashflows.UpfrontOf(plan, view, settledBefore));
    }

    public SettlementPlan PlanOf(PpaContract contract, MarketView view, double[]? hub = null)
    {
        var forwards = ForwardsOf(contract, view);
        hub ??= HubOf(contract, view);
        var volumes = VolumesOf(contract, view);
        var basis = PointPrices.BasisOf(grid, contract.Point.Basis, view, []);
        var tilt = contract.Volume.IsProduced ? view.Cannibalisation : null;
        var points = _points.Get(
            new Key(hub, volumes, tilt, contract.Point.Basis, view.Basis),
            () => PointPrices.Of(grid, hub, volumes, tilt, forwards.HasBlocks, basis));
        var perHour = MinutesOfHour / contract.SettlementMinutes;
        var prices = _intervalPrices.Get(
            new Key(points), () => PlanBuilder.IntervalsOf(grid, points, perHour, 1));
        var quantities = _intervalVolumes.Get(
            new Key(volumes), () => PlanBuilder.IntervalsOf(grid, volumes, perHour, 1.0 / perHour));
        return PlanBuilder.Build(contract, view, grid, settledBefore, prices, quantities, basis);
    }

    /// <summary>Forward prices of the grid's months.</summary>
    public ForwardTable ForwardsOf(PpaContract contract, MarketView view) => _forwards.Get(
        new Key(view.Forwards, view.Beyond, view.Rates),
        () => ForwardTable.Of(grid, view, contract.Currency, FxDate ?? view.ValuationDate));

    /// <summary>Prices of the hub's hours.</summary>
    public double[] HubOf(PpaContract contract, MarketView view)
    {
        var forwards = ForwardsOf(contract, view);
        return _hub.Get(new Key(forwards, view.Shape), () => HubPrices.Of(grid, forwards, view.Shape));
    }

    private double[] VolumesOf(PpaContract contract, MarketView view) => _volumes.Get(
        new Key(contract.Volume, view.Generation), () => HourlyVolumes.Of(grid, contract, view));

    /// <summary>What something was made of, by identity.</summary>
    private readonly record struct Key(object? A, object? B = null, object? C = null, object? D = null, object? E = null)
    {
        public bool IsSame(Key other) => ReferenceEquals(A, other.A) && ReferenceEquals(B, other.B) && ReferenceEquals(C, other.C)
            && ReferenceEquals(D, other.D) && ReferenceEquals(E, other.E);
    }

    /// <summary>The last result and what it was made of.</summary>
    private struct Kept<T>
        where T : class
    {
        private Key _key;
        private T? _value;

        public T Get(Key key, Func<T> make)
        {
            if (_value is null || !_key.IsSame(key))
            {
                _value = make();
                _key = key;
            }

            return _value;
        }
    }
}

/// <summary>A variant that was valued.</summary>
/// <param name="Plan">Its intervals.</param>
/// <param name="Months">What they come to.</param>
/// <param name="Upfront">What is paid once.</param>
internal sealed record PpaCase(SettlementPlan Plan, SettledMonth[] Months, PpaUpfront? Upfront)
{
    /// <summary>Net present value as it is shown: the sum of rounded amounts.</summary>
    public decimal Value { get; } = PpaCashflows.ValueOf(Plan, Months, Upfront);
}
