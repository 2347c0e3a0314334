using Aurum.Store.Sql;

namespace Aurum.Cluster.Postgres;

/// <summary>What the tables of the store have in PostgreSQL beyond what they have everywhere: partitions, indexes, row
/// security.</summary>
internal static class PostgresSchema
{
    /// <summary>Rows of tenants, and how a row shows whose it is.</summary>
    private static readonly (string Table, string Tenant)[] TenantTables =
    [
        ("scenario_versions", "tenant_id"),
        ("scenario_run_rows", "tenant_id"),
        ("scenario_output_rows", "(SELECT r.tenant_id FROM scenario_run_rows r WHERE r.run_id = scenario_output_rows.run_id)"),
        ("scenario_outbox", "tenant_id"),
        ("ppa_contract_versions", "tenant_id"),
        ("ppa_valuation_runs", "tenant_id"),
        ("ppa_valuation_rows", "tenant_id"),
        ("ppa_cashflow_rows", "tenant_id"),
    ];

    private static readonly (string Index, string Of)[] Others =
    [
        ("deliveries_id", "deliveries (delivery_id)"),
        ("deliveries_feed_day", "deliveries (feed, day)"),
        ("files_id", "files (file_id)"),
        ("files_delivery", "files (delivery_id)"),
        ("files_feed_day", "files (feed, day)"),
        ("files_site_time", "files (site, received_at)"),
        ("quarantine_id", "quarantine (quarantine_id)"),
        ("quarantine_delivery", "quarantine (delivery_id)"),
        ("dead_letters_id", "dead_letters (dead_letter_id)"),
        ("drift_id", "drift (drift_id)"),
        ("warnings_feed_day", "warnings (feed, day)"),
        ("watched_feed_day", "watched (feed, day)"),
        ("gate_results_feed", "gate_results (feed, delivery_id)"),
        ("balance_rows_key", "balance_rows (balance, interval_start_utc)"),
        ("hour_levels_key", "hour_levels (feed, expectation, day)"),
        ("day_profiles_key", "day_profiles (feed, column_name, day)"),
        ("row_hours_feed", "row_hours (feed)"),
        ("site_requests_time", "site_requests (site, asked_at)"),
        ("site_requests_key", "site_requests (request_no)"),
        ("locations_key", "locations (iso_code, location_id, location_type)"),
        ("location_days_feed", "location_days (feed)"),
        ("backfill_chunks_job", "backfill_chunks (job_id)"),
        ("curve_loads_branch", "curve_loads (branch)"),
        ("tick_rows_frame", "tick_rows (frame)"),
        ("tick_rows_time", "tick_rows (instrument, event_time)"),
        ("bar_rows_frame", "bar_rows (frame)"),
        ("bar_rows_key", "bar_rows (instrument, interval, start_utc)"),
        ("tick_submissions_key", "tick_submissions (tenant_id, key)"),
        ("curve_point_rows_key", "curve_point_rows (curve, contract_month, quoted_at)"),
        ("scenario_versions_key", "scenario_versions (tenant_id, scenario_id, version)"),
        ("scenario_run_rows_tenant", "scenario_run_rows (tenant_id, scenario_id)"),
        ("scenario_run_rows_state", "scenario_run_rows (state)"),
        ("scenario_output_rows_run", "scenario_output_rows (run_id, ordinal)"),
        ("scenario_outbox_run", "scenario_outbox (run_id)"),
        ("ppa_contract_versions_key", "ppa_contract_versions (tenant_id, ppa_contract_id, version)"),
        ("ppa_valuation_runs_key", "ppa_valuation_runs (tenant_id, ppa_contract_id)"),
        ("ppa_valuation_rows_key", "ppa_valuation_rows (tenant_id, valuation_id)"),
        ("ppa_cashflow_rows_key", "ppa_cashflow_rows (tenant_id, valuation_id)"),
    ];

    /// <summary>What must be there once. A number that a trigger of nobody's error could give twice would be lost silently.</summary>
    private static readonly (string Index, string Of)[] Unique =
    [
        ("work_leases_key", "work_leases (feed, day)"),
        ("site_shares_key", "site_shares (site)"),
        ("feeds_key", "feeds (feed_id)"),
        ("feeds_name", "feeds (feed)"),
        ("ledger_key", "ledger (feed, day)"),
        ("watermarks_key", "watermarks (feed)"),
        ("scenario_run_rows_key", "scenario_run_rows (run_id)"),
        ("latest_price_rows_key", "latest_price_rows (instrument)"),
        ("backfill_jobs_key", "backfill_jobs (job_id)"),
        ("scenario_lanes_key", "scenario_lanes (lane_group, topic, lane)"),
    ];

    /// <summary>Row tables, each in parts of a month by when the intervals of its rows begin, where they are of a time.</summary>
    public static IEnumerable<string> RowTables => SchemaStatements.RowTables.Select(sql =>
        PostgresSql.Instance.Table(sql.Create) + (sql.Shape.HasTime ? $" PARTITION BY RANGE ({TableShape.Start})" : ""));

    /// <summary>Questions are of a feed and a stretch of time; corrections are few, and looked up by themselves.</summary>
    public static IEnumerable<string> Indexes =>
    [
        .. SchemaStatements.RowTables.SelectMany(RowIndexes),
        .. Others.Select(i => $"CREATE INDEX IF NOT EXISTS {i.Index} ON {i.Of}"),
        .. Unique.Select(i => $"CREATE UNIQUE INDEX IF NOT EXISTS {i.Index} ON {i.Of}"),
    ];

    /// <summary>A tenant sees and writes its own rows; the program's work for all of them names itself <c>*</c>; nobody who names none
    /// sees any.</summary>
    public static IEnumerable<string> RowSecurity => TenantTables.SelectMany(t => (string[])
    [
        $"ALTER TABLE {t.Table} ENABLE ROW LEVEL SECURITY",
        $"ALTER TABLE {t.Table} FORCE ROW LEVEL SECURITY",
        $"DROP POLICY IF EXISTS of_tenant ON {t.Table}",
        $"CREATE POLICY of_tenant ON {t.Table} USING ({OfTenant(t.Tenant)}) WITH CHECK ({OfTenant(t.Tenant)})",
    ]);

    public static bool IsOfTenants(string table) => Array.Exists(TenantTables, t => t.Table == table);

    public static bool IsPartitioned(string table) => SchemaStatements.RowTables.Any(sql => sql.Rows == table && sql.Shape.HasTime);

    private static IEnumerable<string> RowIndexes(RowTableSql sql)
    {
        var keys = string.Join(", ", sql.Shape.Keys.Select(c => c.Name));
        yield return $"CREATE INDEX IF NOT EXISTS {sql.Rows}_file ON {sql.Rows} (file_id)";
        yield return $"CREATE INDEX IF NOT EXISTS {sql.Rows}_changed ON {sql.Rows} (feed_id, {keys}) WHERE revision > 1";
        if (sql.Shape.HasTime)
        {
            yield return $"CREATE INDEX IF NOT EXISTS {sql.Rows}_time ON {sql.Rows} (feed_id, {TableShape.Start})";
            yield return $"CREATE INDEX IF NOT EXISTS {sql.Rows}_known ON {sql.Rows} USING brin (known_at)";
        }
        else
        {
            yield return $"CREATE INDEX IF NOT EXISTS {sql.Rows}_day ON {sql.Rows} (feed_id, {sql.Shape.Day ?? sql.Shape.Keys[0].Name})";
        }
    }

    private static string OfTenant(string tenant) =>
        $"current_setting('aurum.tenant', true) = '*' OR {tenant} = current_setting('aurum.tenant', true)";
}
