using System.Globalization;
using Aurum.App.Api.Requests;
using Aurum.App.Curves.Building;
using Aurum.App.Ppa.Orders;
using Aurum.Curves.Building.Units;
using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Terms;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Ppa.Markets;

/// <summary>Makes views of the market out of what the store has: curves, prices of scenarios, histories, exchange rates.</summary>
internal sealed class MarketBook(AurumStore store)
{
    private const int CurveKeyDigits = 64;
    private const string Energy = "MWh";
    private const string Level =
        "all hours of a block have its price: no shape was asked for (options.shape names stored prices that give one)";

    private readonly ForwardBook _forwards = new(store.Read);

    /// <summary>The view that a contract is valued on.</summary>
    /// <param name="tenant">Whose scenarios may be used.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="order">Dates, scenario and options.</param>
    /// <param name="knownAt">State of knowledge.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="RequestFormatException">Something is missing; it says what, and how to get it.</exception>
    public ResolvedMarket Resolve(
        string tenant, PpaContract contract, ValuationOrder order, Instant knownAt, CancellationToken cancel)
    {
        var scenario = ScenarioPrices.Of(store, tenant, order, knownAt);
        var curves = Curves(contract, order.AsOf, scenario, knownAt, cancel);
        var asOf = curves[0].Curve.AsOf;
        var parts = new MarketParts(contract, order.Options, asOf, knownAt, cancel);
        AddPrices(parts, curves, scenario);
        AddShape(parts);
        AddRates(parts);
        AddGeneration(parts);
        AddBasis(parts);
        return new ResolvedMarket(
            parts.ToView(), asOf, [.. curves.Select(static c => c.Pin)], parts.Series, scenario, parts.Prices, parts.Notes);
    }

    private List<ForwardCurve> Curves(
        PpaContract contract, LocalDate? asOf, ScenarioPrices? scenario, Instant knownAt, CancellationToken cancel)
    {
        (string Field, string? Text, Block Block)[] asked =
        [
            ("terms.curves.all_hours", contract.Curves.AllHours, Block.AllHours),
            ("terms.curves.on_peak", contract.Curves.OnPeak, Block.OnPeak),
            ("terms.curves.off_peak", contract.Curves.OffPeak, Block.OffPeak),
        ];
        var found = new List<ForwardCurve>();
        foreach (var (field, text, block) in asked)
        {
            if (text is null)
            {
                continue;
            }

            var choice = ChoiceOf(text, knownAt) with { AsOf = asOf ?? (found.Count > 0 ? found[0].Curve.AsOf : AsOfOf(scenario)) };
            found.Add(Fitting(contract, field, text, block, choice, cancel));
        }

        return found;
    }

    /// <summary>A scenario moves the curves of one date: that is the date of the view.</summary>
    private LocalDate? AsOfOf(ScenarioPrices? scenario) =>
        scenario is not null && store.Runs.Outputs(new OutputQuery(scenario.Run.Id, 1)) is [var first] ? first.AsOf : null;

