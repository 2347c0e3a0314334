using Aurum.Curves.Scenarios;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Api.Scenarios;

/// <summary>A curve and tenor in two scenarios. <c>value_a</c> plus all parts is <c>value_b</c>.</summary>
/// <param name="CurveKey">Key of the curve.</param>
/// <param name="CurveName">Its name.</param>
/// <param name="TenorType">MONTHLY, QUARTER, SEASON, CALENDAR.</param>
/// <param name="ContractMonth">First day of delivery.</param>
/// <param name="TenorLabel">Period of delivery.</param>
/// <param name="Metric">mid, ensemble_median.</param>
/// <param name="Unit">Unit of the prices.</param>
/// <param name="AsofA">As-of date of the first.</param>
/// <param name="AsofB">As-of date of the second.</param>
/// <param name="ValueA">Price in the first.</param>
/// <param name="ValueB">Price in the second.</param>
/// <param name="DiffAbs">Second less first.</param>
/// <param name="DiffPct">That as a fraction of the first; null where it is zero.</param>
/// <param name="Attribution">What makes the difference: base, where the curves themselves differ, then each driver.</param>
internal sealed record DiffShape(
    string CurveKey, string CurveName, string TenorType, LocalDate ContractMonth, string TenorLabel, string Metric, string Unit,
    LocalDate AsofA, LocalDate AsofB, double ValueA, double ValueB, double DiffAbs, double? DiffPct, IReadOnlyList<PartShape> Attribution)
{
    private const int ShareDecimals = 6;

    /// <summary>What both have, in the order of the first.</summary>
    public static IEnumerable<DiffShape> Of(IReadOnlyList<OutputRecord> a, IReadOnlyList<OutputRecord> b)
    {
        static (string, string, string, string, string) Key(OutputRecord o) => (o.CurveKey, o.TenorType, o.TenorLabel, o.Metric, o.Unit);
        var others = b.ToDictionary(Key);
        foreach (var one in a)
        {
            if (others.TryGetValue(Key(one), out var other))
            {
                yield return Of(one, other);
            }
        }
    }

    /// <summary>Outputs have six decimals: as decimals they are exact, and so are the parts of their difference.</summary>
    private static DiffShape Of(OutputRecord a, OutputRecord b)
    {
        static IEnumerable<AttributionPart> PartsOf(OutputRecord output) =>
            PartShape.Of(output.Attribution).Select(static p => new AttributionPart(p.Component, (decimal)p.Delta));
        var parts = ScenarioDiff.Parts((decimal)a.Base, PartsOf(a), (decimal)b.Base, PartsOf(b));
        var difference = (decimal)b.Value - (decimal)a.Value;
        return new DiffShape(
            a.CurveKey, a.CurveName, a.TenorType, a.ContractMonth, a.TenorLabel, a.Metric, a.Unit, a.AsOf, b.AsOf, a.Value, b.Value,
            (double)difference, a.Value == 0 ? null : Math.Round((double)difference / a.Value, ShareDecimals),
            [.. parts.Select(static p => new PartShape(p.Component, (double)p.Delta))]);
    }
}
