using NodaTime;

namespace Aurum.Store.Models;

/// <summary>A number that a run came to: one curve, one tenor, one metric.</summary>
/// <param name="CurveKey">Key of the curve.</param>
/// <param name="CurveName">Its name, for people.</param>
/// <param name="AsOf">As-of date of its quotes.</param>
/// <param name="TenorType">MONTHLY, QUARTER, SEASON, CALENDAR.</param>
/// <param name="ContractMonth">First day of delivery.</param>
/// <param name="TenorLabel">The period's name.</param>
/// <param name="Metric">mid, or ensemble_median.</param>
/// <param name="Unit">Unit of all numbers; empty where the vendor does not say it.</param>
/// <param name="Base">Price of the curve as it was.</param>
/// <param name="Value">Price under the scenario.</param>
/// <param name="BandLower">Lower end of the band.</param>
/// <param name="BandUpper">Upper end of the band.</param>
/// <param name="Attribution">JSON list of components and deltas; base plus all deltas is the value.</param>
/// <param name="VersionHash">16 hexadecimal digits of a hash of run input, curve, tenor, metric and value.</param>
public sealed record OutputRecord(
    string CurveKey,
    string CurveName,
    LocalDate AsOf,
    string TenorType,
    LocalDate ContractMonth,
    string TenorLabel,
    string Metric,
    string Unit,
    double Base,
    double Value,
    double BandLower,
    double BandUpper,
    string Attribution,
    string VersionHash)
{
    /// <summary>Its place among the run's outputs, from 0.</summary>
    public int Ordinal { get; init; }
}

/// <summary>All that a run came to.</summary>
/// <param name="Rows">In their order.</param>
/// <param name="Sha256">Over all rows; the same for the same inputs.</param>
/// <param name="Manifest">What they hang on, JSON.</param>
/// <param name="Explanation">What was assumed and done, a sentence each.</param>
public sealed record RunOutputs(
    IReadOnlyList<OutputRecord> Rows, string Sha256, string Manifest, IReadOnlyList<string> Explanation);

/// <summary>Which outputs of a run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Limit">At most.</param>
public sealed record OutputQuery(string RunId, int Limit)
{
    public string? Metric { get; init; }

    public string? TenorType { get; init; }

    public string? CurveKey { get; init; }

    /// <summary>Ordinal of the last one of the page before.</summary>
    public int After { get; init; } = -1;
}
