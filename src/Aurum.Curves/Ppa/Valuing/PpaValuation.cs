using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;
using NodaTime;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>What a contract is worth to our side, and why.</summary>
/// <remarks>Money is in the contract's currency. Amounts that people are paid are rounded to the cent, half to even, month by month and
/// part by part, and sums are sums of what is shown; prices and rates are not rounded.</remarks>
public sealed record PpaValuation
{
    public required LocalDate ValuationDate { get; init; }

    public required string Currency { get; init; }

    public required PpaSide Side { get; init; }

    /// <summary>Delivery months that are valued.</summary>
    public required IReadOnlyList<PpaCashflow> Cashflows { get; init; }

    /// <summary>What is paid once; null where nothing is, or it was paid before the valuation date.</summary>
    public required PpaUpfront? Upfront { get; init; }

    /// <summary>Sum of the months' present values less that of what is paid once.</summary>
    public required decimal NetPresentValue { get; init; }

    /// <summary>Internal rate of return, effective a year as a share (0.08 is 8 %), by exact days of payment over 365 (XIRR); null where
    /// the money does not change its sign or no rate from -99 % to 1,000 % makes it worth nothing.</summary>
    public required double? Irr { get; init; }

    /// <summary>The one price per MWh, fixed for the whole contract in place of its price terms, at which it is worth nothing; null where
    /// there is none.</summary>
    public required double? BreakEvenPrice { get; init; }

    /// <summary>Mean contract price of the expected volume, weighted by present value: sum of discounted payments over sum of discounted
    /// volumes; null without volume.</summary>
    public required double? LevelisedPrice { get; init; }

    public required CaptureReport Capture { get; init; }

    /// <summary>The value clause by clause: each takes what it changes when it is added to those before it. Their sum is
    /// <see cref="NetPresentValue"/>.</summary>
    public required IReadOnlyList<ValuePart> Parts { get; init; }

    /// <summary>What 1 more per MWh in a month's forward price adds to the value, by month, quarter and year.</summary>
    public required IReadOnlyList<TenorDelta> Deltas { get; init; }

    /// <summary>What single changes of assumptions do to the value, largest first.</summary>
    public required IReadOnlyList<Sensitivity> Sensitivities { get; init; }

    /// <summary>What was assumed and done, for people, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The intervals behind it, for simulation.</summary>
    public required SettlementPlan Plan { get; init; }
}

/// <summary>The money of a delivery month, as our side sees it: what it gets is above zero.</summary>
/// <param name="Month">Delivery month.</param>
/// <param name="Payment">Day of payment.</param>
/// <param name="ExpectedMwh">Volume without clauses, MWh.</param>
/// <param name="DeliveredMwh">Volume that is delivered, MWh.</param>
/// <param name="CapturePrice">Market price of the expected volume, per MWh; null without volume.</param>
/// <param name="ContractPrice">Contract price of the expected volume, per MWh; null without volume.</param>
/// <param name="MarketValue">Expected volume at the market price: got by a buyer, given by a seller.</param>
/// <param name="ContractPayment">Expected volume at the contract price: paid by a buyer, got by a seller.</param>
/// <param name="ClauseEffect">What the clause on low prices changes.</param>
/// <param name="BandEffect">What the year's volume band changes.</param>
/// <param name="Fees">Fees.</param>
/// <param name="CreditCharge">Cost of security.</param>
/// <param name="Net">Sum of the six before.</param>
/// <param name="Discount">Value on the valuation date of 1 paid on <paramref name="Payment"/>.</param>
/// <param name="PresentValue">Net times discount.</param>
public sealed record PpaCashflow(
    YearMonth Month,
    LocalDate Payment,
    double ExpectedMwh,
    double DeliveredMwh,
    double? CapturePrice,
    double? ContractPrice,
    decimal MarketValue,
    decimal ContractPayment,
    decimal ClauseEffect,
    decimal BandEffect,
    decimal Fees,
    decimal CreditCharge,
    decimal Net,
    double Discount,
    decimal PresentValue);

/// <summary>A payment made once.</summary>
/// <param name="Amount">What our side gets; below zero what it pays.</param>
/// <param name="Date">When.</param>
/// <param name="Discount">Value on the valuation date of 1 paid then.</param>
/// <param name="PresentValue">Amount times discount.</param>
public sealed record PpaUpfront(decimal Amount, LocalDate Date, double Discount, decimal PresentValue);

/// <summary>What the volume catches of the market price.</summary>
/// <param name="MeanPrice">Mean price of all hours at the settlement point, per MWh.</param>
/// <param name="CapturePrice">Mean price of the expected volume; null without volume.</param>
/// <param name="CaptureRate">Capture price over mean price; null where the mean is not above zero.</param>
/// <param name="RateWithoutCannibalisation">The rate that the shape alone gives; equal where nothing is assumed.</param>
/// <param name="CannibalisationValue">What the assumed decline changes in the value; 0 where nothing is assumed.</param>
/// <param name="Years">By calendar year.</param>
public sealed record CaptureReport(
    double MeanPrice,
    double? CapturePrice,
    double? CaptureRate,
    double? RateWithoutCannibalisation,
    decimal CannibalisationValue,
    IReadOnlyList<CaptureYear> Years);

/// <summary>A year of <see cref="CaptureReport"/>.</summary>
public sealed record CaptureYear(int Year, double VolumeMwh, double MeanPrice, double? CapturePrice, double? CaptureRate);

/// <summary>A part of a value.</summary>
/// <param name="Name">For programs: <c>shape</c>.</param>
/// <param name="Label">For people.</param>
/// <param name="Value">What it adds.</param>
/// <param name="Total">The value with it and all before it.</param>
public sealed record ValuePart(string Name, string Label, decimal Value, decimal Total);

/// <summary>What 1 more per MWh of forward price adds to the value.</summary>
/// <param name="Tenor"><c>month</c>, <c>quarter</c> or <c>year</c>.</param>
/// <param name="Label"><c>2027-01</c>, <c>Q1 2027</c>, <c>2027</c>.</param>
/// <param name="First">First month.</param>
/// <param name="Value">In the contract's currency.</param>
public sealed record TenorDelta(string Tenor, string Label, YearMonth First, decimal Value);

/// <summary>What an assumption does to the value when it is moved down and up.</summary>
/// <param name="Name">For programs: <c>price</c>.</param>
/// <param name="DownLabel">What was done: <c>forward prices -10 %</c>.</param>
/// <param name="UpLabel">What was done the other way.</param>
/// <param name="Down">Change of the value.</param>
/// <param name="Up">Change of the value.</param>
public sealed record Sensitivity(string Name, string DownLabel, string UpLabel, decimal Down, decimal Up)
{
    /// <summary>The larger of the two, without sign.</summary>
    public decimal Size => Math.Max(Math.Abs(Down), Math.Abs(Up));
}
