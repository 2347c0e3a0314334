namespace Aurum.Cluster.Postgres;

/// <summary>The procedure that fills the tables of TimescaleDB from the store.</summary>
internal static class TimescaleTake
{
    /// <summary>How long the periods of a row are, by their days.</summary>
    private const string Frequency = """
        CASE WHEN interval_end_utc - interval_start_utc <= INTERVAL '1 day' THEN 'DAILY'
            WHEN interval_end_utc - interval_start_utc <= INTERVAL '7 days' THEN 'WEEKLY'
            WHEN interval_end_utc - interval_start_utc <= INTERVAL '14 days' THEN 'BIWEEKLY'
            WHEN interval_end_utc - interval_start_utc <= INTERVAL '31 days' THEN 'MONTHLY'
            WHEN interval_end_utc - interval_start_utc <= INTERVAL '92 days' THEN 'QUARTERLY'
            WHEN interval_end_utc - interval_start_utc <= INTERVAL '184 days' THEN 'SEMIANNUAL' ELSE 'ANNUAL' END
        """;

    private const string Prices = """
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
        """;

    private const string Load = """
        INSERT INTO load_timeseries
        SELECT iso_code, location_id, feed, interval_start_utc, interval_end_utc,
          CAST(extract(epoch FROM interval_end_utc - interval_start_utc) / 60 AS integer), mw, known_at
        FROM iso_load_current WHERE known_at >= since AND iso_product = 'LOAD'
        ON CONFLICT (iso_code, area, feed, interval_start) DO UPDATE SET mw = excluded.mw, ingest_ts = excluded.ingest_ts;
        """;

    /// <summary>Of vintages the one that was put out last counts, in whatever order they come.</summary>
    private const string Series = $"""
        INSERT INTO eia_series_timeseries
        SELECT DISTINCT ON (series_id, feed, interval_start_utc) series_id, feed, interval_start_utc, interval_end_utc, value, unit,
          known_at
        FROM timeseries_observation_current WHERE known_at >= since AND provider = 'eia'
        ORDER BY series_id, feed, interval_start_utc, issued_at_utc DESC NULLS LAST
        ON CONFLICT (series_id, dataset, period_start) DO UPDATE SET value = excluded.value, unit = excluded.unit,
          ingest_ts = excluded.ingest_ts;
        INSERT INTO fred_series_timeseries AS t
        SELECT DISTINCT ON (series_id, interval_start_utc) regexp_replace(series_id, '^series/', ''),
          CAST(interval_start_utc AT TIME ZONE 'UTC' AS date), {Frequency}, value, unit, issued_at_utc, known_at
        FROM timeseries_observation_current WHERE known_at >= since AND provider = 'fred'
        ORDER BY series_id, interval_start_utc, issued_at_utc DESC NULLS LAST
        ON CONFLICT (series_id, obs_date) DO UPDATE SET value = excluded.value, units = excluded.units, issued_at = excluded.issued_at,
          ingest_ts = excluded.ingest_ts
        WHERE coalesce(excluded.issued_at, '-infinity') >= coalesce(t.issued_at, '-infinity');
        INSERT INTO cpi_series_timeseries AS t
        SELECT DISTINCT ON (series_id, interval_start_utc) regexp_replace(series_id, '^series/', ''),
          to_char(interval_start_utc AT TIME ZONE 'UTC', 'YYYY-MM'), interval_start_utc, 'US', {Frequency}, value, unit, 'FRED',
          issued_at_utc, known_at
        FROM timeseries_observation_current
        WHERE known_at >= since AND provider = 'fred' AND (series_id LIKE 'series/CPI%' OR series_id LIKE 'series/CPALTT01US%')
        ORDER BY series_id, interval_start_utc, issued_at_utc DESC NULLS LAST
        ON CONFLICT (series_id, period_start) DO UPDATE SET value = excluded.value, units = excluded.units, issued_at = excluded.issued_at,
          ingest_ts = excluded.ingest_ts
        WHERE coalesce(excluded.issued_at, '-infinity') >= coalesce(t.issued_at, '-infinity');
        """;

    private const string Weather = """
        INSERT INTO noaa_weather_timeseries
        SELECT split_part(series_id, '/', 2), CAST(interval_start_utc AT TIME ZONE 'UTC' AS date), split_part(series_id, '/', 3),
          upper(split_part(series_id, '/', 1)), value, nullif(unit, ''), nullif(split_part(flags, ',', 1), ''),
          nullif(split_part(flags, ',', 2), ''), nullif(split_part(flags, ',', 3), ''), known_at
        FROM timeseries_observation_current WHERE known_at >= since AND provider = 'noaa' AND series_id LIKE '%/%/%'
        ON CONFLICT (station_id, observation_date, element) DO UPDATE SET value = excluded.value, unit = excluded.unit,
          measurement_flag = excluded.measurement_flag, quality_flag = excluded.quality_flag, source_flag = excluded.source_flag,
          ingest_ts = excluded.ingest_ts;
        """;

    /// <summary>What each delivery brought.</summary>
    private const string Operations = """
        INSERT INTO ops_metrics
        SELECT m.metric, jsonb_build_object('feed', d.feed, 'table', d.table_name), d.known_at, m.value, d.delivery_id
        FROM deliveries d CROSS JOIN LATERAL (VALUES ('delivery.rows_new', d.rows_new), ('delivery.rows_changed', d.rows_changed),
          ('delivery.rows_identical', d.rows_identical), ('delivery.rows_duplicate', d.rows_duplicate),
          ('delivery.rows_quarantined', d.rows_quarantined), ('delivery.attempt', d.attempt)) AS m (metric, value)
        WHERE d.known_at >= since
        ON CONFLICT (metric, delivery_id, ts) DO NOTHING;
        """;

    /// <summary>Takes current rows that were known since an instant; taking them again changes nothing.</summary>
    public const string Procedure = $"""
        CREATE OR REPLACE PROCEDURE timescale_take(since timestamptz) LANGUAGE sql SET search_path FROM CURRENT AS $$
        {Prices}
        {Load}
        {Series}
        {Weather}
        {Operations}
        $$
        """;
}
