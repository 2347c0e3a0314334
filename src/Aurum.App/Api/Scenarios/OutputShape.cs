using System.Text.Json;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Api.Scenarios;

/// <summary>A number that a run came to.</summary>
/// <param name="ScenarioId">Scenario.</param>
/// <param name="RunId">Run.</param>
/// <param name="AsofDate">As-of date of the curve's quotes.</param>
/// <param name="CurveKey">Key of the curve.</param>
/// <param name="CurveName">Its name.</param>
/// <param name="TenorType">MONTHLY, QUARTER, SEASON, CALENDAR.</param>
/// <param name="ContractMonth">First day of delivery.</param>
/// <param name="TenorLabel">Period of delivery.</param>
/// <param name="Metric">mid, ensemble_median.</param>
/// <param name="Unit">Unit of the prices.</param>
/// <param name="Base">Price of the curve as it was.</param>
/// <param name="Value">Price under the scenario.</param>
/// <param name="BandLower">Lower end of the band.</param>
/// <param name="BandUpper">Upper end of the band.</param>
/// <param name="Attribution">What each driver moved: base plus all deltas is the value.</param>
/// <param name="VersionHash">Hash of input, curve, tenor, metric and value.</param>
/// <param name="ComputedTs">When the run succeeded.</param>
internal sealed record OutputShape(
    string ScenarioId, string RunId, LocalDate AsofDate, string CurveKey, string CurveName, string TenorType, LocalDate ContractMonth,
    string TenorLabel, string Metric, string Unit, double Base, double Value, double BandLower, double BandUpper,
    IReadOnlyList<PartShape> Attribution, string VersionHash, Instant ComputedTs)
{
    public static OutputShape Of(OutputRecord output, RunRecord run) => new(
        run.ScenarioId, run.Id, output.AsOf, output.CurveKey, output.CurveName, output.TenorType, output.ContractMonth,
        output.TenorLabel, output.Metric, output.Unit, output.Base, output.Value, output.BandLower, output.BandUpper,
        PartShape.Of(output.Attribution), output.VersionHash, run.CompletedAt!.Value);
}

/// <summary>What a driver moved.</summary>
/// <param name="Component">Name of the driver.</param>
/// <param name="Delta">In the unit of the price.</param>
internal sealed record PartShape(string Component, double Delta)
{
    /// <summary>Reads what is stored.</summary>
    public static IReadOnlyList<PartShape> Of(string attribution)
    {
        using var document = JsonDocument.Parse(attribution);
        return
        [
            .. document.RootElement.EnumerateArray().Select(static p => new PartShape(
                p.GetProperty("component").GetString() ?? "", p.GetProperty("delta").GetDouble())),
        ];
    }
}

/// <summary>The newest number of a curve and metric: that of its first month of delivery.</summary>
/// <param name="ScenarioId">Scenario.</param>
/// <param name="RunId">The newest run with outputs.</param>
/// <param name="MetricName">Metric.</param>
/// <param name="CurveKey">Key of the curve.</param>
/// <param name="CurveName">Its name.</param>
/// <param name="TenorLabel">Period of delivery.</param>
/// <param name="AsofDate">As-of date of the curve's quotes.</param>
/// <param name="Value">Price under the scenario.</param>
/// <param name="BandLower">Lower end of the band.</param>
/// <param name="BandUpper">Upper end of the band.</param>
/// <param name="Unit">Unit of the prices.</param>
/// <param name="Timestamp">When the run succeeded.</param>
/// <param name="Trend">up, down or flat against the curve as it was.</param>
/// <param name="ChangePercent">Against the curve as it was, percent; null where that is zero.</param>
internal sealed record MetricShape(
    string ScenarioId, string RunId, string MetricName, string CurveKey, string CurveName, string TenorLabel, LocalDate AsofDate,
    double Value, double BandLower, double BandUpper, string Unit, Instant Timestamp, string Trend, double? ChangePercent)
{
    public static MetricShape Of(OutputRecord output, RunRecord run) => new(
        run.ScenarioId, run.Id, output.Metric, output.CurveKey, output.CurveName, output.TenorLabel, output.AsOf, output.Value,
        output.BandLower, output.BandUpper, output.Unit, run.CompletedAt!.Value,
        output.Value > output.Base ? "up" : output.Value < output.Base ? "down" : "flat",
        output.Base == 0 ? null : Math.Round((output.Value - output.Base) / Math.Abs(output.Base) * 100, 6));
}
