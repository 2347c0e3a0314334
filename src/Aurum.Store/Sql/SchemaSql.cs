namespace Aurum.Store.Sql;

/// <summary>The tables beside the row tables, and the views. No index: DuckDB checks every one of them on each insert.</summary>
internal static class SchemaSql
{
    /// <summary>Version of the tables below. A store with a higher one is not opened.</summary>
    public const int Version = 10;

    public const string CreateVersion =
        "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL, applied_at TIMESTAMPTZ NOT NULL)";

    public const string CreateText = "CREATE TABLE IF NOT EXISTS schema_text (sha256 VARCHAR NOT NULL)";

    public const string FindText = "SELECT sha256 FROM schema_text";

    public const string DeleteText = "DELETE FROM schema_text";

    public const string InsertText = "INSERT INTO schema_text (sha256) VALUES ($1)";

    /// <summary>What turns row tables of version 1 into those of version 2: vintages and flags of statistical series.</summary>
    public static readonly IReadOnlyList<string> FromVersion1 =
    [
        "ALTER TABLE timeseries_observation_rows ADD COLUMN IF NOT EXISTS issued_at_utc TIMESTAMPTZ",
        "ALTER TABLE timeseries_observation_rows ADD COLUMN IF NOT EXISTS flags VARCHAR DEFAULT ''",
    ];

    public static readonly IReadOnlyList<string> Tables =
    [
        """
        CREATE TABLE IF NOT EXISTS feeds (
          feed_id INTEGER NOT NULL, feed VARCHAR NOT NULL, publisher VARCHAR NOT NULL, dataset VARCHAR NOT NULL,
          title VARCHAR NOT NULL,
          table_name VARCHAR NOT NULL, iso_code VARCHAR, iso_market VARCHAR, iso_product VARCHAR, iso_timezone VARCHAR,
          iso_interval_minutes INTEGER, iso_unit VARCHAR,
          iso_subject VARCHAR, iso_curve_role VARCHAR, zone VARCHAR NOT NULL, interval_minutes INTEGER, suite VARCHAR NOT NULL,
          fact_source VARCHAR NOT NULL, fact_shape VARCHAR NOT NULL, fact_units VARCHAR NOT NULL, fact_time VARCHAR NOT NULL,
          fact_revisions VARCHAR NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS deliveries (
          delivery_id BIGINT NOT NULL, feed VARCHAR NOT NULL, day DATE NOT NULL, table_name VARCHAR NOT NULL,
          known_at TIMESTAMPTZ NOT NULL,
          attempt INTEGER NOT NULL, outcome INTEGER NOT NULL, why VARCHAR NOT NULL, is_complete BOOLEAN NOT NULL,
          next_due TIMESTAMPTZ,
          rows_new BIGINT NOT NULL, rows_changed BIGINT NOT NULL, rows_identical BIGINT NOT NULL, rows_duplicate BIGINT NOT NULL,
          rows_quarantined BIGINT NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS files (
          file_id BIGINT NOT NULL, delivery_id BIGINT NOT NULL, feed VARCHAR NOT NULL, day DATE NOT NULL, site VARCHAR NOT NULL,
          path_and_query VARCHAR NOT NULL, file_name VARCHAR NOT NULL, status INTEGER NOT NULL, request_headers VARCHAR NOT NULL,
          response_headers VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, size_bytes BIGINT NOT NULL,
          received_at TIMESTAMPTZ NOT NULL,
          scrubbed_secrets INTEGER NOT NULL, rows_new BIGINT NOT NULL, rows_changed BIGINT NOT NULL,
          rows_identical BIGINT NOT NULL,
          rows_duplicate BIGINT NOT NULL, rows_quarantined BIGINT NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS quarantine (
          quarantine_id BIGINT NOT NULL, delivery_id BIGINT NOT NULL, table_name VARCHAR NOT NULL, feed VARCHAR NOT NULL,
          day DATE NOT NULL,
          row_json VARCHAR NOT NULL, expectation VARCHAR NOT NULL, reason VARCHAR NOT NULL, file_id BIGINT NOT NULL, line BIGINT,
          known_at TIMESTAMPTZ NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS dead_letters (
          dead_letter_id BIGINT NOT NULL, delivery_id BIGINT NOT NULL, feed VARCHAR NOT NULL, day DATE NOT NULL,
          file_id BIGINT NOT NULL,
          place VARCHAR NOT NULL, expected VARCHAR NOT NULL, found VARCHAR NOT NULL, known_at TIMESTAMPTZ NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS ledger (
          feed VARCHAR NOT NULL, day DATE NOT NULL, outcome INTEGER NOT NULL, why VARCHAR NOT NULL, is_complete BOOLEAN NOT NULL,
          last_outcome INTEGER NOT NULL, last_why VARCHAR NOT NULL, attempts INTEGER NOT NULL,
          first_tried_at TIMESTAMPTZ NOT NULL,
          last_tried_at TIMESTAMPTZ NOT NULL, rows_stored BIGINT NOT NULL, next_due TIMESTAMPTZ)
        """,
        "CREATE TABLE IF NOT EXISTS watermarks (feed VARCHAR NOT NULL, first_day DATE NOT NULL, through_day DATE)",
        """
        CREATE TABLE IF NOT EXISTS locations (
          iso_code VARCHAR NOT NULL, location_id VARCHAR NOT NULL, location_type VARCHAR NOT NULL, name VARCHAR NOT NULL,
          publisher_id VARCHAR, zone VARCHAR, hub VARCHAR, timezone VARCHAR NOT NULL, effective_from DATE NOT NULL,
          effective_to DATE,
          is_mapped BOOLEAN NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS location_days (
          feed VARCHAR NOT NULL, location_id VARCHAR NOT NULL, location_type VARCHAR NOT NULL, first_day DATE NOT NULL,
          last_day DATE NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS place_changes (
          delivery_id BIGINT NOT NULL, iso_code VARCHAR NOT NULL, location_id VARCHAR NOT NULL, location_type VARCHAR NOT NULL,
          name VARCHAR NOT NULL, publisher_id VARCHAR, zone VARCHAR, hub VARCHAR, timezone VARCHAR NOT NULL,
          effective_from DATE NOT NULL, effective_to DATE, is_mapped BOOLEAN NOT NULL, is_retired BOOLEAN NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS drift (
          drift_id BIGINT NOT NULL, delivery_id BIGINT NOT NULL, feed VARCHAR NOT NULL, day DATE NOT NULL, file_id BIGINT NOT NULL,
          kind VARCHAR NOT NULL, subject VARCHAR NOT NULL, expected VARCHAR NOT NULL, found VARCHAR NOT NULL,
          known_at TIMESTAMPTZ NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS feed_shapes (
          feed VARCHAR NOT NULL, form VARCHAR NOT NULL, columns VARCHAR NOT NULL, is_whole BOOLEAN NOT NULL,
          known_at TIMESTAMPTZ NOT NULL)
        """,
        "CREATE TABLE IF NOT EXISTS row_hours (feed VARCHAR NOT NULL, from_hour BIGINT NOT NULL, through_hour BIGINT NOT NULL)",
    ];

