using System.Text.Json;
using Aurum.App.Api.Requests;
using Aurum.App.Curves.Building;
using Aurum.App.Scenarios.Reading;
using Aurum.Curves.Documents;
using Aurum.Curves.Manifests;
using Aurum.Curves.Scenarios;
using Aurum.Curves.Scenarios.Grid;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Scenarios.Computing;

/// <summary>Gets what a scenario needs out of the store: the curves that it moves, those that drivers name, rates, supply
/// stacks.</summary>
/// <param name="store">Store.</param>
/// <param name="threads">Threads of the engine.</param>
internal sealed class ScenarioLoader(StoreReader store, int threads)
{
    private const int KeyLength = 64;

    private static readonly char[] WordBreaks = ['_', ' ', '-', '/', '.'];

    private readonly ForwardBook _book = new(store);

    /// <exception cref="DocumentException">Something is not there or does not fit, all at once, each with its place in the
    /// scenario.</exception>
    public LoadedScenario Load(string assumptions, string parameters, ulong seed, Instant knownAt, CancellationToken cancel)
    {
        var drivers = DriverReader.Read(Element(assumptions));
        var asked = AskedScenario.Read(Element(parameters));
        var errors = new List<DocumentError>();
        var moved = Moved(asked, knownAt, errors, cancel);
        var references = References(drivers, asked, moved, knownAt, errors, cancel);
        var stacks = moved.Count == 0 ? [] : Stacks(asked, moved, knownAt, errors, cancel);
        if (errors.Count > 0)
        {
            throw new DocumentException(errors);
        }

        var rates = RatesOf(moved, references, knownAt, cancel);
        var inputs = new ScenarioInputs
        {
            Curves = [.. moved.Select(static m => m.Curve)],
            References = [.. references.Select(static r => r.Curve)],
            Rates = rates.Rates,
            Contents = asked.Contents,
            SupplyStacks = [.. stacks.Select(static s => s.Stack)],
            Grid = asked.Settings.Grid,
            Bands = asked.Settings.Bands,
            Seed = seed,
            Paths = asked.Settings.Paths,
            Threads = threads,
        };
        return new LoadedScenario(
            drivers, inputs, [.. moved.Select(static m => m.Pin).Concat(references.Select(static r => r.Pin)).Distinct()],
            [.. stacks.SelectMany(static s => s.Pins).Concat(rates.Pin is { } pin ? [pin] : []).Distinct()]);
    }

    private List<(ScenarioCurve Curve, CurvePin Pin)> Moved(
        AskedScenario asked, Instant knownAt, List<DocumentError> errors, CancellationToken cancel)
    {
        var moved = new List<(ScenarioCurve Curve, CurvePin Pin)>();
        foreach (var pick in asked.Curves)
        {
            var found = Noted(pick.Path, errors, () => _book.Curves(pick.At(knownAt, asked.AsOf), asked.MaxCurves, cancel)) ?? [];
            foreach (var (built, pin) in found)
            {
                if (moved.Any(m => m.Pin.CurveKey == pin.CurveKey))
                {
                    errors.Add(new DocumentError(pick.Path, "each curve once", $"{pin.Name} twice"));
                    continue;
                }

                moved.Add((ScenarioCurve.Of(built, found.Count == 1 ? pick.Name ?? pin.Name : pin.Name), pin));
            }
        }

        if (asked.Curves.Count == 0)
        {
            errors.Add(new DocumentError("$.parameters.curves", "a list of 1 to 200 objects that name curves", "none"));
        }
        else if (moved.Count > asked.MaxCurves)
        {
            errors.Add(new DocumentError("$.parameters.curves", $"at most {asked.MaxCurves} curves", $"{moved.Count}"));
        }

        return moved;
    }

