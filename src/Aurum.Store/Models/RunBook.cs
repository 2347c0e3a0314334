using System.Globalization;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Models;

/// <summary>Runs of scenarios, and what came of them. A run comes to its end once: whoever is later finds it ended. Outputs are there with
/// the success, in one transaction, or not at all. Safe from several threads.</summary>
public sealed class RunBook
{
    private readonly StoreEngine _engine;

    internal RunBook(StoreEngine engine) => _engine = engine;

    /// <summary>Takes an order, unless the same was ordered before: under the same key, or of the same scenario with the same input and not
    /// ended without outputs.</summary>
    /// <param name="draft">All but id, state and stamps counts.</param>
    /// <param name="maxQueued">More runs than these do not wait.</param>
    /// <param name="now">Stamps it.</param>
    /// <param name="step">What is stored with it; null: nothing.</param>
    public (RunOrder Order, RunRecord Run) Submit(RunRecord draft, int maxQueued, Instant now, RunStep? step = null) =>
        SubmitAll([draft], maxQueued, now, step)[0];

    /// <summary>Takes several orders in one transaction.</summary>
    public IReadOnlyList<(RunOrder Order, RunRecord Run)> SubmitAll(
        IReadOnlyList<RunRecord> drafts, int maxQueued, Instant now, RunStep? step = null) =>
        Commit(connection => drafts.Select(draft =>
        {
            var (order, run) = Submit(connection, draft, maxQueued, EngineTimes.Truncate(now));
            RequestBook.Write(connection, run.Id, step, order == RunOrder.Queued, now);
            return (order, run);
        }).ToList());

    /// <summary>Null where the tenant has no such run.</summary>
    public RunRecord? Find(string tenant, string id) =>
        _engine.List(RunSql.Find, s => s.Bind(tenant).Bind(id), Record, tenant) is [var run] ? run : null;

    /// <summary>The run that a tenant ordered under a key; null where there is none.</summary>
    public RunRecord? FindKey(string tenant, string key) =>
        _engine.List(RunSql.FindKey, s => s.Bind(tenant).Bind(key), Record, tenant) is [var run, ..] ? run : null;

    /// <summary>Runs, newest first.</summary>
    public IReadOnlyList<RunRecord> List(RunQuery query) => _engine.List(
        RunSql.List,
        s => s.Bind(query.Tenant).Bind(query.ScenarioId).Bind(query.State?.Word()).Bind(query.CreatedFrom).Bind(query.CreatedBefore)
            .Bind(query.After).Bind(query.Limit),
        Record,
        query.Tenant);

    /// <summary>The newest run with outputs; null where none has any.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="scenario">Of which scenario.</param>
    /// <param name="through">Completed by then.</param>
    public RunRecord? Latest(string tenant, string scenario, Instant through) =>
        _engine.List(RunSql.Latest, s => s.Bind(tenant).Bind(scenario).Bind(through), Record, tenant) is [var run] ? run : null;

    /// <summary>All runs that wait, of all tenants, oldest first.</summary>
    public IReadOnlyList<RunRecord> Waiting() => _engine.List(RunSql.Waiting, static _ => { }, Record, StoreEngine.AllTenants);

    /// <summary>All runs that somebody computes, or that a process that ended has left so, of all tenants, oldest first.</summary>
    public IReadOnlyList<RunRecord> Running() => _engine.List(RunSql.Running, static _ => { }, Record, StoreEngine.AllTenants);

    /// <summary>How many runs are in each state, of all tenants.</summary>
    public IReadOnlyDictionary<RunState, long> Counts() => _engine.List(
        RunSql.Counts,
        static _ => { },
        static (rows, i) => KeyValuePair.Create(State(rows.String(0, i)), rows.Int64(1, i)),
        StoreEngine.AllTenants).ToDictionary();

    /// <summary>A worker takes a run that waits.</summary>
    /// <param name="id">The run.</param>
    /// <param name="now">Stamps it.</param>
    /// <param name="step">What is stored with it; null: nothing.</param>
    /// <returns>Whether it waited.</returns>
    public bool Start(string id, Instant now, RunStep? step = null) => Move(RunSql.Start, id, now, step, s => s.Bind(now));

