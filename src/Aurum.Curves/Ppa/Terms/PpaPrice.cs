using NodaTime;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>What is paid for a MWh, in the contract's currency.</summary>
/// <remarks>Whatever the kind, the price of an interval is
/// <c>clamp(fixed + factor x S + upside x max(S - strike, 0) - downside x max(strike - S, 0), floor, cap)</c> with S the market price of
/// the interval at the settlement point.</remarks>
public sealed record PpaPrice
{
    public required PriceKind Kind { get; init; }

    /// <summary>The price of a fixed one and of one with an escalator, the strike of a shared one.</summary>
    public double Price { get; init; }

    /// <summary>How prices, adders, floors and caps grow; null where they do not.</summary>
    public Escalator? Escalator { get; init; }

    /// <summary>The prices of a stepped one, in order of their days; the first is not after the contract's start.</summary>
    public IReadOnlyList<PriceStep> Steps { get; init; } = [];

    /// <summary>Part of the index that is paid.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>What is added to the index, per MWh.</summary>
    public double Adder { get; init; }

    /// <summary>What the index is.</summary>
    public IndexReference Reference { get; init; } = IndexReference.SettlementPoint;

    /// <summary>Values of an index that is given, in order of their days; the first is not after the contract's start.</summary>
    public IReadOnlyList<PriceStep> IndexValues { get; init; } = [];

    /// <summary>Least that is paid; null where there is no floor.</summary>
    public double? Floor { get; init; }

    /// <summary>Most that is paid; null where there is no cap.</summary>
    public double? Cap { get; init; }

    /// <summary>Part of what the market is above the strike that the seller keeps, percent.</summary>
    public double UpsidePercent { get; init; }

    /// <summary>Part of what the market is below the strike that the buyer saves, percent.</summary>
    public double DownsidePercent { get; init; }
}

/// <summary>A kind of price.</summary>
public enum PriceKind
{
    Fixed,
    Escalator,
    Stepped,
    Index,

    /// <summary>An index with a least price.</summary>
    Floor,

    /// <summary>An index with a highest price.</summary>
    Cap,

    /// <summary>An index with both.</summary>
    Collar,

    /// <summary>A strike around which the sides share what the market is above and below.</summary>
    Share,
}

/// <summary>What an indexed price follows.</summary>
public enum IndexReference
{
    /// <summary>The market price of the interval where the contract is settled.</summary>
    SettlementPoint,

    /// <summary>The market price of the interval at the hub, before the basis.</summary>
    Hub,

    /// <summary>Values that the contract gives.</summary>
    Given,
}

/// <summary>Growth of a price.</summary>
/// <param name="PercentPerYear">Compound; below zero it falls.</param>
/// <param name="Step">When a year is over.</param>
public sealed record Escalator(double PercentPerYear, EscalatorStep Step);

/// <summary>When an escalator steps.</summary>
public enum EscalatorStep
{
    /// <summary>On the anniversaries of the first day of delivery (29 February: 28 February in other years).</summary>
    Anniversary,

    /// <summary>On each 1 January after the first day of delivery.</summary>
    CalendarYear,
}

/// <summary>A value from a day on.</summary>
public readonly record struct PriceStep(LocalDate From, double Value);
