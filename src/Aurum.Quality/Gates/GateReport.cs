using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Gates;

/// <summary>What the gate decided about a batch.</summary>
public enum GateOutcome
{
    /// <summary>Every row may be stored.</summary>
    Pass,

    /// <summary>Some rows are quarantined, all others may be stored.</summary>
    PassWithQuarantine,

    /// <summary>Nothing of the batch may be stored.</summary>
    BatchFailed,
}

/// <summary>What came of one expectation.</summary>
public enum CheckStatus
{
    Pass,

    /// <summary>It did not hold, and the batch goes on: rows were quarantined, or its severity is warn.</summary>
    Warn,

    /// <summary>It did not hold, and stops the batch.</summary>
    Fail,

    /// <summary>The expectation says nothing about this batch; <see cref="ExpectationResult.Details"/> tells why.</summary>
    NotApplicable,
}

/// <summary>The result of one expectation over a whole batch.</summary>
/// <param name="Name">Expectation and its columns, unique within the suite:
/// <c>expect_column_values_to_be_between(lmp)</c>.</param>
/// <param name="Type">Name in the vocabulary.</param>
/// <param name="Severity">What a failure does.</param>
/// <param name="Status">Whether it held, and whether the batch may go on.</param>
/// <param name="Checked">Rows, or places for expectations about places, that were looked at; unknown values are not.</param>
/// <param name="Failed">Those of them that did not hold.</param>
/// <param name="Mostly">The share that must pass; null where single rows may fail without end.</param>
/// <param name="Examples">The first failures in words, at most <see cref="MaxExamples"/>.</param>
/// <param name="Details">Why it did not apply, or what was observed; may be empty.</param>
public sealed record ExpectationResult(
    string Name,
    string Type,
    Severity Severity,
    CheckStatus Status,
    long Checked,
    long Failed,
    double? Mostly,
    IReadOnlyList<string> Examples,
    string Details)
{
    public const int MaxExamples = 5;

    /// <summary>Share that passed, 0 to 1; null where nothing was looked at.</summary>
    public double? ObservedFraction => Checked == 0 ? null : (double)(Checked - Failed) / Checked;

    public bool Success => Status is CheckStatus.Pass or CheckStatus.NotApplicable;
}

/// <summary>What the gate found in a batch: one result an expectation, and the verdict.</summary>
/// <param name="Suite">Name of the suite.</param>
/// <param name="Feed">Feed that the rows came from.</param>
/// <param name="Day">Operating day, where the batch had one.</param>
/// <param name="Rows">Rows checked.</param>
/// <param name="Quarantined">Rows of them that failed an expectation of severity row.</param>
/// <param name="Results">In the order of the suite.</param>
/// <param name="Notes">Things worth telling a person: places seen for the first time.</param>
public sealed record GateReport(
    string Suite,
    FeedId Feed,
    OperatingDay? Day,
    long Rows,
    long Quarantined,
    IReadOnlyList<ExpectationResult> Results,
    IReadOnlyList<string> Notes)
{
    public long Accepted => Rows - Quarantined;

    public GateOutcome Overall =>
        Results.Any(static r => r.Status == CheckStatus.Fail) ? GateOutcome.BatchFailed
        : Quarantined > 0 ? GateOutcome.PassWithQuarantine
        : GateOutcome.Pass;

    /// <summary>Why the batch was stopped, in one line; empty where it was not.</summary>
    public string Why => string.Join("; ", Results.Where(static r => r.Status == CheckStatus.Fail).Select(Line));

    private static string Line(ExpectationResult result) =>
        $"{result.Name} failed for {result.Failed} of {result.Checked}"
        + (result.Examples.Count == 0 ? "" : $", first: {result.Examples[0]}");
}
