using Aurum.Curves.Documents;
using Aurum.Curves.Manifests;
using Aurum.Curves.Scenarios;
using Aurum.Store.Models;
using Aurum.Store.Reading;

namespace Aurum.App.Scenarios.Computing;

/// <summary>Computes runs out of the store. The same input gives the same bytes, whoever computes it and when.</summary>
/// <param name="store">Store.</param>
/// <param name="threads">Threads of a run.</param>
internal sealed class ScenarioComputer(StoreReader store, int threads)
{
    private readonly ScenarioLoader _loader = new(store, threads);

    /// <summary>What a run comes to.</summary>
    /// <exception cref="DocumentException">It cannot be computed: something is not there or does not fit, or it takes more memory than it
    /// may.</exception>
    public RunOutputs Compute(RunRecord run, IProgress<double>? progress, CancellationToken cancel) =>
        Compute(RunInput.Parse(run.Inputs), run.MaxMemoryMiB, progress, cancel);

    /// <summary>The same of a manifest, with what its pins say otherwise now.</summary>
    /// <exception cref="DocumentException">It cannot be computed.</exception>
    public (RunOutputs Outputs, IReadOnlyList<string> Changes) Recompute(RunManifest manifest, CancellationToken cancel)
    {
        var outputs = Compute(RunInput.Parse(manifest.Inputs), int.MaxValue, null, cancel);
        return (outputs, [.. ChangesOf(manifest, RunManifest.Parse(outputs.Manifest))]);
    }

    /// <summary>What a scenario would do, without keeping it: the curves that it finds, what it assumes, and what it takes. An ensemble is
    /// drawn of one curve alone.</summary>
    /// <exception cref="DocumentException">It could not be run.</exception>
    public CheckedScenario Check(RunInput input, CancellationToken cancel)
    {
        var loaded = _loader.Load(input.Assumptions, input.Parameters, input.Seed, input.KnownAt, cancel);
        var all = ScenarioEngine.Run(loaded.Drivers, loaded.Inputs with { Paths = 1 }, null, cancel);
        var told = all.Paths == 0
            ? all
            : ScenarioEngine.Run(loaded.Drivers, loaded.Inputs with { Curves = [loaded.Inputs.Curves[0]] }, null, cancel);
        return new CheckedScenario(loaded, Explained(told.Assumptions, all.Curves));
    }

    private RunOutputs Compute(RunInput input, int maxMemoryMiB, IProgress<double>? progress, CancellationToken cancel)
    {
        var loaded = _loader.Load(input.Assumptions, input.Parameters, input.Seed, input.KnownAt, cancel);
        if (loaded.EstimateMiB > maxMemoryMiB)
        {
            throw new DocumentException([new DocumentError(
                "$.max_memory_mb", $"at least {loaded.EstimateMiB} MiB, or fewer curves or paths", $"{maxMemoryMiB}")]);
        }

        cancel.ThrowIfCancellationRequested();
        var result = ScenarioEngine.Run(loaded.Drivers, loaded.Inputs, progress, cancel);
        var inputs = input.ToJson();
        var manifest = new RunManifest
        {
            Curves = loaded.Curves,
            Series = loaded.Series,
            CodeVersion = input.CodeVersion,
            Seed = input.Seed,
            Inputs = inputs,
        };
        return new RunOutputs(
            OutputRows.Of(result, CanonicalJson.Sha256(inputs)), result.Sha256(), manifest.ToJson(),
            Explained(result.Assumptions, result.Curves));
    }

    private static IReadOnlyList<string> Explained(IReadOnlyList<string> assumptions, IReadOnlyList<CurveScenario> curves) =>
    [
        .. assumptions.Concat(curves.SelectMany(static c => c.Notes.Select(n => $"{c.Curve.Name}: {n}")))
            .Select(static s => s.ReplaceLineEndings(" ")),
    ];

    private static IEnumerable<string> ChangesOf(RunManifest then, RunManifest now)
    {
        foreach (var pin in then.Curves.Except(now.Curves))
        {
            yield return $"curve {pin.Name} of {pin.AsOf:uuuu-MM-dd} is not what it was: {pin.Sha256}";
        }

        foreach (var pin in then.Series.Except(now.Series))
        {
            yield return $"history {pin.Feed} {pin.Location} is not what it was: {pin.Sha256}";
        }

        (string Name, string Then, string Now)[] versions =
        [
            ("calendars", then.CalendarVersion, now.CalendarVersion), ("time zones", then.TzdbVersion, now.TzdbVersion),
            ("program", then.CodeVersion, now.CodeVersion),
        ];
        foreach (var (name, was, found) in versions.Where(static v => v.Then != v.Now))
        {
            yield return $"{name}: {was} then, {found} now";
        }
    }
}

/// <summary>A scenario that could be run.</summary>
/// <param name="Loaded">With what it needs.</param>
/// <param name="Sentences">What it assumes and does, for people.</param>
internal sealed record CheckedScenario(LoadedScenario Loaded, IReadOnlyList<string> Sentences);
