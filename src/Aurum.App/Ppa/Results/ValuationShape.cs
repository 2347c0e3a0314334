using Aurum.Curves.Ppa.Terms;
using Aurum.Curves.Ppa.Valuing;
using NodaTime;

namespace Aurum.App.Ppa.Results;

/// <summary>What a contract is worth, with all its parts: the document that is stored, answered and printed. Amounts are in the currency of
/// the contract, from the side of its holder; months are their first day.</summary>
/// <param name="Contract">Its name.</param>
/// <param name="Side">buyer or seller: whose money it is.</param>
/// <param name="Counterparty">The other side.</param>
/// <param name="Technology">What makes the energy.</param>
/// <param name="Start">First day of delivery.</param>
/// <param name="End">Last day of delivery.</param>
/// <param name="ValuationDate">Day that money is valued on.</param>
/// <param name="AsofDate">As-of date of the curves.</param>
/// <param name="KnownAt">State of knowledge.</param>
/// <param name="ScenarioId">Scenario whose prices it has; null: the curves as they are.</param>
/// <param name="RunId">Run of the scenario.</param>
/// <param name="Currency">Of all amounts; prices are per MWh.</param>
/// <param name="Npv">Net present value.</param>
/// <param name="Irr">Rate of return a year as a share; null where there is none.</param>
/// <param name="BreakEvenPrice">The fixed price at which it is worth nothing; null where there is none.</param>
/// <param name="LevelisedPrice">Mean contract price by present value; null without volume.</param>
/// <param name="Capture">What the volume catches of the market price.</param>
/// <param name="Upfront">What is paid once; null: nothing.</param>
/// <param name="Cashflows">By delivery month.</param>
/// <param name="Parts">The value clause by clause; the deltas sum to the value.</param>
/// <param name="Deltas">What 1 more per MWh adds, by month, quarter and year.</param>
/// <param name="Sensitivities">What single changes do, largest first.</param>
/// <param name="Risk">Outcomes of the paths; null where none were simulated.</param>
/// <param name="Notes">What was assumed and done, a sentence each.</param>
internal sealed record ValuationShape(
    string Contract, string Side, string Counterparty, string Technology, LocalDate Start, LocalDate End, LocalDate ValuationDate,
    LocalDate AsofDate, Instant KnownAt, string? ScenarioId, string? RunId, string Currency, decimal Npv, double? Irr,
    double? BreakEvenPrice, double? LevelisedPrice, CaptureShape Capture, UpfrontShape? Upfront, IReadOnlyList<CashflowShape> Cashflows,
    IReadOnlyList<PartShape> Parts, IReadOnlyList<DeltaShape> Deltas, IReadOnlyList<SensitivityShape> Sensitivities, RiskShape? Risk,
    IReadOnlyList<string> Notes);

/// <summary>A delivery month.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="PaymentDate">Day of payment.</param>
/// <param name="ExpectedMwh">Volume without clauses.</param>
/// <param name="DeliveredMwh">Volume that is delivered.</param>
/// <param name="CapturePrice">Market price of the expected volume; null without volume.</param>
/// <param name="ContractPrice">Contract price of the expected volume; null without volume.</param>
/// <param name="MarketValue">Expected volume at the market price.</param>
/// <param name="ContractPayment">Expected volume at the contract price.</param>
/// <param name="ClauseEffect">What the clause on low prices changes.</param>
/// <param name="BandEffect">What the year's volume band changes.</param>
/// <param name="Fees">Fees.</param>
/// <param name="CreditCharge">Cost of security.</param>
/// <param name="Net">Sum of the six before.</param>
/// <param name="DiscountFactor">Value on the valuation date of 1 paid then.</param>
/// <param name="PresentValue">Net times that.</param>
internal sealed record CashflowShape(
    LocalDate Month, LocalDate PaymentDate, double ExpectedMwh, double DeliveredMwh, double? CapturePrice, double? ContractPrice,
    decimal MarketValue, decimal ContractPayment, decimal ClauseEffect, decimal BandEffect, decimal Fees, decimal CreditCharge,
    decimal Net, double DiscountFactor, decimal PresentValue)
{
    public static CashflowShape Of(PpaCashflow flow) => new(
        flow.Month.OnDayOfMonth(1), flow.Payment, flow.ExpectedMwh, flow.DeliveredMwh, flow.CapturePrice, flow.ContractPrice,
        flow.MarketValue, flow.ContractPayment, flow.ClauseEffect, flow.BandEffect, flow.Fees, flow.CreditCharge, flow.Net,
        flow.Discount, flow.PresentValue);
}

