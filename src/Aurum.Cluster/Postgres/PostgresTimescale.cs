namespace Aurum.Cluster.Postgres;

/// <summary>Prices, reserves, load, series, weather and figures of deliveries as TimescaleDB keeps them: hypertables with compression and
/// retention, continuous aggregates, and a procedure that takes the current rows of the store. Made where the extension is found. Not run
/// against TimescaleDB: it was not to be had; tables and procedure are tested on plain PostgreSQL, the calls of the extension's functions
/// against functions that stand in for them.</summary>
/// <remarks>The platform's table of drought indices is left out: no feed brings any, and an empty table would say otherwise. Its windows of
/// refreshing are widened where revisions reach farther back (FRED's vintages).</remarks>
internal static class PostgresTimescale
{
    /// <summary>Name of its step.</summary>
    public const string Step = "timescale";

    public const string IsThere = "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'timescaledb')";

    private const string Lmp = "iso_lmp_timeseries";
    private const string Load = "load_timeseries";
    private const string Operations = "ops_metrics";
    private const string Eia = "eia_series_timeseries";

    private static readonly TimescaleTable[] Hypertables =
    [
        new(Lmp, "interval_start", 3, 7, 180, "iso_code, market, location_id"),
        new("iso_asm_timeseries", "interval_start", 7, 7, 365, "iso_code, market, product"),
        new(Load, "interval_start", 7, 14, 1_825, "iso_code, area"),
        new(Eia, "period_start", 30, 365, 3_650, "series_id"),
        new(Operations, "ts", 1, 7, 365, "metric"),
        new("fred_series_timeseries", "obs_date", 365, 90, 3_650, "series_id"),
        new("cpi_series_timeseries", "period_start", 365, 180, 3_650, "series_id"),
        new("noaa_weather_timeseries", "observation_date", 30, 30, 1_825, "station_id, element"),
    ];

    private static readonly TimescaleAggregate[] Aggregates =
    [
        .. Of(
            "iso_lmp_agg", Lmp, "interval_start", "iso_code, market, location_id, zone, hub, timezone, currency, uom",
            TimescaleAggregate.Spread("price_total", "price"),
            ("5m", "5 minutes", 7, "5 minutes"), ("1h", "1 hour", 30, "1 hour"), ("1d", "1 day", 365, "1 day"),
            ("1w", "1 week", 730, "7 days"), ("1m", "1 month", 1_825, "30 days")),
        .. Of(
            "iso_load_agg", Load, "interval_start", "iso_code, area", TimescaleAggregate.Spread("mw", "mw"),
            ("15m", "15 minutes", 14, "15 minutes"), ("1h", "1 hour", 90, "1 hour"), ("1d", "1 day", 730, "1 day"),
            ("1w", "1 week", 730, "7 days"), ("1m", "1 month", 1_825, "30 days")),
        .. Of(
            "ops_metrics_agg", Operations, "ts", "metric, labels", TimescaleAggregate.Spread("value", "value"),
            ("5m", "5 minutes", 2, "5 minutes"), ("1h", "1 hour", 30, "1 hour"), ("1d", "1 day", 365, "1 day"),
            ("1w", "1 week", 730, "7 days")),
        new(
            "eia_series_daily", Eia, "period_start", "series_id, dataset",
            $"{TimescaleAggregate.Range("value", "value")}, last(value, period_start) AS value_last", "1 day", 400, "1 day"),
        new(
            "eia_series_monthly", Eia, "period_start", "series_id, dataset",
            "avg(value) AS value_avg, last(value, period_start) AS value_last", "1 month", 1_825, "1 day"),
        new(
            "fred_series_daily_summary", "fred_series_timeseries", "obs_date", "series_id", TimescaleAggregate.Range("value", "value"),
            "1 day", 3_650, "1 day"),
        new(
            "cpi_series_monthly_summary", "cpi_series_timeseries", "period_start", "series_id",
            $"{TimescaleAggregate.Range("value", "value")}, max(ingest_ts) AS latest_ingest_ts", "1 month", 1_825, "1 day")
        {
            KeepDays = 3_650,
        },
        new(
            "noaa_weather_timeseries_wk", "noaa_weather_timeseries", "observation_date", "station_id, element",
            $"{TimescaleAggregate.Range("value", "value")}, max(ingest_ts) AS latest_ingest_ts", "7 days", 730, "1 day")
        {
            KeepDays = 1_825,
        },
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
        """
        CREATE TABLE IF NOT EXISTS ops_metrics (
          metric text NOT NULL, labels jsonb NOT NULL, ts timestamptz NOT NULL, value double precision NOT NULL,
          delivery_id bigint NOT NULL, PRIMARY KEY (metric, delivery_id, ts))
        """,
        "CREATE INDEX IF NOT EXISTS ops_metrics_labels ON ops_metrics USING gin (labels)",
        """
        CREATE TABLE IF NOT EXISTS fred_series_timeseries (
          series_id text NOT NULL, obs_date date NOT NULL, frequency text NOT NULL, value double precision, units text,
          issued_at timestamptz, ingest_ts timestamptz NOT NULL, PRIMARY KEY (series_id, obs_date))
        """,
        """
        CREATE TABLE IF NOT EXISTS cpi_series_timeseries (
          series_id text NOT NULL, period text NOT NULL, period_start timestamptz NOT NULL, area text NOT NULL, frequency text NOT NULL,
          value double precision, units text, source text NOT NULL, issued_at timestamptz, ingest_ts timestamptz NOT NULL,
          PRIMARY KEY (series_id, period_start))
        """,
        """
        CREATE TABLE IF NOT EXISTS noaa_weather_timeseries (
          station_id text NOT NULL, observation_date date NOT NULL, element text NOT NULL, dataset text NOT NULL, value double precision,
          unit text, measurement_flag text, quality_flag text, source_flag text, ingest_ts timestamptz NOT NULL,
          PRIMARY KEY (station_id, observation_date, element))
        """,
        TimescaleTake.Procedure,
    ];

    /// <summary>All of it, for a database with the extension.</summary>
    public static IReadOnlyList<string> Statements =>
        [.. Tables, .. Hypertables.SelectMany(static t => t.Statements), .. Aggregates.SelectMany(static a => a.Statements)];

    private static IEnumerable<TimescaleAggregate> Of(
        string name, string table, string time, string group, string measures,
        params (string Suffix, string Bucket, int Days, string Every)[] buckets) =>
        buckets.Select(b => new TimescaleAggregate($"{name}_{b.Suffix}", table, time, group, measures, b.Bucket, b.Days, b.Every));
}
