using Aurum.Curves.Documents;

namespace Aurum.Curves.Scenarios;

/// <summary>Moves forward curves by drivers. Pure: the same drivers and inputs give the same result, bit for bit.</summary>
public static class ScenarioEngine
{
    /// <summary>The references that drivers name, each with the place that names it; inputs must have a curve for every one.</summary>
    public static IReadOnlyList<ReferenceNeed> ReferencesOf(IReadOnlyList<Driver> drivers) =>
        [.. drivers.SelectMany(static d => d.References).DistinctBy(static r => r.Name)];

    /// <summary>Runs a scenario.</summary>
    /// <param name="drivers">In the order in which they act; none gives the curves as they are.</param>
    /// <param name="inputs">All that the result hangs on.</param>
    /// <param name="progress">Share of the work that is done, 0 to 1.</param>
    /// <exception cref="DocumentException">Drivers and inputs do not go together: a reference that is not there, a unit that cannot be
    /// converted, a driver in megawatts with nothing that says what a megawatt moves, a price that is no number.</exception>
    public static ScenarioResult Run(
        IReadOnlyList<Driver> drivers, ScenarioInputs inputs, IProgress<double>? progress, CancellationToken cancel) =>
        throw new NotSupportedException();
}
