namespace Aurum.Curves.Scenarios;

/// <summary>What one scenario has that another has not, by curve and tenor.</summary>
public sealed record ScenarioDiff
{
    /// <summary>The part that curves themselves differ by.</summary>
    public const string PartOfBase = "base";

    /// <summary>Curves that both have, in the order of the first.</summary>
    public required IReadOnlyList<CurveDiff> Curves { get; init; }

    /// <summary>Names of curves that only one of both has.</summary>
    public required IReadOnlyList<string> Unmatched { get; init; }

    /// <summary>Sets two results side by side.</summary>
    public static ScenarioDiff Of(ScenarioResult a, ScenarioResult b)
    {
        var others = b.Curves.ToDictionary(static c => c.Curve.CurveKey);
        var shared = a.Curves.Where(c => others.ContainsKey(c.Curve.CurveKey)).Select(static c => c.Curve.CurveKey).ToHashSet();
        return new ScenarioDiff
        {
            Curves = [.. a.Curves.Where(c => shared.Contains(c.Curve.CurveKey)).Select(c => Of(c, others[c.Curve.CurveKey]))],
            Unmatched =
            [
                .. a.Curves.Concat(b.Curves).Where(c => !shared.Contains(c.Curve.CurveKey)).Select(static c => c.Curve.Name),
            ],
        };
    }

    private static CurveDiff Of(CurveScenario a, CurveScenario b)
    {
        var others = b.Points.ToDictionary(static p => p.Tenor.Label);
        var points = a.Points.Where(p => others.ContainsKey(p.Tenor.Label)).Select(p => Of(p, others[p.Tenor.Label]));
        return new CurveDiff(a.Curve.CurveKey, a.Curve.Name, [.. points]);
    }

    /// <summary>What makes the difference of two prices, each of which is its base plus its parts: the bases first, then each component,
    /// in the order of the first price and then of the second. What is zero is left out.</summary>
    public static IReadOnlyList<AttributionPart> Parts(
        decimal baseA, IEnumerable<AttributionPart> a, decimal baseB, IEnumerable<AttributionPart> b)
    {
        var parts = new List<AttributionPart> { new(PartOfBase, baseB - baseA) };
        foreach (var (component, delta) in a.Select(static p => p with { Delta = -p.Delta }).Concat(b))
        {
            var at = parts.FindIndex(p => p.Component == component);
            if (at < 0)
            {
                parts.Add(new AttributionPart(component, delta));
            }
            else
            {
                parts[at] = parts[at] with { Delta = parts[at].Delta + delta };
            }
        }

        return [.. parts.Where(static p => p.Delta != 0)];
    }

    private static PointDiff Of(ScenarioPoint a, ScenarioPoint b) =>
        new(a.Tenor.Label, a.Value, b.Value, Parts(a.Base, a.Attribution, b.Base, b.Attribution));
}

/// <summary>A curve in two scenarios.</summary>
/// <param name="CurveKey">Its key.</param>
/// <param name="Name">Its name in the first.</param>
/// <param name="Points">Months and strips that both have.</param>
public sealed record CurveDiff(string CurveKey, string Name, IReadOnlyList<PointDiff> Points);

/// <summary>A month or strip in two scenarios: <c>A + sum of Parts == B</c> to the last of six decimals.</summary>
/// <param name="TenorLabel">Its name.</param>
/// <param name="A">Value in the first.</param>
/// <param name="B">Value in the second.</param>
/// <param name="Parts">Difference of each driver's delta, with <c>base</c> in front where the curves themselves differ;
/// what is zero is left out.</param>
public sealed record PointDiff(string TenorLabel, decimal A, decimal B, IReadOnlyList<AttributionPart> Parts)
{
    public decimal Difference => B - A;
}
