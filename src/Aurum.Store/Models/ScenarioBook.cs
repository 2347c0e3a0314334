using System.Globalization;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Models;

/// <summary>Scenarios of all tenants, in versions. A change adds a version, a deletion a version that says so: nothing is overwritten. Each
/// call sees the scenarios of its tenant alone. Safe from several threads.</summary>
public sealed class ScenarioBook
{
    private readonly StoreEngine _engine;

    internal ScenarioBook(StoreEngine engine) => _engine = engine;

    /// <summary>Stores a new scenario.</summary>
    /// <param name="draft">All but id, version and stamps counts.</param>
    /// <param name="now">Stamps it.</param>
    public ScenarioRecord Create(ScenarioRecord draft, Instant now)
    {
        now = EngineTimes.Truncate(now);
        using var lease = _engine.Rent();
        return _engine.Commit(
            lease.Connection,
            () =>
            {
                var id = FreeId(lease.Connection, draft, now);
                var record = draft with { Id = id, Version = 1, CreatedAt = now, UpdatedAt = now };
                Insert(lease.Connection, record);
                return record;
            },
            static () => { },
            StoreEngine.AllTenants);
    }

    /// <summary>The newest version; null where the tenant has no such scenario.</summary>
    public ScenarioRecord? Find(string tenant, string id) =>
        _engine.List(ScenarioSql.Find, s => s.Bind(tenant).Bind(id), Record, tenant) is [var found] ? found : null;

    /// <summary>One version; null where there is none.</summary>
    public ScenarioRecord? Find(string tenant, string id, int version) =>
        _engine.List(ScenarioSql.FindVersion, s => s.Bind(tenant).Bind(id).Bind(version), Record, tenant) is [var found] ? found : null;

    /// <summary>Scenarios, newest first.</summary>
    public IReadOnlyList<ScenarioRecord> List(ScenarioQuery query) => _engine.List(
        ScenarioSql.List,
        s => s.Bind(query.Tenant).Bind(query.Status?.Word()).Bind(query.Name).Bind(query.Tag).Bind(query.CreatedFrom)
            .Bind(query.CreatedBefore).Bind(query.After).Bind(query.Limit),
        Record,
        query.Tenant);

    /// <summary>Stores a new version, unless it says what the newest one says.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="id">The scenario.</param>
    /// <param name="change">Makes the new version out of the newest one.</param>
    /// <param name="expected">The version that it must have; null: any.</param>
    /// <param name="now">Stamps it.</param>
    /// <returns>What came of it, and the version that is the newest now; null where there is none.</returns>
    public (ScenarioChange Change, ScenarioRecord? Record) Update(
        string tenant, string id, Func<ScenarioRecord, ScenarioRecord> change, int? expected, Instant now)
    {
        using var lease = _engine.Rent();
        return _engine.Commit<(ScenarioChange, ScenarioRecord?)>(
            lease.Connection,
            () =>
            {
                if (Newest(lease.Connection, tenant, id) is not { } newest)
                {
                    return (ScenarioChange.Unknown, null);
                }

                if (expected is { } version && version != newest.Version)
                {
                    return (ScenarioChange.OtherVersion, newest);
                }

                var record = change(newest) with { Version = newest.Version + 1, UpdatedAt = EngineTimes.Truncate(now) };
                if (record.Says(newest))
                {
                    return (ScenarioChange.Made, newest);
                }

                Insert(lease.Connection, record);
                return (ScenarioChange.Made, record);
            },
            static () => { },
            tenant);
    }

    private static ScenarioRecord? Newest(EngineConnection connection, string tenant, string id)
    {
        using var find = connection.Prepare(ScenarioSql.Find);
        using var rows = find.Bind(tenant).Bind(id).Query();
        return rows.NextChunk() ? Record(rows, 0) : null;
    }

    private static string FreeId(EngineConnection connection, ScenarioRecord draft, Instant now)
    {
        using var find = connection.Prepare(ScenarioSql.Has);
        for (var copy = 1; ; copy++)
        {
            var id = ModelId.Of(now, draft.Tenant, draft.Name, copy.ToString(CultureInfo.InvariantCulture));
            using var rows = find.Bind(id).Query();
            rows.NextChunk();
            if (rows.Int64(0, 0) == 0)
            {
                return id;
            }
        }
    }

    private static void Insert(EngineConnection connection, ScenarioRecord record)
    {
        using var insert = connection.Prepare(ScenarioSql.InsertVersion);
        insert.Bind(record.Tenant).Bind(record.Id).Bind(record.Version).Bind(record.Name).Bind(record.Description)
            .Bind(record.Status.Word()).Bind(record.Assumptions).Bind(record.Parameters).Bind(string.Join('\n', record.Tags))
            .Bind(record.CreatedAt).Bind(record.UpdatedAt).Run();
    }

    private static ScenarioRecord Record(EngineRows rows, int i) => new(
        rows.String(0, i), rows.String(1, i), rows.Int32(2, i), rows.String(3, i), rows.StringOrNull(4, i),
        Enum.Parse<ScenarioStatus>(rows.String(5, i), ignoreCase: true), rows.String(6, i), rows.String(7, i),
        rows.String(8, i).Split('\n', StringSplitOptions.RemoveEmptyEntries), rows.Instant(9, i), rows.Instant(10, i));
}