    /// <summary>Where a workbook stands on its way to the merged curves. A branch has a row for each time it was opened.</summary>
    public static readonly IReadOnlyList<string> CurveTables =
    [
        """
        CREATE TABLE IF NOT EXISTS curve_branches (
          branch VARCHAR NOT NULL, asof_date DATE NOT NULL, state VARCHAR NOT NULL, opened_at TIMESTAMPTZ NOT NULL,
          merged_at TIMESTAMPTZ, tag VARCHAR NOT NULL, why VARCHAR NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS curve_loads (
          load_id BIGINT NOT NULL, branch VARCHAR NOT NULL, vendor VARCHAR NOT NULL, file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
          asof_date DATE NOT NULL, state VARCHAR NOT NULL, tag VARCHAR NOT NULL, rows_read BIGINT NOT NULL, rows_new BIGINT NOT NULL,
          rows_changed BIGINT NOT NULL, rows_identical BIGINT NOT NULL, rows_withdrawn BIGINT NOT NULL, quarantined VARCHAR NOT NULL,
          gate VARCHAR NOT NULL, gate_results VARCHAR NOT NULL, why VARCHAR NOT NULL, messages VARCHAR NOT NULL,
          loaded_at TIMESTAMPTZ NOT NULL)
        """,
    ];

