using System.Globalization;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Models;

/// <summary>Power purchase agreements of all tenants, in versions. A change adds a version, a deletion a mark: nothing is overwritten. Each
/// call sees the contracts of its tenant alone. Safe from several threads.</summary>
public sealed class ContractBook
{
    private readonly StoreEngine _engine;

    internal ContractBook(StoreEngine engine) => _engine = engine;

    /// <summary>Stores a new contract.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="instrumentId">The caller's own name for it.</param>
    /// <param name="terms">Its terms, JSON; kept to the byte.</param>
    /// <param name="now">Stamps it.</param>
    public ContractRecord Create(string tenant, string? instrumentId, string terms, Instant now)
    {
        now = EngineTimes.Truncate(now);
        using var lease = _engine.Rent();
        return _engine.Commit(
            lease.Connection,
            () =>
            {
                var sha256 = ModelId.Sha256(terms);
                var id = FreeId(lease.Connection, tenant, sha256, now);
                var record = new ContractRecord(tenant, id, 1, instrumentId, terms, sha256, now, now);
                Insert(lease.Connection, record, isDeleted: false);
                return record;
            },
            static () => { },
            tenant);
    }

    /// <summary>The newest version; null where the tenant has no such contract.</summary>
    public ContractRecord? Find(string tenant, string id) =>
        _engine.List(PpaSql.FindContract, s => s.Bind(tenant).Bind(id), Record, tenant) is [var found] ? found : null;

    /// <summary>All versions, oldest first; none where the contract was deleted.</summary>
    public IReadOnlyList<ContractRecord> Versions(string tenant, string id) =>
        Find(tenant, id) is null ? [] : _engine.List(PpaSql.Versions, s => s.Bind(tenant).Bind(id), Record, tenant);

    /// <summary>Contracts in the order of their creation.</summary>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="after">Id of the last one of the page before; null: from the first.</param>
    /// <param name="limit">Contracts at most.</param>
    public IReadOnlyList<ContractRecord> List(string tenant, string? after, int limit) =>
        _engine.List(PpaSql.Contracts, s => s.Bind(tenant).Bind(after).Bind(limit), Record, tenant);

    /// <summary>Stores a new version, unless it says what the newest one says.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="id">The contract.</param>
    /// <param name="change">Makes the new version out of the newest one; instrument and terms count.</param>
    /// <param name="expected">The version that it must have; null: any.</param>
    /// <param name="now">Stamps it.</param>
    /// <returns>What came of it, and the version that is the newest now; null where there is none.</returns>
    public (ContractChange Change, ContractRecord? Record) Update(
        string tenant, string id, Func<ContractRecord, ContractRecord> change, int? expected, Instant now) =>
        Write(tenant, id, expected, (connection, newest) =>
        {
            var changed = change(newest);
            if (changed.InstrumentId == newest.InstrumentId && changed.Terms == newest.Terms)
            {
                return newest;
            }

            var record = changed with
            {
                Version = newest.Version + 1, TermsSha256 = ModelId.Sha256(changed.Terms), UpdatedAt = EngineTimes.Truncate(now),
            };
            Insert(connection, record, isDeleted: false);
            return record;
        });

    /// <summary>Marks a contract as deleted. Its versions and valuations stay in the tables; no call gives them any more.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="id">The contract.</param>
    /// <param name="expected">The version that it must have; null: any.</param>
    /// <param name="now">Stamps it.</param>
    public ContractChange Delete(string tenant, string id, int? expected, Instant now) =>
        Write(tenant, id, expected, (connection, newest) =>
        {
            var mark = newest with { Version = newest.Version + 1, UpdatedAt = EngineTimes.Truncate(now) };
            Insert(connection, mark, isDeleted: true);
            return mark;
        }).Change;

    private static string FreeId(EngineConnection connection, string tenant, string sha256, Instant now)
    {
        using var find = connection.Prepare(PpaSql.HasContract);
        for (var copy = 1; ; copy++)
        {
            var id = ModelId.Of(now, tenant, sha256, copy.ToString(CultureInfo.InvariantCulture));
            using var rows = find.Bind(tenant).Bind(id).Query();
            rows.NextChunk();
            if (rows.Int64(0, 0) == 0)
            {
                return id;
            }
        }
    }

    private (ContractChange Change, ContractRecord? Record) Write(
        string tenant, string id, int? expected, Func<EngineConnection, ContractRecord, ContractRecord> write)
    {
        using var lease = _engine.Rent();
        return _engine.Commit<(ContractChange, ContractRecord?)>(
            lease.Connection,
            () =>
            {
                var newest = Newest(lease.Connection, tenant, id);
                return newest is null ? (ContractChange.Unknown, null)
                    : expected is { } version && version != newest.Version ? (ContractChange.OtherVersion, newest)
                    : (ContractChange.Made, write(lease.Connection, newest));
            },
            static () => { },
            tenant);
    }

    private static ContractRecord? Newest(EngineConnection connection, string tenant, string id)
    {
        using var find = connection.Prepare(PpaSql.FindContract);
        using var rows = find.Bind(tenant).Bind(id).Query();
        return rows.NextChunk() ? Record(rows, 0) : null;
    }

    private static void Insert(EngineConnection connection, ContractRecord record, bool isDeleted)
    {
        using var insert = connection.Prepare(PpaSql.InsertVersion);
        insert.Bind(record.Tenant).Bind(record.Id).Bind(record.Version).Bind(record.InstrumentId).Bind(record.Terms)
            .Bind(record.TermsSha256).Bind(isDeleted).Bind(record.CreatedAt).Bind(record.UpdatedAt).Run();
    }

    private static ContractRecord Record(EngineRows rows, int i) => new(
        rows.String(0, i), rows.String(1, i), rows.Int32(2, i), rows.StringOrNull(3, i), rows.String(4, i), rows.String(5, i),
        rows.Instant(6, i), rows.Instant(7, i));
}
