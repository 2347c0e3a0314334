using System.Globalization;
using System.Text.Json;
using Aurum.App.Scenarios.Reading;
using Aurum.Curves.Documents;
using Aurum.Curves.Manifests;
using Aurum.Store;
using Aurum.Store.Curves;
using Aurum.Store.Models;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Scenarios.Requests;

/// <summary>Finds the run that a request is of, or orders it. A request that comes twice is one run.</summary>
/// <param name="store">Store.</param>
/// <param name="queueLength">Runs that may wait.</param>
internal sealed class RequestIntake(AurumStore store, int queueLength)
{
    private readonly RunDrafts _drafts = new(store.Read);

    /// <returns>The run; null where too many wait, and the request comes later.</returns>
    /// <exception cref="RequestRefusedException">The request can never be worked on.</exception>
    public RunRecord? Take(RunRequest request, RequestMessage message, Instant now)
    {
        CheckBranch(request);
        var run = request.RunId is { } id ? Find(request, id) : Order(request, message, now);
        return run is { State: RunState.Failed or RunState.Timeout or RunState.Cancelled } && message.IsRedrive
            ? Again(run, now)
            : run;
    }

    private RunRecord Find(RunRequest request, string id)
    {
        var run = store.Runs.Find(request.Tenant, id)
            ?? throw new RequestRefusedException("run", $"metadata.run_id: expected a run of tenant '{request.Tenant}', found '{id}'");
        if (run.ScenarioId != request.ScenarioId)
        {
            throw new RequestRefusedException(
                "run", $"scenario_id: expected {run.ScenarioId}, which run {id} is of, found '{request.ScenarioId}'");
        }

        var version = VersionOf(request);
        if (version is not null && version != run.ScenarioVersion)
        {
            throw new RequestRefusedException(
                "version", Invariant($"metadata.scenario_version: expected {run.ScenarioVersion}, which run {id} is of, found {version}"));
        }

        return !request.Metadata.TryGetValue("input_hash", out var hash) || hash == run.InputHash
            ? run
            : throw new RequestRefusedException("run", $"metadata.input_hash: expected {run.InputHash} of run {id}, found '{hash}'");
    }

    private RunRecord? Order(RunRequest request, RequestMessage message, Instant now)
    {
        var scenario = ScenarioOf(request);
        CheckAssumptions(request, scenario);
        if (request.Abilities.Count > 0)
        {
            throw new RequestRefusedException(
                "requirements", $"worker_requirements: expected no abilities, found {string.Join(", ", request.Abilities)}");
        }

        try
        {
            var choices = RunChoices.Read(request.ToChoices(request.IdempotencyKey is { Length: > 0 } named ? named : KeyOf(message)));
            var known = store.Runs.FindKey(request.Tenant, choices.IdempotencyKey!);
            var draft = _drafts.Of(scenario, choices, known is null ? null : KnownAtOf(known));
            var (order, run) = store.Runs.Submit(draft, queueLength, now);
            return order switch
            {
                RunOrder.QueueFull => null,
                RunOrder.KeyOfAnother => throw new RequestRefusedException(
                    "key", $"idempotency_key: expected a key that names no other order, found '{choices.IdempotencyKey}', which is run "
                    + $"{run.Id} of scenario {run.ScenarioId}"),
                _ => run,
            };
        }
        catch (DocumentException wrong)
        {
            throw new RequestRefusedException("invalid", wrong.Message);
        }
    }

    /// <summary>A run ends once: somebody who wants it again has another one of the same input.</summary>
    private RunRecord? Again(RunRecord run, Instant now)
    {
        var (order, again) = store.Runs.Submit(
            run with
            {
                IdempotencyKey = null, RetryCount = 0, NotBefore = null, Error = null, StartedAt = null, CompletedAt = null,
            },
            queueLength,
            now);
        return order == RunOrder.QueueFull ? null : again;
    }

    private ScenarioRecord ScenarioOf(RunRequest request)
    {
        var newest = store.Scenarios.Find(request.Tenant, request.ScenarioId)
            ?? throw new RequestRefusedException(
                "scenario", $"scenario_id: expected a scenario of tenant '{request.Tenant}', found '{request.ScenarioId}'");
        if (newest.Status == ScenarioStatus.Archived)
        {
            throw new RequestRefusedException(
                "scenario", $"scenario_id: expected a scenario that is not archived, found '{request.ScenarioId}'");
        }

        var version = VersionOf(request);
        return version is null || version == newest.Version
            ? newest
            : store.Scenarios.Find(request.Tenant, request.ScenarioId, version.Value)
                ?? throw new RequestRefusedException(
                    "version", Invariant($"metadata.scenario_version: expected 1 to {newest.Version}, found {version}"));
    }

    /// <summary>Scenarios see curves that are merged; those of a branch are nobody's yet.</summary>
    private void CheckBranch(RunRequest request)
    {
        if (request.Metadata.TryGetValue("curve_branch", out var branch) && branch is not ("" or "main")
            && store.Branches.Branches().LastOrDefault(b => b.Branch == branch) is not { State: BranchState.Merged })
        {
            throw new RequestRefusedException(
                "branch", $"metadata.curve_branch: expected main or a branch that is merged, found '{branch}'");
        }
    }

    /// <summary>What a scenario assumes stands in its versions, where everybody sees it: a message does not change it.</summary>
    private static void CheckAssumptions(RunRequest request, ScenarioRecord scenario)
    {
        if (request.Assumptions.Count == 0)
        {
            return;
        }

        using var drivers = JsonDocument.Parse(scenario.Assumptions);
        var expected = drivers.RootElement.EnumerateArray().Select(static d => (
            d.TryGetProperty("driver_type", out var type) ? type.GetString() ?? "" : "",
            d.TryGetProperty("payload", out var payload) ? CanonicalJson.Of(payload) : "{}"));
        if (!expected.SequenceEqual(request.Assumptions.Select(static a => (a.Type, Canonical(a.Payload)))))
        {
            throw new RequestRefusedException(
                "assumptions",
                Invariant($"assumptions: expected none, or those of version {scenario.Version} of the scenario, found others"));
        }
    }

    private static string Canonical(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return CanonicalJson.Of(document.RootElement);
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static int? VersionOf(RunRequest request) => request.WholeOf("scenario_version") switch
    {
        null => null,
        <= int.MaxValue and var version => (int)version,
        _ => throw new RequestRefusedException("version", "metadata.scenario_version: expected a version, found a larger number"),
    };

    /// <summary>Names an order that has no name: the same message is the same order, whenever it is read.</summary>
    private static string KeyOf(RequestMessage message) => message.Headers.GetValueOrDefault(RequestTopics.Source) is { Length: > 0 } first
        ? $"kafka/{Plain(first)}"
        : $"kafka/{Plain(message.Name)}";

    private static string Plain(string name) => name.Replace('[', '/').Replace("]@", "/", StringComparison.Ordinal);

    /// <summary>What the store knew when an order was taken first, so that the same order later is found to be the same.</summary>
    private static Instant? KnownAtOf(RunRecord run)
    {
        using var inputs = JsonDocument.Parse(run.Inputs);
        return inputs.RootElement.TryGetProperty("known_at", out var text)
            && InstantPattern.ExtendedIso.Parse(text.GetString() ?? "") is { Success: true } known ? known.Value : null;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
