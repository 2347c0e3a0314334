using NodaTime;

namespace Aurum.Store.Models;

/// <summary>A valuation of a stored contract, with all that it hangs on.</summary>
public sealed record ValuationRecord
{
    /// <summary>Whose it is.</summary>
    public required string Tenant { get; init; }

    /// <summary>Stable and sortable: the instant of the computation first. Empty before it is stored.</summary>
    public string Id { get; init; } = "";

    public required string ContractId { get; init; }

    /// <summary>Version of the contract that was valued.</summary>
    public required int ContractVersion { get; init; }

    /// <summary>As-of date of its curves.</summary>
    public required LocalDate AsOf { get; init; }

    /// <summary>State of knowledge.</summary>
    public required Instant KnownAt { get; init; }

    /// <summary>Scenario whose prices it took; null: the curves as they are.</summary>
    public string? ScenarioId { get; init; }

    /// <summary>Run of that scenario.</summary>
    public string? RunId { get; init; }

    /// <summary>Keys of its curves, with commas.</summary>
    public required string CurveKey { get; init; }

    /// <summary>Currency of all its amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>Net present value.</summary>
    public required double Npv { get; init; }

    /// <summary>Internal rate of return a year; NaN: there is none.</summary>
    public required double Irr { get; init; }

    /// <summary>SHA-256 of what was asked for.</summary>
    public required string InputSha256 { get; init; }

    /// <summary>SHA-256 of the manifest.</summary>
    public required string ManifestSha256 { get; init; }

    /// <summary>SHA-256 of the document: equal for equal results.</summary>
    public required string VersionHash { get; init; }

    /// <summary>What the result hangs on, JSON.</summary>
    public required string Manifest { get; init; }

    /// <summary>The whole result, JSON.</summary>
    public required string Document { get; init; }

    public required Instant ComputedAt { get; init; }
}

/// <summary>A number of a valuation.</summary>
/// <param name="Metric"><c>cashflow</c>, <c>npv</c>, <c>irr</c>, <c>break_even</c>, ...</param>
/// <param name="PeriodStart">First day that it is of.</param>
/// <param name="PeriodEnd">Last day that it is of.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit.</param>
public sealed record ValuationMetric(string Metric, LocalDate PeriodStart, LocalDate PeriodEnd, double Value, string Unit);

/// <summary>A month of a valuation; amounts in its currency, from the side of the contract's holder.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="VolumeMwh">Energy that is settled.</param>
/// <param name="MarketValue">What it is worth on the market.</param>
/// <param name="ContractPayment">What the contract pays for it.</param>
/// <param name="Fees">Fees and charges.</param>
/// <param name="ClauseEffects">What the clauses change, included in the payment.</param>
/// <param name="Net">What is left.</param>
/// <param name="DiscountFactor">What an amount of the month is worth today.</param>
/// <param name="PresentValue">The net times that.</param>
public sealed record ValuationCashflow(
    LocalDate Month,
    double VolumeMwh,
    double MarketValue,
    double ContractPayment,
    double Fees,
    double ClauseEffects,
    double Net,
    double DiscountFactor,
    double PresentValue);

/// <summary>A stored number of a valuation with what it belongs to.</summary>
/// <param name="ValuationId">The valuation.</param>
/// <param name="Ordinal">Its place in it, from 0.</param>
/// <param name="Metric">The number.</param>
/// <param name="AsOf">As-of date of the curves.</param>
/// <param name="ScenarioId">Scenario; null: none.</param>
/// <param name="RunId">Run of the scenario; null: none.</param>
/// <param name="Npv">Net present value of the valuation.</param>
/// <param name="Irr">Its rate of return; NaN: none.</param>
/// <param name="CurveKey">Keys of its curves.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="VersionHash">SHA-256 of the whole result.</param>
/// <param name="ComputedAt">When it was computed.</param>
public sealed record ValuationRow(
    string ValuationId,
    int Ordinal,
    ValuationMetric Metric,
    LocalDate AsOf,
    string? ScenarioId,
    string? RunId,
    double Npv,
    double Irr,
    string CurveKey,
    string Currency,
    string VersionHash,
    Instant ComputedAt);
