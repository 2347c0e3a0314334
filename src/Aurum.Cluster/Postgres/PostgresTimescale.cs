using System.Globalization;

namespace Aurum.Cluster.Postgres;

/// <summary>Prices, reserves, load and series as TimescaleDB keeps them: hypertables with compression and retention, continuous aggregates,
/// and a procedure that takes the current rows of the store. Made where the extension is found. Not run against TimescaleDB: it was not to
/// be had; tables and procedure are tested on plain PostgreSQL, the calls of the extension's functions are not.</summary>
internal static class PostgresTimescale
{
    /// <summary>Name of its step.</summary>
    public const string Step = "timescale";

    public const string IsThere = "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'timescaledb')";

    private static readonly TimescaleTable[] Hypertables =
    [
        new("iso_lmp_timeseries", "interval_start", 3, 7, 180, "iso_code, market, location_id"),
        new("iso_asm_timeseries", "interval_start", 7, 7, 365, "iso_code, market, product"),
        new("load_timeseries", "interval_start", 7, 14, 1_825, "iso_code, area"),
        new("eia_series_timeseries", "period_start", 30, 365, 3_650, "series_id"),
    ];

    private static readonly TimescaleAggregate[] Aggregates =
    [
        .. Of(
            "iso_lmp_agg", "iso_lmp_timeseries", "iso_code, market, location_id, zone, hub, timezone, currency, uom",
            "price_total", "price",
            ("5m", "5 minutes", 7, "5 minutes"), ("1h", "1 hour", 30, "1 hour"), ("1d", "1 day", 365, "1 day"),
            ("1w", "1 week", 730, "7 days"), ("1m", "1 month", 1_825, "30 days")),
        .. Of(
            "iso_load_agg", "load_timeseries", "iso_code, area", "mw", "mw",
            ("15m", "15 minutes", 14, "15 minutes"), ("1h", "1 hour", 90, "1 hour"), ("1d", "1 day", 730, "1 day"),
            ("1w", "1 week", 730, "7 days"), ("1m", "1 month", 1_825, "30 days")),
    ];

    /// <summary>The tables, and the procedure: plain SQL.</summary>
    public static IReadOnlyList<string> Tables =>
    [
        """
        CREATE TABLE IF NOT EXISTS iso_lmp_timeseries (
          record_hash text NOT NULL, iso_code text NOT NULL, market text NOT NULL, delivery_date date NOT NULL,
          interval_start timestamptz NOT NULL, interval_end timestamptz, interval_minutes integer, location_id text NOT NULL,
          location_name text, location_type text, zone text, hub text, timezone text, price_total double precision,
          price_energy double precision, price_congestion double precision, price_loss double precision, currency text, uom text,
          settlement_point text, source_run_id text, ingest_ts timestamptz NOT NULL, PRIMARY KEY (record_hash, interval_start))
        """,
        """
        CREATE TABLE IF NOT EXISTS iso_asm_timeseries (
          record_hash text NOT NULL, iso_code text NOT NULL, market text NOT NULL, product text NOT NULL, zone text,
          interval_start timestamptz NOT NULL, interval_end timestamptz, interval_minutes integer, price_mcp double precision,
          currency text NOT NULL, uom text NOT NULL, ingest_ts timestamptz NOT NULL, PRIMARY KEY (record_hash, interval_start))
        """,
        """
        CREATE TABLE IF NOT EXISTS load_timeseries (
          iso_code text NOT NULL, area text NOT NULL, feed text NOT NULL, interval_start timestamptz NOT NULL, interval_end timestamptz,
          interval_minutes integer, mw double precision, ingest_ts timestamptz NOT NULL,
          PRIMARY KEY (iso_code, area, feed, interval_start))
        """,
        """
        CREATE TABLE IF NOT EXISTS eia_series_timeseries (
          series_id text NOT NULL, dataset text NOT NULL, period_start timestamptz NOT NULL, period_end timestamptz, value double precision,
          unit text, ingest_ts timestamptz NOT NULL, PRIMARY KEY (series_id, dataset, period_start))
        """,
        Take,
    ];

    /// <summary>All of it, for a database with the extension.</summary>
    public static IReadOnlyList<string> Statements =>
        [.. Tables, .. Hypertables.SelectMany(static t => t.Statements), .. Aggregates.SelectMany(static a => a.Statements)];

