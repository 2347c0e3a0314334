using NodaTime;

namespace Aurum.Curves.Scenarios.Running;

/// <summary>Where a driver acts: a month of a curve, the price that the drivers before it have left, and a path of chance.</summary>
internal readonly ref struct DeliveryState
{
    public required CurveView View { get; init; }

    /// <summary>Place of the month in the curve.</summary>
    public required int Index { get; init; }

    /// <summary>Price before the driver acts, in the curve's unit.</summary>
    public required double Price { get; init; }

    /// <summary>What the drivers before it have added, in their order.</summary>
    public required ReadOnlySpan<double> Deltas { get; init; }

    public required RunPlan Plan { get; init; }

    public required int Path { get; init; }

    public ScenarioMonth Delivery => View.Curve.Months[Index];

    public YearMonth Month => View.Months[Index];

    public double BasePrice => View.Prices[Index];

    /// <summary>Share of the month's hours that are on-peak.</summary>
    public double OnPeakShare => View.OnPeakShares[Index];

    /// <summary>The same place with another price.</summary>
    public DeliveryState At(double price) => new()
    {
        View = View, Index = Index, Price = price, Deltas = Deltas, Plan = Plan, Path = Path,
    };
}