    /// <summary>A run goes back to the queue.</summary>
    /// <param name="id">The run.</param>
    /// <param name="error">Why; null where no attempt is counted for it: the worker was stopped.</param>
    /// <param name="notBefore">Earliest next attempt; null: at once.</param>
    /// <param name="now">Stamps it.</param>
    /// <param name="step">What is stored with it; null: nothing.</param>
    /// <returns>Whether it ran.</returns>
    public bool Requeue(string id, string? error, Instant? notBefore, Instant now, RunStep? step = null) => Move(
        RunSql.RequeueOne, id, now, step, s => s.Bind(now).Bind(error).Bind(notBefore).Bind(error is null ? 0 : 1));

    /// <summary>A run comes to its end without outputs.</summary>
    /// <param name="id">The run.</param>
    /// <param name="state">How it ends.</param>
    /// <param name="error">Why.</param>
    /// <param name="now">Stamps it.</param>
    /// <param name="step">What is stored with it; null: nothing.</param>
    /// <returns>Whether it had not come to an end before.</returns>
    public bool End(string id, RunState state, string? error, Instant now, RunStep? step = null)
    {
        if (state is RunState.Succeeded || !state.IsFinal())
        {
            throw new ArgumentException($"expected a final state without outputs, found {state}", nameof(state));
        }

        return Move(RunSql.End, id, now, step, s => s.Bind(now).Bind(state.Word()).Bind(error));
    }

    /// <summary>A run succeeds, with all its outputs.</summary>
    /// <param name="run">The run.</param>
    /// <param name="outputs">What it came to.</param>
    /// <param name="now">Stamps it.</param>
    /// <param name="step">What is stored with it; null: nothing.</param>
    /// <returns>Whether it was still running; else nothing of it is stored.</returns>
    public bool Succeed(RunRecord run, RunOutputs outputs, Instant now, RunStep? step = null) => Commit(connection =>
    {
        RequestBook.Hold(_engine, connection, step);
        using var succeed = connection.Prepare(RunSql.Succeed);
        var isFirst = succeed.Bind(run.Id).Bind(EngineTimes.Truncate(now)).Bind(outputs.Manifest).Bind(outputs.Sha256)
            .Bind(string.Join('\n', outputs.Explanation)).Bind(outputs.Rows.Count).Run() == 1;
        if (isFirst)
        {
            Append(connection, run, outputs.Rows);
        }

        RequestBook.Write(connection, run.Id, step, isFirst, now);
        return isFirst;
    });

    /// <summary>Outputs in their order.</summary>
    public IReadOnlyList<OutputRecord> Outputs(OutputQuery query) => _engine.List(
        RunSql.Outputs,
        s => s.Bind(query.RunId).Bind(query.Metric).Bind(query.TenorType).Bind(query.CurveKey).Bind(query.After).Bind(query.Limit),
        Output,
        StoreEngine.AllTenants);

    private static (RunOrder Order, RunRecord Run) Submit(EngineConnection connection, RunRecord draft, int maxQueued, Instant now)
    {
        if (draft.IdempotencyKey is { } key && One(connection, RunSql.FindKey, s => s.Bind(draft.Tenant).Bind(key)) is { } named)
        {
            return (named.RunKey == draft.RunKey ? RunOrder.Known : RunOrder.KeyOfAnother, named);
        }

        if (One(connection, RunSql.FindSame, s => s.Bind(draft.Tenant).Bind(draft.ScenarioId).Bind(draft.InputHash)) is { } same)
        {
            return (RunOrder.Known, same);
        }

        using var count = connection.Prepare(RunSql.CountWaiting);
        using (var rows = count.Query())
        {
            rows.NextChunk();
            if (rows.Int64(0, 0) >= maxQueued)
            {
                return (RunOrder.QueueFull, draft);
            }
        }

        var run = draft with { Id = FreeId(connection, draft, now), State = RunState.Queued, CreatedAt = now, QueuedAt = now };
        using var insert = connection.Prepare(RunSql.Insert);
        insert.Bind(run.Id).Bind(run.Tenant).Bind(run.ScenarioId).Bind(run.ScenarioVersion).Bind(run.Priority.Word())
            .Bind(run.InputHash).Bind(run.Inputs).Bind(run.IdempotencyKey).Bind(run.Options).Bind(run.TimeoutMinutes)
            .Bind(run.MaxMemoryMiB).Bind(run.MaxRetries).Bind(run.MaxAttempts).Bind(now).Run();
        return (RunOrder.Queued, run);
    }

