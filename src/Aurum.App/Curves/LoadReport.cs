using System.Text.Json;
using System.Text.Json.Serialization;
using Aurum.Quality.Gates;
using Aurum.Store.Curves;
using NodaTime;

namespace Aurum.App.Curves;

/// <summary>What came of loading a workbook.</summary>
/// <param name="File">Its name.</param>
/// <param name="Vendor">Vendor.</param>
/// <param name="AsofDate">As-of date.</param>
/// <param name="Branch">Branch that it was loaded to.</param>
/// <param name="Tag">Tag that it was merged under; null where it was not.</param>
/// <param name="State">landed, merged, superseded, dropped; dry-run where nothing was stored.</param>
/// <param name="Rows">Quotes in it, held-back ones included.</param>
/// <param name="New">Quotes that were not merged before.</param>
/// <param name="Changed">Quotes that differ from those merged before.</param>
/// <param name="Identical">Quotes that are merged already.</param>
/// <param name="Withdrawn">Quotes that were merged before and are not in it.</param>
/// <param name="Quarantined">Held-back quotes by reason.</param>
/// <param name="Gate">pass, fail, or unreadable.</param>
/// <param name="Checks">Checks that did not hold.</param>
/// <param name="Why">Why it does not pass; null where it does.</param>
/// <param name="Messages">What the reader said.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="LoadedAt">When; null for a dry run.</param>
internal sealed record LoadReport(
    string File, string Vendor, LocalDate AsofDate, string Branch, string? Tag, string State, long Rows, long New, long Changed,
    long Identical, long Withdrawn, IReadOnlyDictionary<string, long> Quarantined, string Gate, IReadOnlyList<CurveCheck> Checks,
    string? Why, IReadOnlyList<string> Messages, string Sha256, Instant? LoadedAt)
{
    public const string DryRun = "dry-run";

    public static LoadReport Of(LoadRecord load) => new(
        load.File, load.Vendor, load.AsOf, load.Branch, load.Tag.Length == 0 ? null : load.Tag,
        load.State.ToString().ToLowerInvariant(), load.Counts.Read, load.Counts.New, load.Counts.Changed, load.Counts.Identical,
        load.Counts.Withdrawn, JsonSerializer.Deserialize<Dictionary<string, long>>(load.Quarantined)!, load.Gate,
        CurveCheck.Read(load.GateResults), load.Why.Length == 0 ? null : load.Why,
        JsonSerializer.Deserialize<List<string>>(load.Messages)!, load.Sha256, load.At);
}

/// <summary>A check that did not hold for a workbook.</summary>
/// <param name="Suite">Suite.</param>
/// <param name="Name">Name with its columns.</param>
/// <param name="Status">Warn or Fail.</param>
/// <param name="Checked">Rows, strips or curves looked at.</param>
/// <param name="Failed">Those that did not hold.</param>
/// <param name="Examples">The first failures in words.</param>
internal sealed record CurveCheck(
    string Suite, string Name, CheckStatus Status, long Checked, long Failed, IReadOnlyList<string> Examples)
{
    private static readonly JsonSerializerOptions Forms = new() { Converters = { new JsonStringEnumConverter() } };

    public static IReadOnlyList<CurveCheck> Of(JudgedBook judged) =>
    [
        .. from report in judged.Reports
        from result in report.Results
        where !result.Success
        select new CurveCheck(report.Suite, result.Name, result.Status, result.Checked, result.Failed, result.Examples),
    ];

    /// <summary>Whether a person means this check: by name, by name without columns, or with its suite before it.</summary>
    public bool IsNamed(string text) => text == Name || text == $"{Suite}/{Name}" || text == Name.Split('(')[0];

    public static string Write(IReadOnlyList<CurveCheck> checks) => JsonSerializer.Serialize(checks, Forms);

    public static IReadOnlyList<CurveCheck> Read(string json) => JsonSerializer.Deserialize<List<CurveCheck>>(json, Forms)!;

    public override string ToString() =>
        $"{Suite}/{Name} failed for {Failed} of {Checked}{(Examples.Count > 0 ? ": " + Examples[0] : "")}";
}

/// <summary>A branch, and what is loaded to it.</summary>
/// <param name="Branch">Name.</param>
/// <param name="AsofDate">As-of date.</param>
/// <param name="State">open, merged or dropped.</param>
/// <param name="Tag">What it was merged under; null before.</param>
/// <param name="Why">Why it is kept open, or was merged or dropped; null where nothing is to be said.</param>
/// <param name="OpenedAt">When its first workbook came.</param>
/// <param name="MergedAt">When it was merged; null before.</param>
/// <param name="Loads">Workbooks of it.</param>
internal sealed record BranchReport(
    string Branch, LocalDate AsofDate, string State, string? Tag, string? Why, Instant OpenedAt, Instant? MergedAt,
    IReadOnlyList<LoadReport> Loads)
{
    public static BranchReport Of(BranchRecord branch, IEnumerable<LoadRecord> loads) => new(
        branch.Branch, branch.AsOf, branch.State.ToString().ToLowerInvariant(), branch.Tag.Length == 0 ? null : branch.Tag,
        branch.Why.Length == 0 ? null : branch.Why, branch.OpenedAt, branch.MergedAt, [.. loads.Select(LoadReport.Of)]);
}

/// <summary>A curve command that can't be done as it was asked for. The message says why.</summary>
public sealed class CurveRefusedException(string message) : Exception(message);
