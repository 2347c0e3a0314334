using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;

namespace Aurum.Tests.Deploy;

/// <summary>The platform's views over the lake's tables, in SQL that Trino and DuckDB share.</summary>
internal static class TrinoViews
{
    public const string Catalog = "iceberg";

    private const string Prices = "market.iso_lmp";
    private const string Curves = "market.curve_observation";
    private const string Outputs = "market.scenario_output";

    /// <summary>What a price is averaged by.</summary>
    private const string Place = "iso_code, dataset, market, location_id, location_type";

    private const string Averages = """
        avg(price_total) AS price_avg, min(price_total) AS price_min, max(price_total) AS price_max,
          stddev_samp(price_total) AS price_stddev, count(*) AS intervals, currency, uom
        """;

    /// <summary>Columns of Trino's metadata tables that views read. Source: the Iceberg connector's manual.</summary>
    public static readonly IReadOnlyList<(string Suffix, string Columns)> Metadata =
    [
        ("$snapshots", "committed_at TIMESTAMPTZ, snapshot_id BIGINT, parent_id BIGINT, operation VARCHAR, manifest_list VARCHAR"),
        ("$files", "content INTEGER, file_path VARCHAR, file_format VARCHAR, record_count BIGINT, file_size_in_bytes BIGINT"),
    ];

    /// <summary>Name and query of each view, those that others read first.</summary>
    public static readonly IReadOnlyList<(string Name, string Sql)> All =
    [
        ("external.iso_lmp", Through(Prices, "")),
        ("market.iso_lmp_unified", Through(Prices, "")),
        ("market.iso_lmp_last_24h", Through(
            Prices, "\nWHERE dt >= current_date - INTERVAL '2' DAY AND interval_start >= current_timestamp - INTERVAL '24' HOUR")),
        ("market.iso_lmp_hourly", $"""
            SELECT {Place}, date_trunc('hour', interval_start) AS hour_start,
              {Averages}
            FROM {Catalog}.{Prices}
            GROUP BY {Place}, date_trunc('hour', interval_start), currency, uom
            """),
        ("market.iso_lmp_daily", $"""
            SELECT {Place}, delivery_date,
              {Averages}
            FROM {Catalog}.{Prices}
            GROUP BY {Place}, delivery_date, currency, uom
            """),
        ("market.iso_lmp_negative_7d", Through(
            Prices,
            "\nWHERE dt >= current_date - INTERVAL '8' DAY AND interval_start >= current_timestamp - INTERVAL '7' DAY "
            + "AND price_total < 0")),
        ("market.curve_observation_latest", Newest(Curves, "curve_key, tenor_label", "asof_date DESC, _ingest_ts DESC")),
        ("market.curve_latest_view", Newest(
            Curves, "curve_key, tenor_label", "asof_date DESC, _ingest_ts DESC", "tenor_type = 'MONTHLY'")),
        ("market.scenario_output_latest", Newest(
            Outputs, "tenant_id, scenario_id, curve_key, metric, tenor_label", "asof_date DESC, computed_ts DESC")),
        ("market.scenario_output_by_curve", Newest(
            Outputs,
            "tenant_id, scenario_id, curve_key, metric, tenor_label",
            "computed_ts DESC, asof_date DESC",
            columns: "tenant_id, scenario_id, curve_key, metric, tenor_label, latest_asof_date, value, band_lower, band_upper, run_id, "
                + "computed_ts",
            more: "max(asof_date) OVER (PARTITION BY tenant_id, scenario_id, curve_key, metric, tenor_label) AS latest_asof_date")),
        ("market.scenario_output_latest_by_metric", Newest(
            Outputs,
            "tenant_id, scenario_id, metric",
            "asof_date DESC, computed_ts DESC, run_id, ordinal",
            columns: "tenant_id, scenario_id, metric, run_id AS latest_run_id, value AS latest_value, band_lower AS latest_band_lower, "
                + "band_upper AS latest_band_upper, asof_date AS latest_asof_date, computed_ts AS latest_computed_ts")),
        ("eia.series_latest", Newest(
            "external.timeseries_observation", "dataset, series_id", "ts DESC, issue DESC", "provider = 'eia'")),
        ("market.maintenance_snapshot_summary", OfEachTable(
            "count(*) AS snapshots, min(committed_at) AS first_committed_at, max(committed_at) AS last_committed_at",
            "committed_at",
            "$snapshots")),
        ("market.maintenance_file_metrics", OfEachTable(
            "count(*) AS files, sum(record_count) AS records, sum(mb) AS total_mb, avg(mb) AS avg_mb, max(mb) AS max_mb, min(mb) AS min_mb",
            "record_count, file_size_in_bytes / 1048576e0 AS mb",
            "$files",
            " WHERE content = 0")),
    ];

    /// <summary>The statement that makes a view.</summary>
    public static string Statement((string Name, string Sql) view) => $"CREATE OR REPLACE VIEW {Catalog}.{view.Name} AS\n{view.Sql};";

    private static string Through(string table, string where) => $"SELECT {Columns(table)}\nFROM {Catalog}.{table}{where}";

    /// <summary>The newest row of each key.</summary>
    private static string Newest(
        string table, string keys, string order, string where = "", string? columns = null, string? more = null) => $"""
        SELECT {columns ?? Columns(table)}
        FROM (
          SELECT *, {(more is null ? "" : $"{more},\n    ")}row_number() OVER (
            PARTITION BY {keys}
            ORDER BY {order}) AS newest
          FROM {Catalog}.{table}{(where.Length == 0 ? "" : $"\n  WHERE {where}")})
        WHERE newest = 1
        """;

    /// <summary>A row for each table, of its metadata.</summary>
    private static string OfEachTable(string select, string columns, string suffix, string where = "")
    {
        var tables = LakeProjections.All.Select(
            p => $"  SELECT '{p.Shape.Name}' AS table_name, {columns} FROM {Catalog}.{MetadataOf(p.Shape.Name, suffix)}{where}");
        return $"SELECT table_name, {select}\nFROM (\n{string.Join("\n  UNION ALL\n", tables)})\nGROUP BY table_name";
    }

    /// <summary>Name of a metadata table.</summary>
    public static string MetadataOf(LakeName table, string suffix) => $"{table.Namespace}.\"{table.Table}{suffix}\"";

    private static string Columns(string table) => string.Join(
        ", ", LakeProjections.All.Single(p => p.Shape.Name.ToString() == table).Shape.Fields.Select(static f => f.Name));
}