    public static readonly IReadOnlyList<string> Views =
    [
        """
        CREATE OR REPLACE VIEW outbox AS
        SELECT delivery_id AS outbox_id, feed, day, table_name, outcome, known_at, rows_new, rows_changed,
        rows_quarantined FROM deliveries
        """,
        """
        CREATE OR REPLACE VIEW ledger_history AS
        SELECT feed, day, attempt, known_at AS tried_at, outcome, why, is_complete, rows_new, rows_changed, rows_identical,
        rows_duplicate,
          rows_quarantined
        FROM deliveries
        """,
        "CREATE OR REPLACE VIEW locations_current AS SELECT * FROM locations WHERE effective_to IS NULL",
        """
        CREATE OR REPLACE VIEW external_iso_lmp AS
        SELECT lower(r.iso_code) AS iso, f.dataset, CAST(r.interval_start_utc AT TIME ZONE f.iso_timezone AS DATE) AS dt,
        r.iso_code,
          r.iso_market AS market, CAST(r.interval_start_utc AT TIME ZONE f.iso_timezone AS DATE) AS delivery_date,
          r.interval_start_utc AS interval_start, r.interval_end_utc AS interval_end,
          CAST(extract(epoch FROM (r.interval_end_utc - r.interval_start_utc)) / 60 AS INTEGER) AS interval_minutes,
          r.location_id, coalesce(l.name, r.location_id) AS location_name, r.location_type, l.zone, l.hub,
          f.iso_timezone AS timezone,
          r.lmp AS price_total, r.energy AS price_energy, r.congestion AS price_congestion, r.loss AS price_loss,
          'USD' AS currency,
          'MWh' AS uom, r.location_id AS settlement_point, CAST(r.file_id AS VARCHAR) AS source_run_id, r.known_at AS ingest_ts
        FROM iso_lmp_current r JOIN feeds f ON f.feed = r.feed
        LEFT JOIN locations_current l
          ON l.iso_code = r.iso_code AND l.location_id = r.location_id AND l.location_type = r.location_type
        """,
        """
        CREATE OR REPLACE VIEW external_series_catalog AS
        SELECT r.provider, r.series_id, nullif(r.dataset_code, '') AS dataset_code, r.title, nullif(r.description, '') AS description,
          coalesce(nullif(r.unit_code, ''), nullif(r.unit, '')) AS unit_code, nullif(r.frequency_code, '') AS frequency_code,
          nullif(r.geo_id, '') AS geo_id, nullif(r.status, '') AS status, r.category, nullif(r.source_url, '') AS source_url,
          nullif(r.notes, '') AS notes, CAST(nullif(r.start_date, '') || ' 00:00:00+00' AS TIMESTAMPTZ) AS start_ts,
          CAST(nullif(r.end_date, '') || ' 00:00:00+00' AS TIMESTAMPTZ) AS end_ts,
          CAST(nullif(r.last_observation_date, '') || ' 00:00:00+00' AS TIMESTAMPTZ) AS last_observation_ts,
          CAST(r.known_at AT TIME ZONE 'UTC' AS DATE) AS asof_date, f.first_known_at AS created_at,
          coalesce(r.updated_at, r.known_at) AS updated_at, r.known_at AS ingest_ts, nullif(r.iso_code, '') AS iso_code,
          CAST(NULL AS VARCHAR) AS iso_market, CAST(NULL AS VARCHAR) AS iso_product, CAST(NULL AS VARCHAR) AS iso_location_type,
          CAST(NULL AS VARCHAR) AS iso_location_id, CAST(NULL AS VARCHAR) AS iso_location_name,
          CAST(NULL AS VARCHAR) AS iso_timezone, CAST(NULL AS INTEGER) AS iso_interval_minutes, CAST(NULL AS VARCHAR) AS iso_unit,
          CAST(NULL AS VARCHAR) AS iso_subject, CAST(NULL AS VARCHAR) AS iso_curve_role, nullif(r.tags, '') AS tags,
          nullif(r.metadata, '') AS metadata, CAST(r.revision AS BIGINT) AS version
        FROM series_catalog_current r
        JOIN (SELECT feed, series_id, min(known_at) AS first_known_at FROM series_catalog GROUP BY feed, series_id) f
          ON f.feed = r.feed AND f.series_id = r.series_id
        """,
    ];
}
