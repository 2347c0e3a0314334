using Aurum.Curves.Documents;

namespace Aurum.Curves.Scenarios.Running;

/// <summary>What a run may be asked for.</summary>
internal static class InputLimits
{
    /// <summary>Most prices that an ensemble of one curve keeps, months x paths: 160 MB.</summary>
    private const long MaxPathPrices = 20_000_000;

    private const int MaxThreads = 64;

    /// <exception cref="DocumentException">More curves, months or paths than a run takes, or a price that is no number.</exception>
    /// <exception cref="ArgumentException">Drivers of one name, curves of one key, strips of one label, or too many threads.</exception>
    public static void Check(IReadOnlyList<Driver> drivers, ScenarioInputs inputs)
    {
        RefuseUnless(
            inputs.Curves.Count is >= 1 and <= ScenarioInputs.MaxCurves, "$.curves", $"1 to {ScenarioInputs.MaxCurves} curves",
            $"{inputs.Curves.Count}");
        RefuseUnless(
            inputs.Paths is >= 1 and <= ScenarioInputs.MaxPaths, "$.parameters.paths", $"1 to {ScenarioInputs.MaxPaths} paths",
            $"{inputs.Paths}");
        RefuseUnless(
            drivers.Count <= DriverReader.MaxDrivers, "$.assumptions", $"at most {DriverReader.MaxDrivers} drivers",
            $"{drivers.Count}");
        if (inputs.Threads is < 1 or > MaxThreads)
        {
            throw new ArgumentException($"expected 1 to {MaxThreads} threads, found {inputs.Threads}", nameof(inputs));
        }

        RefuseTwice(drivers.Select(static d => d.Name), "drivers");
        RefuseTwice(inputs.Curves.Select(static c => c.CurveKey), "curves");
        foreach (var curve in inputs.Curves)
        {
            Check(curve);
        }
    }

    /// <exception cref="DocumentException">The ensemble would keep more prices than a run takes.</exception>
    public static void CheckPaths(RunPlan plan, ScenarioInputs inputs)
    {
        var months = inputs.Curves.Max(static c => c.Months.Count);
        RefuseUnless(
            (long)plan.Paths * months <= MaxPathPrices, "$.parameters.paths",
            $"at most {MaxPathPrices / Math.Max(1, months)} paths for {months} months", $"{plan.Paths}");
    }

    private static void Check(ScenarioCurve curve)
    {
        RefuseTwice(curve.Strips.Select(static s => s.Label), "strips");
        RefuseUnless(curve.Months.Count is >= 1 and <= ScenarioInputs.MaxMonths, "$.curves",
            $"1 to {ScenarioInputs.MaxMonths} months of {curve.Name}", $"{curve.Months.Count}");
        for (var i = 0; i < curve.Months.Count; i++)
        {
            var (month, hours, price) = curve.Months[i];
            RefuseUnless(
                hours > 0 && Math.Abs(price) <= Micros.MaxPrice, "$.curves",
                FormattableString.Invariant($"hours, and a price of at most {Micros.MaxPrice:0}, for {month:uuuu-MM} of {curve.Name}"),
                FormattableString.Invariant($"{hours} hours, {price}"));
            if (i > 0 && month.CompareTo(curve.Months[i - 1].Month) <= 0)
            {
                throw new ArgumentException(
                    $"expected months of {curve.Name} in order, found {month:uuuu-MM} after another", nameof(curve));
            }
        }
    }

    private static void RefuseTwice(IEnumerable<string> names, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                throw new ArgumentException($"expected {what} once each, found {name} twice");
            }
        }
    }

    private static void RefuseUnless(bool isAllowed, string path, string expected, string found)
    {
        if (!isAllowed)
        {
            throw new DocumentException([new DocumentError(path, expected, found)]);
        }
    }
}
