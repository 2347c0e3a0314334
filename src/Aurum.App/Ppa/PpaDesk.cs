using Aurum.App.Api.Requests;
using Aurum.App.Api.Resources;
using Aurum.App.Ppa.Markets;
using Aurum.App.Ppa.Orders;
using Aurum.App.Ppa.Results;
using Aurum.Curves.Documents;
using Aurum.Curves.Manifests;
using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;
using Aurum.Curves.Ppa.Valuing;
using Aurum.Curves.Simulation;
using Aurum.Store;
using Aurum.Store.Models;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Ppa;

/// <summary>Values contracts on what the store has: reads curves, histories and prices of scenarios, values, simulates, pins all that the
/// result hangs on, and stores it. Safe from several threads.</summary>
internal sealed class PpaDesk(AurumStore store, IClock clock)
{
    private const int TicksPerMicrosecond = 10;

    /// <summary>What a refusal says of a contract that outlives its curve.</summary>
    private const string ViewMayExtend = "a view may extend a curve";

    private const string Extend =
        " (options.beyond \"extend\", on the command line --beyond PERCENT, takes later months as those of the year before)";

    private readonly MarketBook _markets = new(store);

    /// <summary>Values what an order names. Stores nothing.</summary>
    /// <param name="tenant">Whose contract and scenarios.</param>
    /// <param name="order">What, on which prices, and how.</param>
    /// <param name="progress">Told the share of paths that are done.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="DocumentException">The terms cannot be used.</exception>
    /// <exception cref="RequestFormatException">Something is missing; it says what, and how to get it.</exception>
    public ValuedContract Value(string tenant, ValuationOrder order, IProgress<double>? progress, CancellationToken cancel) =>
        Value(tenant, order, TermsOf(tenant, order), progress, cancel);

    /// <summary>Values a stored contract, and stores what came of it. The same result of the same manifest is stored once.</summary>
    /// <exception cref="RequestFormatException">404: the tenant has no such contract; or something is missing.</exception>
    public StoredValuation ValueStored(string tenant, ValuationOrder order, IProgress<double>? progress, CancellationToken cancel)
    {
        var contract = Stored(tenant, order);
        var valued = Value(tenant, order, contract.Terms, progress, cancel);
        var metrics = ValuationMetrics.Of(valued.Shape);
        var record = store.Valuations.Write(
            valued.ToRecord(contract, clock.GetCurrentInstant()), metrics, valued.ToCashflows());
        return new StoredValuation(record, metrics, valued);
    }

    /// <summary>Why a contract is worth more or less on the curves of a later date.</summary>
    /// <exception cref="DocumentException">The terms cannot be used.</exception>
    /// <exception cref="RequestFormatException">Something is missing; it says what, and how to get it.</exception>
    public ExplainedChange Explain(string tenant, ValuationOrder order, CancellationToken cancel)
    {
        if (order.To < order.From)
        {
            throw new RequestFormatException("to", $"a date from {order.From:uuuu-MM-dd} on", $"{order.To:uuuu-MM-dd}");
        }

        var terms = TermsOf(tenant, order);
        var contract = ContractText.Read(terms, "$.terms");
        var resolved = order with { KnownAt = KnownAt(order) };
        var from = Resolve(tenant, contract, resolved with { AsOf = order.From }, cancel);
        var to = Resolve(tenant, contract, resolved with { AsOf = order.To }, cancel);
        var explained = Refusable(() => PpaValuer.Explain(contract, from.View, to.View));
        var manifest = Manifest(resolved, terms, [from, to]);
        return new ExplainedChange(ExplainShape.Of(contract, resolved.KnownAt.Value, explained, from, to), manifest);
    }

    /// <summary>Does again what a manifest says, and compares.</summary>
    /// <param name="tenant">Whose scenarios.</param>
    /// <param name="manifest">Of an earlier valuation.</param>
    /// <param name="documentSha256">Hash of its result; null: not known.</param>
    /// <param name="progress">Told the share of paths that are done.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="RequestFormatException">Something that the manifest names is not there any more.</exception>
    public RepeatedValuation Repeat(
        string tenant, RunManifest manifest, string? documentSha256, IProgress<double>? progress, CancellationToken cancel)
    {
        var order = ValuationOrder.Read(System.Text.Encoding.UTF8.GetBytes(manifest.Inputs), OrderForm.Inputs);
        var valued = Value(tenant, order, progress, cancel);
        return new RepeatedValuation(valued, ManifestDifference.Between(manifest, valued.Manifest), documentSha256);
    }

    /// <summary>The newest version of a stored contract, or the one that is named.</summary>
    /// <exception cref="RequestFormatException">404: there is none.</exception>
    public ContractRecord Stored(string tenant, ValuationOrder order)
    {
        var id = order.ContractId ?? "";
        var found = order.ContractVersion is { } version
            ? store.Contracts.Versions(tenant, id).FirstOrDefault(v => v.Version == version)
            : store.Contracts.Find(tenant, id);
        return found ?? throw new RequestFormatException(
            order.ContractVersion is null ? "ppa_contract_id" : "contract_version", "a contract as /v1/ppa/contracts lists them",
            $"'{id}'{(order.ContractVersion is { } missing ? $" version {missing}" : "")}", StatusCodes.Status404NotFound);
    }