/// <summary>What the volume catches of the market price.</summary>
/// <param name="MeanPrice">Mean price of all hours.</param>
/// <param name="CapturePrice">Mean price of the expected volume.</param>
/// <param name="CaptureRate">Capture price over mean price.</param>
/// <param name="RateWithoutCannibalisation">The rate that the shape alone gives.</param>
/// <param name="CannibalisationValue">What the assumed decline changes in the value.</param>
/// <param name="Years">By calendar year.</param>
internal sealed record CaptureShape(
    double MeanPrice, double? CapturePrice, double? CaptureRate, double? RateWithoutCannibalisation, decimal CannibalisationValue,
    IReadOnlyList<CaptureYear> Years)
{
    public static CaptureShape Of(CaptureReport report) => new(
        report.MeanPrice, report.CapturePrice, report.CaptureRate, report.RateWithoutCannibalisation, report.CannibalisationValue,
        report.Years);
}

/// <summary>What is paid once.</summary>
/// <param name="Date">When.</param>
/// <param name="Amount">What our side gets; below zero what it pays.</param>
/// <param name="DiscountFactor">Value on the valuation date of 1 paid then.</param>
/// <param name="PresentValue">Amount times that.</param>
internal sealed record UpfrontShape(LocalDate Date, decimal Amount, double DiscountFactor, decimal PresentValue)
{
    public static UpfrontShape? Of(PpaUpfront? upfront) =>
        upfront is null ? null : new UpfrontShape(upfront.Date, upfront.Amount, upfront.Discount, upfront.PresentValue);
}

/// <summary>A part of a value.</summary>
/// <param name="Name">For programs.</param>
/// <param name="Label">For people.</param>
/// <param name="Value">What it adds.</param>
/// <param name="Total">The value with it and all before it.</param>
internal sealed record PartShape(string Name, string Label, decimal Value, decimal Total)
{
    public static PartShape Of(ValuePart part) => new(part.Name, part.Label, part.Value, part.Total);
}

/// <summary>What 1 more per MWh of forward price adds to the value.</summary>
/// <param name="Tenor">month, quarter or year.</param>
/// <param name="Label">The period.</param>
/// <param name="Month">First day of its first month.</param>
/// <param name="Value">In the currency of the contract.</param>
internal sealed record DeltaShape(string Tenor, string Label, LocalDate Month, decimal Value)
{
    public static DeltaShape Of(TenorDelta delta) => new(delta.Tenor, delta.Label, delta.First.OnDayOfMonth(1), delta.Value);
}

/// <summary>What an assumption does when it is moved.</summary>
/// <param name="Name">For programs.</param>
/// <param name="DownLabel">What was done.</param>
/// <param name="UpLabel">What was done the other way.</param>
/// <param name="Down">Change of the value.</param>
/// <param name="Up">Change of the value.</param>
internal sealed record SensitivityShape(string Name, string DownLabel, string UpLabel, decimal Down, decimal Up)
{
    public static SensitivityShape Of(Sensitivity moved) => new(moved.Name, moved.DownLabel, moved.UpLabel, moved.Down, moved.Up);
}

/// <summary>A line of a term sheet.</summary>
/// <param name="Term">What it is about.</param>
/// <param name="Text">What is agreed.</param>
internal sealed record TermShape(string Term, string Text)
{
    public static IReadOnlyList<TermShape> Of(PpaContract contract) =>
        [.. PpaWords.Of(contract).Select(static line => new TermShape(line.Term, line.Text))];
}
