using Aurum.Curves.Manifests;
using Aurum.Curves.Scenarios;

namespace Aurum.App.Scenarios.Computing;

/// <summary>A scenario with all that it needs of the store.</summary>
/// <param name="Drivers">In the order in which they act.</param>
/// <param name="Inputs">What the engine works on.</param>
/// <param name="Curves">Pins of all curves, moved ones first.</param>
/// <param name="Series">Pins of histories and rates.</param>
internal sealed record LoadedScenario(
    IReadOnlyList<Driver> Drivers, ScenarioInputs Inputs, IReadOnlyList<CurvePin> Curves, IReadOnlyList<SeriesPin> Series)
{
    private const long BytesPerPart = 128;
    private const long BytesPerHour = 64;
    private const long Fixed = 32L << 20;

    /// <summary>What computing it takes, MiB: an estimate from above, made before anything is computed. Months and strips with their
    /// parts, the ensemble's paths, and hours of history.</summary>
    public long EstimateMiB
    {
        get
        {
            var points = Inputs.Curves.Sum(static c => (long)c.Months.Count + c.Strips.Count);
            var longest = Inputs.Curves.Max(static c => (long)c.Months.Count + c.Strips.Count);
            var isEnsemble = Drivers.Any(static d => d.Type is "stochastic" or "composite" or "conditional");
            var paths = isEnsemble ? (long)Inputs.Paths * longest * sizeof(double) * (Inputs.Threads + 1) : 0;
            var history = Series.Sum(static s => (long)s.Hours) * BytesPerHour;
            return (Fixed + (points * (Drivers.Count + 4) * BytesPerPart) + paths + history) >> 20;
        }
    }
}
