using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Models;

/// <summary>Valuations of stored contracts: numbers, cashflows by month, manifest and the whole result, of all tenants. Each call sees
/// those of its tenant alone. Safe from several threads.</summary>
public sealed class ValuationBook
{
    private readonly StoreEngine _engine;

    internal ValuationBook(StoreEngine engine) => _engine = engine;

    /// <summary>Stores a valuation in one transaction. The same result of the same manifest is stored once.</summary>
    /// <returns>The valuation with its id: the new one, or the one that was there.</returns>
    public ValuationRecord Write(
        ValuationRecord valuation, IReadOnlyList<ValuationMetric> metrics, IReadOnlyList<ValuationCashflow> cashflows)
    {
        var computedAt = EngineTimes.Truncate(valuation.ComputedAt);
        var id = ModelId.Of(computedAt, valuation.Tenant, valuation.ContractId, valuation.ManifestSha256, valuation.VersionHash);
        var record = valuation with { Id = id, ComputedAt = computedAt };
        using var lease = _engine.Rent();
        var stored = _engine.Commit(
            lease.Connection,
            () =>
            {
                if (Same(lease.Connection, record) is { } known)
                {
                    return known;
                }

                Insert(lease.Connection, record, metrics.Count);
                Insert(lease.Connection, record, metrics);
                Insert(lease.Connection, record, cashflows);
                return id;
            },
            static () => { },
            StoreEngine.AllTenants);
        return stored == id ? record : Find(record.Tenant, stored)!;
    }

    /// <summary>One valuation; null where the tenant has none of that id.</summary>
    public ValuationRecord? Find(string tenant, string id) =>
        _engine.List(PpaSql.FindRun, s => s.Bind(tenant).Bind(id), Record, tenant) is [var found] ? found : null;

    /// <summary>Valuations of a contract, newest first.</summary>
    public IReadOnlyList<ValuationRecord> Of(string tenant, string contractId, int limit) =>
        _engine.List(PpaSql.Runs, s => s.Bind(tenant).Bind(contractId).Bind(limit), Record, tenant);

    /// <summary>Numbers of a contract's valuations, newest valuation first.</summary>
    public IReadOnlyList<ValuationRow> Rows(ValuationQuery query) => _engine.List(
        PpaSql.Metrics,
        s => s.Bind(query.Tenant).Bind(query.ContractId).Bind(query.ScenarioId).Bind(query.Metric).Bind(query.AfterValuation)
            .Bind(query.AfterOrdinal).Bind(query.Limit),
        static (rows, i) => new ValuationRow(
            rows.String(0, i),
            rows.Int32(1, i),
            new ValuationMetric(rows.String(7, i), rows.Date(5, i), rows.Date(6, i), rows.Double(8, i), rows.String(9, i)),
            rows.Date(2, i),
            rows.StringOrNull(3, i),
            rows.StringOrNull(4, i),
            rows.Double(10, i),
            rows.IsNull(11, i) ? double.NaN : rows.Double(11, i),
            rows.String(12, i),
            rows.String(13, i),
            rows.String(14, i),
            rows.Instant(15, i)),
        query.Tenant);

    /// <summary>Months of a valuation in their order.</summary>
    public IReadOnlyList<ValuationCashflow> Cashflows(string tenant, string id) => _engine.List(
        PpaSql.Cashflows,
        s => s.Bind(tenant).Bind(id),
        static (rows, i) => new ValuationCashflow(
            rows.Date(0, i), rows.Double(1, i), rows.Double(2, i), rows.Double(3, i), rows.Double(4, i), rows.Double(5, i),
            rows.Double(6, i), rows.Double(7, i), rows.Double(8, i)),
        tenant);

    private static string? Same(EngineConnection connection, ValuationRecord record)
    {
        using var find = connection.Prepare(PpaSql.FindSame);
        using var rows = find.Bind(record.Tenant).Bind(record.ContractId).Bind(record.ContractVersion).Bind(record.ManifestSha256)
            .Bind(record.VersionHash).Query();
        return rows.NextChunk() ? rows.String(0, 0) : null;
    }