    private static string FreeId(EngineConnection connection, RunRecord draft, Instant now)
    {
        using var find = connection.Prepare(RunSql.Has);
        for (var copy = 1; ; copy++)
        {
            var id = ModelId.Of(now, draft.Tenant, draft.RunKey, copy.ToString(CultureInfo.InvariantCulture));
            using var rows = find.Bind(id).Query();
            rows.NextChunk();
            if (rows.Int64(0, 0) == 0)
            {
                return id;
            }
        }
    }

    private static RunRecord? One(EngineConnection connection, string sql, Action<EngineStatement> bind)
    {
        using var find = connection.Prepare(sql);
        bind(find);
        using var rows = find.Query();
        return rows.NextChunk() ? Record(rows, 0) : null;
    }

    private static void Append(EngineConnection connection, RunRecord run, IReadOnlyList<OutputRecord> outputs)
    {
        using var rows = new RecordAppender(connection, "scenario_output_rows", RunSql.OutputColumns);
        for (var i = 0; i < outputs.Count; i++)
        {
            var output = outputs[i];
            rows.Add(run.Id).Add(i).Add(output.CurveKey).Add(output.CurveName).Add(output.AsOf).Add(output.TenorType)
                .Add(output.ContractMonth).Add(output.TenorLabel).Add(output.Metric).Add(output.Unit).Add(output.Base).Add(output.Value)
                .Add(output.BandLower).Add(output.BandUpper).Add(output.Attribution).Add(output.VersionHash).End();
        }

        rows.Finish();
    }

    private bool Move(string sql, string id, Instant now, RunStep? step, Func<EngineStatement, EngineStatement> bind) =>
        Commit(connection =>
        {
            RequestBook.Hold(_engine, connection, step);
            using var move = connection.Prepare(sql);
            var isMade = bind(move.Bind(id)).Run() == 1;
            RequestBook.Write(connection, id, step, isMade, now);
            return isMade;
        });

    private T Commit<T>(Func<EngineConnection, T> work)
    {
        using var lease = _engine.Rent();
        return _engine.Commit(lease.Connection, () => work(lease.Connection), static () => { }, StoreEngine.AllTenants);
    }

    private static RunState State(string word) => Enum.Parse<RunState>(word, ignoreCase: true);

    private static RunRecord Record(EngineRows rows, int i) => new()
    {
        Id = rows.String(0, i),
        Tenant = rows.String(1, i),
        ScenarioId = rows.String(2, i),
        ScenarioVersion = rows.Int32(3, i),
        State = State(rows.String(4, i)),
        Priority = Enum.Parse<RunPriority>(rows.String(5, i), ignoreCase: true),
        InputHash = rows.String(6, i),
        Inputs = rows.String(7, i),
        IdempotencyKey = rows.StringOrNull(8, i),
        Options = rows.String(9, i),
        TimeoutMinutes = rows.Int32(10, i),
        MaxMemoryMiB = rows.Int32(11, i),
        MaxRetries = rows.Int32(12, i),
        RetryCount = rows.Int32(13, i),
        NotBefore = rows.InstantOrNull(14, i),
        Error = rows.StringOrNull(15, i),
        Manifest = rows.StringOrNull(16, i),
        OutputHash = rows.StringOrNull(17, i),
        Explanation = rows.String(18, i).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        OutputRows = rows.Int32(19, i),
        CreatedAt = rows.Instant(20, i),
        QueuedAt = rows.Instant(21, i),
        StartedAt = rows.InstantOrNull(22, i),
        CompletedAt = rows.InstantOrNull(23, i),
    };

    private static OutputRecord Output(EngineRows rows, int i) => new(
        rows.String(1, i), rows.String(2, i), rows.Date(3, i), rows.String(4, i), rows.Date(5, i), rows.String(6, i), rows.String(7, i),
        rows.String(8, i), rows.Double(9, i), rows.Double(10, i), rows.Double(11, i), rows.Double(12, i), rows.String(13, i),
        rows.String(14, i))
    {
        Ordinal = rows.Int32(0, i),
    };
}
