using Aurum.Curves.Ppa.Terms;
using NodaTime;

namespace Aurum.Curves.Ppa.Settling;

/// <summary>A contract laid on the intervals that are settled: what it expects of each, and the terms of each stretch.</summary>
/// <remarks>
/// <para>Intervals follow each other in UTC. <see cref="Terms"/> are stretches of intervals in order and without a gap, none longer than a
/// month, so that a kernel has constants inside; so are <see cref="Months"/>, and <see cref="Years"/> are stretches of months.</para>
/// <para>Prices are those of the settlement point (with the basis), per MWh, volumes are MWh, all money is in the contract's currency and
/// undiscounted. What an interval pays is defined in <see cref="Settlement"/> alone. Arrays are not to be written to.</para>
/// </remarks>
public sealed class SettlementPlan
{
    public required PpaContract Contract { get; init; }

    /// <summary>Day that money is valued on.</summary>
    public required LocalDate ValuationDate { get; init; }

    /// <summary>Start of the first interval, seconds since 1970-01-01T00:00:00Z.</summary>
    public required long StartUnixSeconds { get; init; }

    /// <summary>5, 15 or 60.</summary>
    public required int IntervalMinutes { get; init; }

    /// <summary>Number of intervals.</summary>
    public int Count => ForwardPrice.Length;

    /// <summary>Expected price of each interval at the settlement point, per MWh.</summary>
    public required double[] ForwardPrice { get; init; }

    /// <summary>Expected volume of each interval, MWh.</summary>
    public required double[] ExpectedVolume { get; init; }

    public required PlanTerm[] Terms { get; init; }

    public required PlanMonth[] Months { get; init; }

    /// <summary>Calendar years.</summary>
    public required PlanYear[] Years { get; init; }

    public required PlanClause Clause { get; init; }

    /// <summary>1 where our side buys, -1 where it sells.</summary>
    public required double Sign { get; init; }

    /// <summary>Whether energy is taken, or only a difference settled.</summary>
    public required bool IsPhysical { get; init; }

    /// <summary>What our side pays for a delivered MWh.</summary>
    public required double FeePerMwh { get; init; }

    /// <summary>Value on the valuation date of what our side pays once; 0 where it is paid already.</summary>
    public required double UpfrontPresentValue { get; init; }
}

/// <summary>The terms of a stretch of intervals.</summary>
/// <param name="First">First interval.</param>
/// <param name="Count">Number of intervals.</param>
/// <param name="Month">Place in <see cref="SettlementPlan.Months"/>.</param>
/// <param name="Fixed">Part of the contract price that hangs on nothing, per MWh.</param>
/// <param name="Factor">Part of the market price that is paid.</param>
/// <param name="Strike">Price around which the sides share.</param>
/// <param name="Upside">Share of what the market is above the strike, 0 to 1, that is paid on top.</param>
/// <param name="Downside">Share of what it is below, 0 to 1, that is taken off.</param>
/// <param name="Floor">Least contract price; minus infinity where there is none.</param>
/// <param name="Cap">Highest contract price; infinity where there is none.</param>
public readonly record struct PlanTerm(
    int First, int Count, int Month, double Fixed, double Factor, double Strike, double Upside, double Downside, double Floor, double Cap)
{
    /// <summary>Whether the contract price does not hang on the market price.</summary>
    public bool IsFixed => Factor == 0 && Upside == 0 && Downside == 0;
}

/// <summary>A delivery month, or the part of it that is valued.</summary>
/// <param name="Month">Which.</param>
/// <param name="First">First interval.</param>
/// <param name="Count">Number of intervals.</param>
/// <param name="Year">Place in <see cref="SettlementPlan.Years"/>.</param>
/// <param name="Payment">Day of payment.</param>
/// <param name="Discount">Value on the valuation date of 1 paid then.</param>
/// <param name="Fee">What our side pays for the month whatever is delivered.</param>
/// <param name="CreditCharge">What securing the contract costs our side in the month, at the expected prices and volumes.</param>
public readonly record struct PlanMonth(
    YearMonth Month, int First, int Count, int Year, LocalDate Payment, double Discount, double Fee, double CreditCharge)
{
    /// <summary>Costs of the month that hang on no price or volume of a path.</summary>
    public double FixedCost => Fee + CreditCharge;
}

/// <summary>A calendar year, or the part of it that is valued.</summary>
/// <param name="Year">Which.</param>
/// <param name="FirstMonth">Place of its first month.</param>
/// <param name="MonthCount">Number of its months; the band is settled with the last of them.</param>
/// <param name="MinMwh">Least volume; 0 where there is no bound.</param>
/// <param name="MaxMwh">Most volume; infinite where there is no bound.</param>
public readonly record struct PlanYear(int Year, int FirstMonth, int MonthCount, double MinMwh, double MaxMwh);

/// <summary>What is said of low prices.</summary>
/// <param name="Kind">What.</param>
/// <param name="Below">Prices below this one are low, per MWh.</param>
/// <param name="RunIntervals">Intervals in a row from which on prices count as low; used where <paramref name="Kind"/> is
/// <see cref="NegativePriceKind.Consecutive"/>.</param>
/// <param name="Compensation">Part of the contract price that is paid for curtailed energy, 0 to 1.</param>
public readonly record struct PlanClause(NegativePriceKind Kind, double Below, int RunIntervals, double Compensation);
