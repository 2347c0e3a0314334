using Aurum.App.Api.Requests;
using Aurum.App.Configuration;
using Aurum.App.Running;
using Aurum.App.Scenarios.Computing;
using Aurum.App.Scenarios.Reading;
using Aurum.App.Scenarios.Running;
using Aurum.Curves.Documents;
using Aurum.Curves.Manifests;
using Aurum.Store;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Scenarios;

/// <summary>What a tenant can do with its scenarios and their runs. What is another tenant's is not there.</summary>
internal sealed class ScenarioDesk : IAsyncDisposable
{
    private readonly AurumStore _store;
    private readonly TimeProvider _time;
    private readonly ScenarioComputer _computer;
    private readonly RunDrafts _drafts;

    /// <param name="store">Store.</param>
    /// <param name="settings">Workers and limits.</param>
    /// <param name="time">Clock of stamps and timeouts.</param>
    /// <param name="metrics">Is told what becomes of runs.</param>
    /// <param name="tell">Is told of faults.</param>
    /// <param name="compute">Computes runs; null: the engine.</param>
    /// <param name="ended">Is told of runs that have ended: how, and why they failed; null: nobody is.</param>
    /// <param name="leaseLength">How long others that have the database wait for this process when it has died; null: as is usual.</param>
    public ScenarioDesk(
        AurumStore store, ScenarioSettings settings, TimeProvider time, AurumMetrics metrics, Action<string> tell,
        RunComputation? compute = null, Action<RunRecord, RunState, string?>? ended = null, Duration? leaseLength = null)
    {
        (_store, _time) = (store, time);
        _computer = new ScenarioComputer(store.Read, settings.Threads);
        _drafts = new RunDrafts(store.Read);
        Service = new ScenarioService(store.Runs, settings, time, metrics, compute ?? _computer.Compute)
        {
            Leases = store.Work is null ? null : new RunLeases(store.Work, Holder, leaseLength ?? LeaseKeeper.UsualLength, time),
            Requests = settings.OverKafka ? store.Requests : null,
            Holder = Holder,
            Tell = tell,
            Ended = ended ?? (static (_, _, _) => { }),
        };
    }

    /// <summary>Works on the runs.</summary>
    public ScenarioService Service { get; }

    /// <summary>Who works on runs here, for people and for other processes.</summary>
    public string Holder { get; } = $"{Environment.MachineName}/{Environment.ProcessId}";

    public ScenarioBook Scenarios => _store.Scenarios;

    public RunBook Runs => _store.Runs;

    private Instant Now => Instant.FromDateTimeOffset(_time.GetUtcNow());

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    public ScenarioRecord Create(string tenant, ScenarioDraft draft) => _store.Scenarios.Create(
        new ScenarioRecord(
            tenant, "", 0, draft.Name!, draft.Description, draft.Status ?? ScenarioStatus.Created, draft.Assumptions!, draft.Parameters!,
            draft.Tags!, default, default),
        Now);

    /// <exception cref="RequestFormatException">404: the tenant has none.</exception>
    public ScenarioRecord Find(string tenant, string id) => _store.Scenarios.Find(tenant, id) ?? throw NoScenario(id);

    /// <summary>Stores a new version with what the draft says.</summary>
    /// <exception cref="RequestFormatException">404: the tenant has none; 412: it has another version by now.</exception>
    public ScenarioRecord Change(string tenant, string id, ScenarioDraft draft, int? expected) => Update(
        tenant, id, expected, newest => newest with
        {
            Name = draft.Name ?? newest.Name,
            Description = draft.Description ?? newest.Description,
            Status = draft.Status ?? newest.Status,
            Assumptions = draft.Assumptions ?? newest.Assumptions,
            Parameters = draft.Parameters ?? newest.Parameters,
            Tags = draft.Tags ?? newest.Tags,
        });

    /// <summary>Takes a scenario away from its tenant, and ends its runs that have not come to their end.</summary>
    /// <exception cref="RequestFormatException">404: the tenant has none; 412: it has another version by now.</exception>
    public void Delete(string tenant, string id, int? expected)
    {
        Update(tenant, id, expected, static newest => newest with { Status = ScenarioStatus.Deleted });
        foreach (var state in (RunState[])[RunState.Queued, RunState.Running])
        {
            foreach (var run in _store.Runs.List(new RunQuery(tenant, int.MaxValue) { ScenarioId = id, State = state }))
            {
                Service.End(run.Id, RunState.Cancelled, "the scenario was deleted");
            }
        }
    }

