namespace Aurum.Curves.Ppa.Terms;

/// <summary>What a contract says of intervals in which the market price is low.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Below">A price is low when it is below this one, per MWh. A floor at zero has no use for it.</param>
/// <param name="Hours">Hours in a row from which on prices count as low, the first of them included.</param>
/// <param name="CompensationPercent">Part of the contract price that the buyer pays for energy that was curtailed.</param>
public sealed record NegativePriceClause(NegativePriceKind Kind, double Below, int Hours, double CompensationPercent)
{
    /// <summary>Low prices are settled like others.</summary>
    public static readonly NegativePriceClause None = new(NegativePriceKind.None, 0, 0, 0);
}

/// <summary>A clause about low prices.</summary>
public enum NegativePriceKind
{
    None,

    /// <summary>The contract takes a market price below zero as zero: the seller bears what is below.</summary>
    FloorZero,

    /// <summary>The contract price is not paid: a financial contract settles nothing, a physical one still delivers.</summary>
    NoPayBelow,

    /// <summary>As <see cref="NoPayBelow"/>, but only in runs of so many hours, and then from the first of them on.</summary>
    Consecutive,

    /// <summary>Nothing is delivered; the buyer pays a part of the contract price, or nothing, for what would have been.</summary>
    Curtail,
}
