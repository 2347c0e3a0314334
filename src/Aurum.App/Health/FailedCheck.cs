using System.Text.Json;
using System.Text.Json.Serialization;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.App.Health;

/// <summary>An expectation that did not hold for a batch.</summary>
/// <param name="Name">Name with its columns.</param>
/// <param name="Severity">What its failure does.</param>
/// <param name="Status">Warn or Fail.</param>
/// <param name="Checked">Rows or places looked at.</param>
/// <param name="Failed">Those that did not hold.</param>
/// <param name="Example">The first failure; null where none is told.</param>
internal sealed record FailedCheck(string Name, Severity Severity, CheckStatus Status, long Checked, long Failed, string? Example)
{
    private static readonly JsonSerializerOptions Forms = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>A report as the store keeps it.</summary>
    public static GateRecord RecordOf(GateReport report) => new(
        report.Suite, report.Overall.ToString(), report.Rows, report.Quarantined,
        JsonSerializer.Serialize(report.Results.Where(r => !r.Success).Select(Of), Forms));

    /// <summary>The checks of a stored report.</summary>
    public static IReadOnlyList<FailedCheck> Read(GateRecord record) =>
        JsonSerializer.Deserialize<List<FailedCheck>>(record.Failed, Forms) ?? [];

    private static FailedCheck Of(ExpectationResult result) =>
        new(result.Name, result.Severity, result.Status, result.Checked, result.Failed, result.Examples is [var first, ..] ? first : null);
}

/// <summary>A batch that the gate judged.</summary>
/// <param name="Day">Operating day.</param>
/// <param name="Outcome">Pass, PassWithQuarantine or BatchFailed.</param>
/// <param name="Rows">Rows checked.</param>
/// <param name="RowsQuarantined">Rows of them held back.</param>
/// <param name="FailedChecks">Expectations that did not hold.</param>
/// <param name="KnownAt">When the rows came.</param>
internal sealed record JudgedBatch(
    LocalDate Day, string Outcome, long Rows, long RowsQuarantined, IReadOnlyList<FailedCheck> FailedChecks, Instant KnownAt)
{
    public static JudgedBatch Of(GateResult result) => new(
        result.Day, result.Record.Overall, result.Record.Rows, result.Record.Quarantined, FailedCheck.Read(result.Record),
        result.KnownAt);
}
