using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>A power purchase agreement as data: everything that its value hangs on but the market.</summary>
/// <remarks>Amounts are in <see cref="Currency"/>, prices per MWh, days are local days of <see cref="Market"/>. The document form and its
/// defaults are in docs/ppa.md; <see cref="PpaContractReader"/> reads it.</remarks>
public sealed record PpaContract
{
    public required string Name { get; init; }

    /// <summary>Which side we are on: the buyer of the energy, or its seller.</summary>
    public required PpaSide Side { get; init; }

    public required string Counterparty { get; init; }

    public required PpaTechnology Technology { get; init; }

    /// <summary>First day of delivery.</summary>
    public required LocalDate Start { get; init; }

    /// <summary>Last day of delivery.</summary>
    public required LocalDate End { get; init; }

    /// <summary>The market's clock, peak hours and holidays.</summary>
    public required PeakCalendar Market { get; init; }

    /// <summary>ISO 4217 code of every amount of the contract.</summary>
    public required string Currency { get; init; }

    /// <summary>The forward curves of the hub.</summary>
    public required PpaCurves Curves { get; init; }

    public required DeliveryPoint Point { get; init; }

    public required PpaVolume Volume { get; init; }

    public required PpaPrice Price { get; init; }

    public NegativePriceClause NegativePrice { get; init; } = NegativePriceClause.None;

    public PpaSettlementType Settlement { get; init; } = PpaSettlementType.Financial;

    /// <summary>Length of the interval that is settled: 5, 15 or 60 minutes.</summary>
    public int SettlementMinutes { get; init; } = 60;

    public PpaFees Fees { get; init; } = new(0, 0);

    /// <summary>What securing the contract costs us, percent a year of the payments that are still to come (at the forward prices,
    /// undiscounted), charged by month.</summary>
    public double CreditPercentPerYear { get; init; }

    public required Discounting Discounting { get; init; }

    /// <summary>What is paid once; null where nothing is.</summary>
    public Upfront? Upfront { get; init; }
}

/// <summary>A side of a contract.</summary>
public enum PpaSide
{
    Buyer,
    Seller,
}

/// <summary>What makes the energy.</summary>
public enum PpaTechnology
{
    Solar,
    OnshoreWind,
    OffshoreWind,
    Hydro,
    Nuclear,
    Gas,
    Storage,
    Portfolio,
    Other,
}

/// <summary>How a contract is settled.</summary>
public enum PpaSettlementType
{
    /// <summary>The buyer takes the energy, which is worth the market price, and pays the contract price.</summary>
    Physical,

    /// <summary>Only the difference of market price and contract price is paid.</summary>
    Financial,
}

/// <summary>Names of the forward curves of the hub: one for all hours, or one for the peak and one for the other hours.</summary>
/// <param name="AllHours">Key or words of a curve; null where there are two by block.</param>
/// <param name="OnPeak">Key or words; null where there is one for all hours.</param>
/// <param name="OffPeak">Key or words; null where there is one for all hours.</param>
public sealed record PpaCurves(string? AllHours, string? OnPeak, string? OffPeak);

/// <summary>What our side pays beside the contract price.</summary>
/// <param name="PerMwh">For a delivered MWh.</param>
/// <param name="PerMonth">For a whole month; a month in part pays its share of days.</param>
public sealed record PpaFees(double PerMwh, double PerMonth);

/// <summary>A payment made once.</summary>
/// <param name="Amount">What our side pays; below zero what it gets.</param>
/// <param name="Date">When; null: on the first day of delivery.</param>
public sealed record Upfront(double Amount, LocalDate? Date);
