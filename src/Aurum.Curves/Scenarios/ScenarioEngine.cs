using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Running;

namespace Aurum.Curves.Scenarios;

/// <summary>Moves forward curves by drivers. Pure: the same drivers and inputs give the same result, bit for bit.</summary>
/// <remarks>
/// <para>Drivers act one after the other in the order given, each on the price that the ones before have left, month by month.
/// Prices are
/// rounded to millionths before the first and after each driver, and a driver's part is the difference of these: so base and
/// parts sum to the
/// value exactly. With stochastic drivers prices are means over the paths.</para>
/// <para>A strip is the mean of its months by hours of delivery, before the first and after each driver, rounded in the same
/// way.</para>
/// </remarks>
public static class ScenarioEngine
{
    /// <summary>The references that drivers name, each with a place that names it; inputs must have a curve for every one.</summary>
    public static IReadOnlyList<ReferenceNeed> ReferencesOf(IReadOnlyList<Driver> drivers) =>
        [.. drivers.SelectMany(static d => d.References).DistinctBy(static r => (r.Name, r.Kind))];

    /// <summary>Runs a scenario.</summary>
    /// <param name="drivers">In the order in which they act; none gives the curves as they are.</param>
    /// <param name="inputs">All that the result hangs on.</param>
    /// <param name="progress">Share of the work that is done, 0 to 1.</param>
    /// <exception cref="DocumentException">Drivers and inputs do not go together: a reference that is not there, a unit that
    /// cannot be
    /// converted, a driver in megawatts with nothing that says what a megawatt moves, a price that is no number.</exception>
    /// <exception cref="ArgumentException">Drivers of one name, or inputs outside of their limits.</exception>
    public static ScenarioResult Run(
        IReadOnlyList<Driver> drivers, ScenarioInputs inputs, IProgress<double>? progress, CancellationToken cancel)
    {
        InputLimits.Check(drivers, inputs);
        var shares = new PeakShares();
        var check = new DriverCheck();
        CurveView[] views = [.. inputs.Curves.Select(c => ViewOf(c, drivers, inputs, shares, check))];
        check.ThrowIfRefused();
        var plan = new RunPlan(drivers, inputs);
        InputLimits.CheckPaths(plan, inputs);
        string[] components = [.. drivers.Select(static d => d.Name)];
        var curves = new CurveScenario[views.Length];
        for (var i = 0; i < views.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            curves[i] = new CurveRun(views[i], plan).Run(components, cancel);
            progress?.Report((i + 1.0) / views.Length);
        }

        return new ScenarioResult
        {
            Curves = curves,
            Components = components,
            Assumptions = [.. ScenarioWords.Of(drivers, inputs, plan)],
            Seed = inputs.Seed,
            Paths = plan.Paths,
        };
    }

    private static CurveView ViewOf(
        ScenarioCurve curve, IReadOnlyList<Driver> drivers, ScenarioInputs inputs, PeakShares shares, DriverCheck check)
    {
        var view = new CurveView(curve, inputs, shares);
        foreach (var driver in drivers.Where(d => d.ActsOn(view)))
        {
            foreach (var need in driver.References)
            {
                view.Find(need, check);
            }

            driver.Check(view, check);
        }

        return view;
    }
}