    private string TermsOf(string tenant, ValuationOrder order) => order.Terms ?? Stored(tenant, order).Terms;

    private ValuedContract Value(
        string tenant, ValuationOrder order, string terms, IProgress<double>? progress, CancellationToken cancel)
    {
        var contract = ContractText.Read(terms, "$.terms");
        var known = order with { KnownAt = KnownAt(order) };
        var market = Resolve(tenant, contract, known, cancel);
        var resolved = known with
        {
            AsOf = market.AsOf,
            ScenarioId = market.Scenario?.Run.ScenarioId,
            RunId = market.Scenario?.Run.Id,
            RunOutputSha256 = market.Scenario?.Run.OutputHash,
        };
        var valuation = Refusable(() => PpaValuer.Value(contract, market.View));
        cancel.ThrowIfCancellationRequested();
        var (risk, notes) = order.Options.Simulation is { } simulation
            ? Simulate(contract, market, valuation.Plan, simulation, progress, cancel)
            : (null, []);
        var noted = market with { Notes = [.. market.Notes, .. notes] };
        return ValuedContract.Of(contract, resolved, noted, valuation, risk, Manifest(resolved, terms, [market]));
    }

    private ResolvedMarket Resolve(string tenant, PpaContract contract, ValuationOrder order, CancellationToken cancel) =>
        _markets.Resolve(tenant, contract, order, order.KnownAt!.Value, cancel);

    private static (RiskShape Risk, IReadOnlyList<string> Notes) Simulate(
        PpaContract contract, ResolvedMarket market, SettlementPlan plan, SimulationOrder order, IProgress<double>? progress,
        CancellationToken cancel)
    {
        try
        {
            var calibration = market.Prices is { } prices
                ? PriceCalibration.Of(
                    prices, contract.Market, market.View.Generation, contract.Volume.Shape?.History?.CapacityMw ?? 0, order.Model)
                : null;
            var used = order with { Model = calibration?.Model ?? order.Model };
            var outcomes = PpaSimulation.Run(plan, used.Model, used.ToOptions(), progress, cancel);
            return (RiskShape.Of(RiskReport.Of(outcomes), used, outcomes.Sha256()), calibration?.Notes ?? []);
        }
        catch (ArgumentException refused)
        {
            throw Unprocessable("options.simulation", refused.Message);
        }
    }

    /// <summary>What is known now: the clock's instant, or the newest commit where its stamp lies ahead of the clock.</summary>
    private Instant KnownAt(ValuationOrder order)
    {
        if (order.KnownAt is { } asked)
        {
            return Micros(asked);
        }

        var now = Micros(clock.GetCurrentInstant());
        return store.Read.Outbox(new RecordQuery { Descending = true, Limit = 1 }) is [var newest] && newest.KnownAt > now
            ? newest.KnownAt
            : now;
    }

    /// <summary>As the store keeps instants.</summary>
    private static Instant Micros(Instant instant) =>
        Instant.FromUnixTimeTicks(instant.ToUnixTimeTicks() / TicksPerMicrosecond * TicksPerMicrosecond);

    private static RunManifest Manifest(ValuationOrder order, string terms, IReadOnlyList<ResolvedMarket> markets) => new()
    {
        Curves = [.. markets.SelectMany(static m => m.Curves)],
        Series = [.. markets.SelectMany(static m => m.Series)],
        CodeVersion = StatusEndpoints.Version,
        Seed = order.Options.Simulation?.Seed ?? 0,
        Inputs = order.ToInputs(terms),
    };

    private static T Refusable<T>(Func<T> value)
    {
        try
        {
            return value();
        }
        catch (ValuationRefusedException refused)
        {
            throw Unprocessable("valuation", refused.Message);
        }
    }

    /// <summary>A refusal of the pure code, <c>WHAT: expected X, found Y; how to go on</c>, as a mistake of the caller.</summary>
    private static RequestFormatException Unprocessable(string field, string message)
    {
        const string expected = "expected ";
        var at = message.IndexOf(expected, StringComparison.Ordinal);
        if (at < 0 || message[(at + expected.Length)..].Split(", found ", 2) is not [var wanted, var found])
        {
            return new RequestFormatException(field, "what can be valued", message, StatusCodes.Status422UnprocessableEntity);
        }

        var what = message[..at].TrimEnd(' ', ':');
        var advice = found.Contains(ViewMayExtend, StringComparison.Ordinal) ? Extend : "";
        return new RequestFormatException(
            what.Length > 0 ? what : field, wanted + advice, found.Split("; ")[0], StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>A valuation that is stored.</summary>
/// <param name="Record">As it is stored, with its id.</param>
/// <param name="Metrics">Its numbers.</param>
/// <param name="Valued">All that came of it.</param>
internal sealed record StoredValuation(ValuationRecord Record, IReadOnlyList<ValuationMetric> Metrics, ValuedContract Valued);