    /// <summary>Takes current rows that were known since an instant; taking them again changes nothing.</summary>
    private const string Take = """
        CREATE OR REPLACE PROCEDURE timescale_take(since timestamptz) LANGUAGE sql SET search_path FROM CURRENT AS $$
        INSERT INTO iso_lmp_timeseries
        SELECT md5(concat_ws('|', dataset, iso_code, location_id, location_type, interval_start, interval_end)), iso_code, market,
          delivery_date, interval_start, interval_end, interval_minutes, location_id, location_name, location_type, zone, hub, timezone,
          price_total, price_energy, price_congestion, price_loss, currency, uom, settlement_point, source_run_id, ingest_ts
        FROM external_iso_lmp WHERE ingest_ts >= since
        ON CONFLICT (record_hash, interval_start) DO UPDATE SET price_total = excluded.price_total, price_energy = excluded.price_energy,
          price_congestion = excluded.price_congestion, price_loss = excluded.price_loss, location_name = excluded.location_name,
          source_run_id = excluded.source_run_id, ingest_ts = excluded.ingest_ts;
        INSERT INTO iso_asm_timeseries
        SELECT md5(concat_ws('|', feed, location_id, location_type, product, interval_start_utc, interval_end_utc)), iso_code, iso_market,
          product, location_id, interval_start_utc, interval_end_utc,
          CAST(extract(epoch FROM interval_end_utc - interval_start_utc) / 60 AS integer), price_mcp, 'USD', 'MW', known_at
        FROM iso_asm_current WHERE known_at >= since
        ON CONFLICT (record_hash, interval_start) DO UPDATE SET price_mcp = excluded.price_mcp, ingest_ts = excluded.ingest_ts;
        INSERT INTO load_timeseries
        SELECT iso_code, location_id, feed, interval_start_utc, interval_end_utc,
          CAST(extract(epoch FROM interval_end_utc - interval_start_utc) / 60 AS integer), mw, known_at
        FROM iso_load_current WHERE known_at >= since AND iso_product = 'LOAD'
        ON CONFLICT (iso_code, area, feed, interval_start) DO UPDATE SET mw = excluded.mw, ingest_ts = excluded.ingest_ts;
        INSERT INTO eia_series_timeseries
        SELECT DISTINCT ON (series_id, feed, interval_start_utc) series_id, feed, interval_start_utc, interval_end_utc, value, unit, known_at
        FROM timeseries_observation_current WHERE known_at >= since AND provider = 'eia'
        ORDER BY series_id, feed, interval_start_utc, issued_at_utc DESC NULLS LAST
        ON CONFLICT (series_id, dataset, period_start) DO UPDATE SET value = excluded.value, unit = excluded.unit,
          ingest_ts = excluded.ingest_ts;
        $$
        """;

    private static IEnumerable<TimescaleAggregate> Of(
        string name,
        string table,
        string group,
        string value,
        string measure,
        params (string Suffix, string Bucket, int Days, string Every)[] buckets) =>
        buckets.Select(b => new TimescaleAggregate($"{name}_{b.Suffix}", table, group, value, measure, b.Bucket, b.Days, b.Every));

    /// <summary>A hypertable and its policies.</summary>
    /// <param name="Name">Table.</param>
    /// <param name="Time">Its column of time.</param>
    /// <param name="ChunkDays">Days of a chunk.</param>
    /// <param name="CompressDays">Days after which a chunk is compressed.</param>
    /// <param name="KeepDays">Days after which it is dropped.</param>
    /// <param name="Segment">Columns that compressed rows are grouped by.</param>
    private sealed record TimescaleTable(string Name, string Time, int ChunkDays, int CompressDays, int KeepDays, string Segment)
    {
        public IEnumerable<string> Statements =>
        [
            $"SELECT create_hypertable('{Name}', '{Time}', chunk_time_interval => {Days(ChunkDays)}, if_not_exists => TRUE, "
                + "migrate_data => TRUE)",
            $"ALTER TABLE {Name} SET (timescaledb.compress, timescaledb.compress_segmentby = '{Segment}', "
                + $"timescaledb.compress_orderby = '{Time} DESC')",
            $"SELECT add_compression_policy('{Name}', {Days(CompressDays)}, if_not_exists => TRUE)",
            $"SELECT add_retention_policy('{Name}', {Days(KeepDays)}, if_not_exists => TRUE)",
        ];
    }

    /// <summary>A continuous aggregate and its policy.</summary>
    private sealed record TimescaleAggregate(
        string Name, string Table, string Group, string Value, string Measure, string Bucket, int Days, string Every)
    {
        public IEnumerable<string> Statements =>
        [
            $"""
            CREATE MATERIALIZED VIEW IF NOT EXISTS {Name} WITH (timescaledb.continuous) AS
            SELECT time_bucket(INTERVAL '{Bucket}', interval_start) AS bucket, {Group}, avg({Value}) AS {Measure}_avg,
              min({Value}) AS {Measure}_min, max({Value}) AS {Measure}_max, stddev_pop({Value}) AS {Measure}_stddev, count(*) AS sample_count
            FROM {Table} GROUP BY bucket, {Group} WITH NO DATA
            """,
            $"SELECT add_continuous_aggregate_policy('{Name}', start_offset => {PostgresTimescale.Days(Days)}, "
                + $"end_offset => INTERVAL '{Bucket}', schedule_interval => INTERVAL '{Every}', if_not_exists => TRUE)",
        ];
    }

    private static string Days(int days) => string.Create(CultureInfo.InvariantCulture, $"INTERVAL '{days} days'");
}