    /// <summary>Orders a run; the same order twice is one run.</summary>
    /// <exception cref="RequestFormatException">404: the tenant has no such scenario; 409: it is archived, or the key names another
    /// order; 503: too many runs wait.</exception>
    /// <exception cref="DocumentException">The scenario with these parameters is wrong.</exception>
    public RunRecord Order(string tenant, string id, RunChoices choices)
    {
        var (order, run) = Service.Submit(_drafts.Of(Runnable(tenant, id), choices));
        return Refusal(order, run, choices) is { } refusal ? throw refusal : run;
    }

    /// <summary>Orders several runs in one transaction; each is taken or refused by itself.</summary>
    /// <exception cref="RequestFormatException">404: the tenant has no such scenario; 409: it is archived.</exception>
    /// <exception cref="DocumentException">The scenario with these parameters is wrong.</exception>
    public IReadOnlyList<(RunOrder Order, RunRecord Run, RequestFormatException? Refusal)> OrderAll(
        string tenant, string id, IReadOnlyList<RunChoices> choices)
    {
        var scenario = Runnable(tenant, id);
        var submitted = Service.SubmitAll([.. choices.Select(c => _drafts.Of(scenario, c))]);
        return [.. submitted.Select((s, i) => (s.Order, s.Run, Refusal(s.Order, s.Run, choices[i])))];
    }

    /// <exception cref="RequestFormatException">404: the tenant has none.</exception>
    public RunRecord FindRun(string tenant, string run, string? scenario = null) =>
        _store.Runs.Find(tenant, run) is { } found && (scenario is null || found.ScenarioId == scenario)
            ? found
            : throw new RequestFormatException("run_id", "a run of the tenant", $"'{run}'", StatusCodes.Status404NotFound);

    /// <summary>Ends a run before it comes to outputs.</summary>
    /// <exception cref="RequestFormatException">404: the tenant has none; 409: it has ended otherwise.</exception>
    public RunRecord End(string tenant, string run, RunState state, string why)
    {
        var found = FindRun(tenant, run);
        var isEnded = Service.End(found.Id, state, why);
        var now = FindRun(tenant, run);
        return isEnded || now.State == state
            ? now
            : throw new RequestFormatException(
                "state", "a run that is queued or running", now.State.Word(), StatusCodes.Status409Conflict);
    }

    /// <summary>What a scenario would do, without keeping it.</summary>
    /// <exception cref="DocumentException">It could not be run.</exception>
    public CheckedScenario Check(string tenant, ScenarioDraft draft, CancellationToken cancel)
    {
        var parameters = draft.Parameters ?? "{}";
        var scenario = new ScenarioRecord(
            tenant, "", 0, draft.Name ?? "", null, ScenarioStatus.Created, draft.Assumptions ?? "[]", parameters, [], default, default);
        return _computer.Check(_drafts.InputOf(scenario, RunChoices.Default, parameters), cancel);
    }

    /// <summary>Computes what a manifest is of once more.</summary>
    /// <exception cref="DocumentException">It cannot be computed.</exception>
    public (RunOutputs Outputs, IReadOnlyList<string> Changes) Recompute(RunManifest manifest, CancellationToken cancel) =>
        _computer.Recompute(manifest, cancel);

    private static RequestFormatException NoScenario(string id) =>
        new("scenario_id", "a scenario of the tenant", $"'{id}'", StatusCodes.Status404NotFound);

    private ScenarioRecord Update(string tenant, string id, int? expected, Func<ScenarioRecord, ScenarioRecord> change)
    {
        var (outcome, record) = _store.Scenarios.Update(tenant, id, change, expected, Now);
        return outcome switch
        {
            ScenarioChange.Unknown => throw NoScenario(id),
            ScenarioChange.OtherVersion => throw new RequestFormatException(
                "If-Match", $"the ETag of version {record!.Version}, which is there now", $"that of version {expected}",
                StatusCodes.Status412PreconditionFailed),
            _ => record!,
        };
    }

    private ScenarioRecord Runnable(string tenant, string id)
    {
        var scenario = Find(tenant, id);
        return scenario.Status != ScenarioStatus.Archived
            ? scenario
            : throw new RequestFormatException("scenario_id", "a scenario that is not archived", id, StatusCodes.Status409Conflict);
    }

    private static RequestFormatException? Refusal(RunOrder order, RunRecord run, RunChoices choices) => order switch
    {
        RunOrder.KeyOfAnother => new RequestFormatException(
            "idempotency_key", "a key that names no other order", $"'{choices.IdempotencyKey}', which is run {run.Id} of scenario "
            + run.ScenarioId, StatusCodes.Status409Conflict),
        RunOrder.QueueFull => new RequestFormatException(
            "scenarios", "fewer runs that wait; try again later", "a full queue", StatusCodes.Status503ServiceUnavailable),
        _ => null,
    };
}