    private static CurveChoice ChoiceOf(string text, Instant knownAt) =>
        text.Length == CurveKeyDigits && text.All(char.IsAsciiHexDigitLower)
            ? new CurveChoice(knownAt) { Key = text }
            : new CurveChoice(knownAt) { Words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries) };

    private ForwardCurve Fitting(
        PpaContract contract, string field, string text, Block block, CurveChoice choice, CancellationToken cancel)
    {
        var curve = Find(field, text, choice, cancel);
        if (curve.Curve.Unit is not { } unit)
        {
            throw Unfit(field, "a curve with a unit", $"{curve.Pin.Name}, whose vendor does not say it");
        }

        if (unit.Factor != 1 || unit.Quantity.Name != Energy)
        {
            var energy = Refusals.Required(field, PriceUnits.Parse($"{unit.Currency}/{Energy}"));
            curve = Find(field, text, choice with { Unit = energy }, cancel);
        }

        var calendar = curve.Curve.Calendar;
        if (calendar.Block != block)
        {
            throw Unfit(
                field, $"a curve of the hours {BlockNames.Text(block)}", $"{curve.Pin.Name}, of {BlockNames.Text(calendar.Block)}");
        }

        return calendar.Calendar.Name == contract.Market.Name
            ? curve
            : throw Unfit(
                field, $"a curve of the contract's market, {contract.Market.Name}", $"{curve.Pin.Name}, of {calendar.Calendar.Name}");
    }

    private ForwardCurve Find(string field, string text, CurveChoice choice, CancellationToken cancel)
    {
        try
        {
            return _forwards.Curve(choice, cancel);
        }
        catch (RequestFormatException missing) when (missing.Field == "curve")
        {
            var advice = missing.Status == StatusCodes.Status404NotFound
                ? " ('aurum curves load FILE' loads a vendor's workbook, 'aurum curves list' tells what is there)"
                : "";
            throw Unfit(field, $"{missing.Expected} for '{text}'{advice}", missing.Found);
        }
    }

    private static void AddPrices(MarketParts parts, IReadOnlyList<ForwardCurve> curves, ScenarioPrices? scenario)
    {
        foreach (var curve in curves)
        {
            var months = curve.Curve.Points.Select(static p => new MonthForward(p.Date.ToYearMonth(), p.Price)).ToList();
            if (scenario is not null)
            {
                months = Moved(parts, curve, months, scenario);
            }

            parts.Forwards.Add(new BlockCurve(curve.Curve.Calendar.Block, curve.Curve.Unit!.Currency, months));
            parts.Notes.Add(
                $"forward prices: {curve.Pin.Name} as of {curve.Pin.AsOf:uuuu-MM-dd} in {curve.Pin.Unit}, {months[0].Month:uuuu-MM} to "
                + $"{months[^1].Month:uuuu-MM}, hours by {curve.Curve.Calendar}");
        }
    }

    private static List<MonthForward> Moved(
        MarketParts parts, ForwardCurve curve, List<MonthForward> months, ScenarioPrices scenario)
    {
        var outputs = scenario.Months(curve.Pin.CurveKey);
        if (outputs.Count == 0)
        {
            throw Unfit(
                "scenario_id", $"a run with prices of {curve.Pin.Name}", $"run {scenario.Run.Id}, which has none of it");
        }

        if (outputs[0].Unit != curve.Pin.Unit || outputs[0].AsOf != curve.Pin.AsOf)
        {
            throw Unfit(
                "scenario_id", $"prices in {curve.Pin.Unit} as of {curve.Pin.AsOf:uuuu-MM-dd}",
                $"prices in {outputs[0].Unit} as of {outputs[0].AsOf:uuuu-MM-dd}");
        }

        var values = outputs.ToDictionary(static o => o.ContractMonth.ToYearMonth(), static o => o.Value);
        var kept = months.Count(m => !values.ContainsKey(m.Month));
        parts.Notes.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"prices of {curve.Pin.Name} are those of scenario {scenario.Run.ScenarioId}, run {scenario.Run.Id}"
            + $"{(kept > 0 ? $"; {kept} months that the run does not have are as quoted" : "")}"));
        return [.. months.Select(m => values.TryGetValue(m.Month, out var value) ? m with { Price = value } : m)];
    }

    private void AddShape(MarketParts parts)
    {
        var calibrates = parts.Options.Simulation is { Calibrates: true };
        if (parts.Options.Shape is not { } asked)
        {
            parts.Notes.Add(Level);
            if (calibrates)
            {
                throw Unfit("options.shape", "prices that the model is taken from: options.simulation.calibrate asks for it", "none");
            }

            return;
        }

        var source = new ShapeSource(asked.Feed, asked.Location, asked.Days, asked.Kind);
        try
        {
            parts.Prices = calibrates
                ? _forwards.History(asked.Feed, asked.Location, parts.Before(asked.Days), parts.Cancel).History
                : null;
            var shape = _forwards.Shape(
                source, parts.AsOf, parts.Contract.Market, $"{parts.Forwards[0].Currency}/{Energy}", parts.KnownAt, parts.Cancel);
            parts.Shape = shape.Shape;
            parts.Series.Add(shape.Pin);
            parts.Notes.Add($"hours from {asked.Feed} at {asked.Location}: {string.Join("; ", shape.Shape.Explain())}");
        }
        catch (RequestFormatException missing)
        {
            throw Unfit(
                $"options.shape ({missing.Field})", $"{missing.Expected} ({parts.Backfill(asked.Feed, asked.Days)})", missing.Found);
        }
    }

    private static RequestFormatException Unfit(string field, string expected, string found) =>
        new(field, expected, found, StatusCodes.Status422UnprocessableEntity);

    private void AddRates(MarketParts parts)
    {
        var currencies = parts.Forwards.Select(static f => f.Currency).Append(parts.Contract.Currency).Distinct().ToList();
        if (currencies.Count == 1)
        {
            return;
        }

        var rates = _forwards.Rates(currencies, parts.AsOf, parts.KnownAt, parts.Cancel);
        foreach (var currency in currencies.Where(c => c != parts.Contract.Currency))
        {
            var rate = rates.Rates.Of(currency, parts.Contract.Currency, parts.AsOf);
            parts.Notes.Add(rate.Value?.ToString() ?? throw Unfit(
                "terms.currency",
                $"{rate.Refusal!.Message.Split(", found ")[0]["expected ".Length..]} ('aurum backfill {StoredRates.Feed} --from "
                + $"{parts.AsOf.PlusDays(-FxRates.MaxAgeDays):uuuu-MM-dd} --to {parts.AsOf:uuuu-MM-dd}' fetches them)",
                "none"));
        }

        parts.Rates = rates.Rates;
        if (rates.Pin is { } pin)
        {
            parts.Series.Add(pin);
        }
    }

    private void AddGeneration(MarketParts parts)
    {
        if (parts.Contract.Volume.Shape is not { Kind: GenerationShapeKind.History, History: { } source })
        {
            return;
        }

        var history = _forwards.Generation(source.Feed, source.Location, parts.Before(parts.Options.GenerationDays), parts.Cancel);
        if (history.History.Hours.Count == 0)
        {
            throw parts.NoHistory("terms.volume.shape", "hours of output", source.Feed, source.Location, parts.Options.GenerationDays);
        }

        parts.Generation = history.History;
        parts.Series.Add(history.Pin);
        parts.Notes.Add(string.Create(
            CultureInfo.InvariantCulture, $"output from {source.Feed} at {source.Location}: {history.Pin.Hours:N0} hours"));
    }

    private void AddBasis(MarketParts parts)
    {
        if (parts.Contract.Point.Basis is not { Kind: BasisKind.Curve, Months.Count: 0 })
        {
            return;
        }

        var asked = parts.Options.Basis ?? throw Unfit(
            "options.basis", "feed, hub and node whose prices give the basis: the contract says that it is a curve and brings no amounts",
            "none");
        var days = parts.Before(asked.Days);
        var hub = _forwards.History(asked.Feed, asked.Hub, days, parts.Cancel);
        var node = _forwards.History(asked.Feed, asked.Node, days, parts.Cancel);
        var basis = MonthlyBasis.Of(hub.History, node.History, parts.Contract.Market)
            ?? throw parts.NoHistory(
                "options.basis", "hours that both places have", asked.Feed, $"{asked.Hub} and {asked.Node}", asked.Days);
        parts.Basis = basis.Over(parts.Contract.Start, parts.Contract.End);
        parts.Series.Add(hub.Pin);
        parts.Series.Add(node.Pin);
        parts.Notes.Add(basis.Explain(asked));
    }
}
