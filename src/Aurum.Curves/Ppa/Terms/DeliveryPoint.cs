using NodaTime;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>Where a contract is settled: the curve's hub, or a node at a basis to it.</summary>
/// <param name="Kind">Hub or node.</param>
/// <param name="Name">As the market calls it.</param>
/// <param name="Basis">Price of the node less that of the hub; <see cref="Terms.Basis.None"/> at a hub.</param>
public sealed record DeliveryPoint(PointKind Kind, string Name, Basis Basis);

/// <summary>A kind of place.</summary>
public enum PointKind
{
    Hub,
    Node,
}

/// <summary>Price of a node less that of its hub, per MWh.</summary>
/// <param name="Kind">How it is given.</param>
/// <param name="Amount">Of every month, where it is fixed.</param>
/// <param name="ByMonth">Twelve amounts, January first, where it goes by calendar month.</param>
/// <param name="Months">Amounts of single months, in order, where it is a curve; empty: the view of the market gives them.</param>
public sealed record Basis(BasisKind Kind, double Amount, IReadOnlyList<double> ByMonth, IReadOnlyList<MonthAmount> Months)
{
    /// <summary>No difference.</summary>
    public static readonly Basis None = new(BasisKind.Fixed, 0, [], []);

    /// <summary>Whether it is nothing at all.</summary>
    public bool IsNone => Kind == BasisKind.Fixed && Amount == 0;
}

/// <summary>How a basis is given.</summary>
public enum BasisKind
{
    Fixed,
    ByMonth,
    Curve,
}

/// <summary>An amount of a month.</summary>
public readonly record struct MonthAmount(YearMonth Month, double Amount);