    private static long LastSerial(EngineConnection connection)
    {
        using var last = connection.Prepare(PpaSql.LastSerial);
        using var rows = last.Query();
        rows.NextChunk();
        return rows.Int64(0, 0);
    }

    private static void Insert(EngineConnection connection, ValuationRecord record, int metrics)
    {
        var serial = LastSerial(connection) + 1;
        using var rows = new RecordAppender(connection, "ppa_valuation_runs", PpaSql.ValuationColumns);
        rows.Add(record.Tenant).Add(record.Id).Add(record.ContractId).Add(record.ContractVersion).Add(record.AsOf).Add(record.KnownAt)
            .Add(record.ScenarioId).Add(record.RunId).Add(record.CurveKey).Add(record.Currency).Add(record.Npv).Add(record.Irr)
            .Add(record.InputSha256).Add(record.ManifestSha256).Add(record.VersionHash).Add(record.Manifest).Add(record.Document)
            .Add(record.ComputedAt).Add(serial).Add(metrics).End();
        rows.Finish();
    }

    private static void Insert(EngineConnection connection, ValuationRecord record, IReadOnlyList<ValuationMetric> metrics)
    {
        using var rows = new RecordAppender(connection, "ppa_valuation_rows", PpaSql.MetricColumns);
        for (var i = 0; i < metrics.Count; i++)
        {
            var metric = metrics[i];
            rows.Add(record.Tenant).Add(record.Id).Add(i).Add(metric.Metric).Add(metric.PeriodStart).Add(metric.PeriodEnd)
                .Add(metric.Value).Add(metric.Unit).End();
        }

        rows.Finish();
    }

    private static void Insert(EngineConnection connection, ValuationRecord record, IReadOnlyList<ValuationCashflow> cashflows)
    {
        using var rows = new RecordAppender(connection, "ppa_cashflow_rows", PpaSql.CashflowColumns);
        foreach (var month in cashflows)
        {
            rows.Add(record.Tenant).Add(record.Id).Add(month.Month).Add(month.VolumeMwh).Add(month.MarketValue)
                .Add(month.ContractPayment).Add(month.Fees).Add(month.ClauseEffects).Add(month.Net).Add(month.DiscountFactor)
                .Add(month.PresentValue).End();
        }

        rows.Finish();
    }

    private static ValuationRecord Record(EngineRows rows, int i) => new()
    {
        Tenant = rows.String(0, i),
        Id = rows.String(1, i),
        ContractId = rows.String(2, i),
        ContractVersion = rows.Int32(3, i),
        AsOf = rows.Date(4, i),
        KnownAt = rows.Instant(5, i),
        ScenarioId = rows.StringOrNull(6, i),
        RunId = rows.StringOrNull(7, i),
        CurveKey = rows.String(8, i),
        Currency = rows.String(9, i),
        Npv = rows.Double(10, i),
        Irr = rows.IsNull(11, i) ? double.NaN : rows.Double(11, i),
        InputSha256 = rows.String(12, i),
        ManifestSha256 = rows.String(13, i),
        VersionHash = rows.String(14, i),
        Manifest = rows.String(15, i),
        Document = rows.String(16, i),
        ComputedAt = rows.Instant(17, i),
    };
}

/// <summary>Which numbers of which valuations.</summary>
/// <param name="Tenant">Whose they are.</param>
/// <param name="ContractId">Of which contract.</param>
/// <param name="Limit">Rows at most.</param>
public sealed record ValuationQuery(string Tenant, string ContractId, int Limit)
{
    public string? ScenarioId { get; init; }

    public string? Metric { get; init; }

    /// <summary>Valuation of the last row of the page before.</summary>
    public string? AfterValuation { get; init; }

    /// <summary>Ordinal of the last row of the page before.</summary>
    public int? AfterOrdinal { get; init; }
}