    /// <summary>The curves that drivers name: declared ones, moved ones, or the one that the name fits.</summary>
    private List<(ReferenceCurve Curve, CurvePin Pin)> References(
        IReadOnlyList<Driver> drivers, AskedScenario asked, List<(ScenarioCurve Curve, CurvePin Pin)> moved, Instant knownAt,
        List<DocumentError> errors, CancellationToken cancel)
    {
        var references = new List<(ReferenceCurve, CurvePin)>();
        foreach (var need in ScenarioEngine.ReferencesOf(drivers).DistinctBy(static r => r.Name, StringComparer.OrdinalIgnoreCase))
        {
            bool Means(string? name) => string.Equals(name, need.Name, StringComparison.OrdinalIgnoreCase);
            var declared = asked.References.FirstOrDefault(r => Means(r.Name));
            var own = moved.Find(m => Means(m.Curve.Name) || Means(m.Curve.CurveKey));
            if (declared is null && own.Curve is { Unit: { } unit } same)
            {
                references.Add((new ReferenceCurve(
                    need.Name, same.CurveKey, same.AsOf, unit, [.. same.Months.Select(static m => new ReferencePrice(m.Month, m.Price))]),
                    own.Pin));
                continue;
            }

            var choice = declared?.At(knownAt, asked.AsOf) ?? Guess(need.Name, knownAt, asked.AsOf);
            var found = Noted(declared?.Path ?? need.Path, errors, () => _book.Curve(choice, cancel));
            if (found?.Curve.Unit is { } of)
            {
                var months = found.Curve.Points.Select(static p => new ReferencePrice(p.Date.ToYearMonth(), p.Price));
                references.Add((new ReferenceCurve(need.Name, found.Pin.CurveKey, found.Pin.AsOf, of, [.. months]), found.Pin));
            }
            else if (found is not null)
            {
                errors.Add(new DocumentError(need.Path, "a curve with a unit", $"{found.Pin.Name}, whose vendor does not say it"));
            }
        }

        return references;
    }

    private static CurveChoice Guess(string name, Instant knownAt, LocalDate? asOf) =>
        name.Length == KeyLength && name.All(char.IsAsciiHexDigitLower)
            ? new CurveChoice(knownAt) { Key = name, AsOf = asOf }
            : new CurveChoice(knownAt) { Words = name.Split(WordBreaks, StringSplitOptions.RemoveEmptyEntries), AsOf = asOf };

    private List<(SupplyStack Stack, IReadOnlyList<SeriesPin> Pins)> Stacks(
        AskedScenario asked, List<(ScenarioCurve Curve, CurvePin Pin)> moved, Instant knownAt, List<DocumentError> errors,
        CancellationToken cancel)
    {
        var reader = new StackReader(_book);
        var stacks = new List<(SupplyStack, IReadOnlyList<SeriesPin>)>();
        foreach (var choice in asked.SupplyStacks)
        {
            var read = Noted(
                choice.Path, errors, () => reader.Read(choice, [.. moved.Select(static m => m.Curve)], knownAt, cancel));
            if (read is not null)
            {
                stacks.Add((read.Stack, read.Pins));
            }
        }

        return stacks;
    }

    private PinnedRates RatesOf(
        List<(ScenarioCurve Curve, CurvePin Pin)> moved, List<(ReferenceCurve Curve, CurvePin Pin)> references, Instant knownAt,
        CancellationToken cancel)
    {
        var currencies = moved.Select(static m => m.Curve.Unit?.Currency).Concat(references.Select(static r => r.Curve.Unit.Currency))
            .OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var dates = moved.Select(static m => m.Curve.AsOf).Concat(references.Select(static r => r.Curve.AsOf)).ToList();
        return StoredRates.Read(store, currencies, dates.Min(), dates.Max(), knownAt, cancel);
    }

    /// <summary>What the store says is not there becomes an error at the place that asks for it.</summary>
    private static T? Noted<T>(string path, List<DocumentError> errors, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (RequestFormatException mistake)
        {
            errors.Add(new DocumentError(path, mistake.Expected, mistake.Found));
            return null;
        }
    }

    private static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
