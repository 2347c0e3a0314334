using System.Text.Json;
using Aurum.App.Scenarios;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Api.Scenarios;

/// <summary>A run of a scenario.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="ScenarioId">Scenario.</param>
/// <param name="ScenarioVersion">The version that is run.</param>
/// <param name="TenantId">Whose.</param>
/// <param name="Status">queued, running, succeeded, failed, cancelled, timeout.</param>
/// <param name="Priority">low, normal, high, critical.</param>
/// <param name="RunKey">Scenario and input hash; the same order has the same.</param>
/// <param name="InputHash">SHA-256 of all that was asked.</param>
/// <param name="StartedAt">When its last attempt began.</param>
/// <param name="CompletedAt">When it came to its end.</param>
/// <param name="DurationSeconds">Time of its last attempt.</param>
/// <param name="ErrorMessage">Why it ended without outputs, or is tried again.</param>
/// <param name="RetryCount">Attempts that failed or ended with their process.</param>
/// <param name="MaxRetries">Retries that were asked for.</param>
/// <param name="ProgressPercent">How far it is; null where that is not known.</param>
/// <param name="Parameters">Members that took the place of the scenario's parameters.</param>
/// <param name="Environment">What the caller wanted noted.</param>
/// <param name="CreatedAt">When it was ordered.</param>
/// <param name="QueuedAt">When it was queued last.</param>
/// <param name="CancelledAt">When it was cancelled.</param>
/// <param name="OutputRows">Rows of output.</param>
/// <param name="OutputHash">SHA-256 of the outputs: the same for the same manifest.</param>
/// <param name="Explanation">What was assumed and done, a sentence each.</param>
internal sealed record RunShape(
    string Id, string ScenarioId, int ScenarioVersion, string TenantId, string Status, string Priority, string RunKey, string InputHash,
    Instant? StartedAt, Instant? CompletedAt, double? DurationSeconds, string? ErrorMessage, int RetryCount, int MaxRetries,
    double? ProgressPercent, JsonElement Parameters, JsonElement Environment, Instant CreatedAt, Instant QueuedAt, Instant? CancelledAt,
    int OutputRows, string? OutputHash, IReadOnlyList<string> Explanation)
{
    public static RunShape Of(RunRecord run, ScenarioDesk? desk)
    {
        var options = ScenarioShape.Element(run.Options);
        JsonElement Member(string name) => options.TryGetProperty(name, out var value) ? value : ScenarioShape.Element("{}");
        return new RunShape(
            run.Id, run.ScenarioId, run.ScenarioVersion, run.Tenant, run.State.Word(), run.Priority.Word(), run.RunKey, run.InputHash,
            run.StartedAt, run.CompletedAt, run.State.IsFinal() ? (run.CompletedAt - run.StartedAt)?.TotalSeconds : null, run.Error,
            run.RetryCount, run.MaxRetries, PercentOf(run, desk), Member("parameters"), Member("environment"), run.CreatedAt,
            run.QueuedAt, run.State == RunState.Cancelled ? run.CompletedAt : null, run.OutputRows, run.OutputHash, run.Explanation);
    }

    private static double? PercentOf(RunRecord run, ScenarioDesk? desk) => run.State switch
    {
        RunState.Succeeded => 100,
        RunState.Queued => 0,
        RunState.Running => desk?.Service.PercentOf(run.Id),
        _ => null,
    };
}

/// <summary>What became of one order of several.</summary>
/// <param name="Index">Its place among the orders, from 0.</param>
/// <param name="Outcome">queued, known (the same was ordered before), refused.</param>
/// <param name="Run">The run; null where it was refused.</param>
/// <param name="Error">Why it was refused.</param>
internal sealed record OrderShape(int Index, string Outcome, RunShape? Run, string? Error);
