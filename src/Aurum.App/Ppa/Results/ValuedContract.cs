using System.Text.Json;
using Aurum.App.Api.Responses;
using Aurum.App.Ppa.Markets;
using Aurum.App.Ppa.Orders;
using Aurum.Curves.Manifests;
using Aurum.Curves.Ppa.Terms;
using Aurum.Curves.Ppa.Valuing;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Ppa.Results;

/// <summary>A valuation with its document and manifest.</summary>
/// <param name="Shape">All that came of it.</param>
/// <param name="Manifest">What it hangs on.</param>
internal sealed record ValuedContract(ValuationShape Shape, RunManifest Manifest)
{
    private static readonly JsonSerializerOptions Forms = NewForms();

    /// <summary>The result as JSON: the same bytes for the same manifest.</summary>
    public string Document { get; } = JsonSerializer.Serialize(Shape, Forms);

    public string DocumentSha256 => CanonicalJson.Sha256(Document);

    public static ValuedContract Of(
        PpaContract contract, ValuationOrder order, ResolvedMarket market, PpaValuation valuation, RiskShape? risk, RunManifest manifest) =>
        new(
            new ValuationShape(
                contract.Name,
                contract.Side.ToString().ToLowerInvariant(),
                contract.Counterparty,
                Aurum.Curves.Documents.ChoiceNames<PpaTechnology>.Of(contract.Technology),
                contract.Start,
                contract.End,
                valuation.ValuationDate,
                market.AsOf,
                order.KnownAt!.Value,
                market.Scenario?.Run.ScenarioId,
                market.Scenario?.Run.Id,
                valuation.Currency,
                valuation.NetPresentValue,
                valuation.Irr,
                valuation.BreakEvenPrice,
                valuation.LevelisedPrice,
                CaptureShape.Of(valuation.Capture),
                UpfrontShape.Of(valuation.Upfront),
                [.. valuation.Cashflows.Select(CashflowShape.Of)],
                [.. valuation.Parts.Select(PartShape.Of)],
                [.. valuation.Deltas.Select(DeltaShape.Of)],
                [.. valuation.Sensitivities.Select(SensitivityShape.Of)],
                risk,
                [.. market.Notes, .. valuation.Notes]),
            manifest);

    /// <summary>As it is stored.</summary>
    public ValuationRecord ToRecord(ContractRecord contract, Instant now) => new()
    {
        Tenant = contract.Tenant,
        ContractId = contract.Id,
        ContractVersion = contract.Version,
        AsOf = Shape.AsofDate,
        KnownAt = Shape.KnownAt,
        ScenarioId = Shape.ScenarioId,
        RunId = Shape.RunId,
        CurveKey = string.Join(',', Manifest.Curves.Select(static c => c.CurveKey)),
        Currency = Shape.Currency,
        Npv = (double)Shape.Npv,
        Irr = Shape.Irr ?? double.NaN,
        InputSha256 = Manifest.InputSha256,
        ManifestSha256 = Manifest.Sha256,
        VersionHash = DocumentSha256,
        Manifest = Manifest.ToJson(),
        Document = Document,
        ComputedAt = now,
    };

    /// <summary>Its months, as they are stored.</summary>
    public IReadOnlyList<ValuationCashflow> ToCashflows() =>
    [
        .. Shape.Cashflows.Select(static c => new ValuationCashflow(
            c.Month, c.DeliveredMwh, (double)c.MarketValue, (double)c.ContractPayment, (double)(c.Fees + c.CreditCharge),
            (double)(c.ClauseEffect + c.BandEffect), (double)c.Net, c.DiscountFactor, (double)c.PresentValue)),
    ];

    private static JsonSerializerOptions NewForms()
    {
        var options = new JsonSerializerOptions();
        JsonForms.Configure(options);
        return options;
    }
}
