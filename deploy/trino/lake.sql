-- The lake's tables and views for Trino. Aurum makes the tables itself: run these only where Trino is to make them.

CREATE SCHEMA IF NOT EXISTS iceberg.market;
CREATE SCHEMA IF NOT EXISTS iceberg.external;
CREATE SCHEMA IF NOT EXISTS iceberg.raw;
CREATE SCHEMA IF NOT EXISTS iceberg.eia;

CREATE TABLE IF NOT EXISTS iceberg.market.iso_lmp (
  iso varchar NOT NULL COMMENT 'ISO in small letters',
  dataset varchar NOT NULL COMMENT 'the publisher''s dataset',
  dt date NOT NULL COMMENT 'day of delivery in the ISO''s time zone: the partition',
  iso_code varchar COMMENT 'ISO',
  market varchar COMMENT 'DAY_AHEAD, REAL_TIME, FIFTEEN_MINUTE, HOUR_AHEAD',
  delivery_date date COMMENT 'day of delivery in the ISO''s time zone',
  interval_start timestamp(6) with time zone NOT NULL COMMENT 'start of delivery',
  interval_end timestamp(6) with time zone NOT NULL COMMENT 'end of delivery',
  interval_minutes integer COMMENT 'length of delivery, minutes',
  location_id varchar NOT NULL COMMENT 'the publisher''s name of the place',
  location_name varchar COMMENT 'name of the place',
  location_type varchar NOT NULL COMMENT 'NODE, ZONE, HUB, ...',
  zone varchar COMMENT 'zone that the place lies in',
  hub varchar COMMENT 'hub that the place belongs to',
  timezone varchar COMMENT 'the ISO''s time zone',
  price_total double COMMENT 'locational marginal price, in currency per uom',
  price_energy double COMMENT 'energy component',
  price_congestion double COMMENT 'congestion component',
  price_loss double COMMENT 'loss component',
  price_ghg double COMMENT 'greenhouse-gas component',
  currency varchar COMMENT 'USD or CAD',
  uom varchar COMMENT 'MWh',
  settlement_point varchar COMMENT 'the publisher''s name of the place',
  source_run_id varchar COMMENT 'file_id in the store',
  ingest_ts timestamp(6) with time zone COMMENT 'when the price was known',
  revision integer COMMENT '1, and one more for each change'
)
WITH (
  format = 'PARQUET',
  format_version = 2,
  compression_codec = 'ZSTD',
  partitioning = ARRAY['day(dt)'],
  sorted_by = ARRAY['iso', 'dataset', 'location_id', 'interval_start']
);

CREATE TABLE IF NOT EXISTS iceberg.external.timeseries_observation (
  provider varchar NOT NULL COMMENT 'who publishes the series',
  dt date NOT NULL COMMENT 'what the row is filed under: the month of ts for hours, its decade for days and longer; UTC',
  dataset varchar NOT NULL COMMENT 'the provider''s dataset: the feed',
  series_id varchar NOT NULL COMMENT 'id within the provider',
  ts timestamp(6) with time zone NOT NULL COMMENT 'start of what the value is for',
  ts_end timestamp(6) with time zone NOT NULL COMMENT 'end of what the value is for',
  issue varchar NOT NULL COMMENT 'issued_at as text; empty where the provider replaces values in place',
  issued_at timestamp(6) with time zone COMMENT 'when the provider put this issue or vintage out',
  asof_date date COMMENT 'day of the issue, else the day that the value was known; UTC',
  value double COMMENT 'in unit',
  unit varchar COMMENT 'unit as the provider writes it',
  unit_code varchar COMMENT 'unit under one name for all providers',
  unit_factor double COMMENT 'unit in terms of unit_code',
  geo_id varchar COMMENT 'what place it is about',
  dataset_code varchar COMMENT 'the provider''s code of the dataset',
  frequency_code varchar COMMENT 'how often there is a value',
  status varchar COMMENT 'whether the series goes on',
  quality_flag varchar COMMENT 'what the provider says of the value, in its own codes',
  iso_code varchar COMMENT 'ISO, where one publishes it under a contract',
  iso_market varchar COMMENT 'its market',
  iso_product varchar COMMENT 'its product',
  iso_timezone varchar COMMENT 'its time zone',
  iso_interval_minutes integer COMMENT 'length of its intervals, minutes',
  iso_unit varchar COMMENT 'its unit',
  iso_subject varchar COMMENT 'its subject',
  iso_curve_role varchar COMMENT 'its role in a curve',
  ingest_ts timestamp(6) with time zone COMMENT 'when the value was known',
  source_event_id varchar COMMENT 'file_id in the store',
  revision integer COMMENT '1, and one more for each change'
)
WITH (
  format = 'PARQUET',
  format_version = 2,
  compression_codec = 'ZSTD',
  partitioning = ARRAY['provider', 'day(dt)'],
  sorted_by = ARRAY['provider', 'series_id', 'ts', 'issue']
);

CREATE TABLE IF NOT EXISTS iceberg.raw.curve_landing (
  asof_date date NOT NULL COMMENT 'day that the curve describes',
  source_file varchar COMMENT 'workbook',
  sheet_name varchar COMMENT 'sheet',
  asset_class varchar COMMENT 'power, gas, ...',
  region varchar COMMENT 'region',
  iso varchar COMMENT 'market operator',
  location varchar COMMENT 'place',
  market varchar COMMENT 'market',
  product varchar COMMENT 'product',
  block varchar COMMENT 'hours of delivery',
  spark_location varchar COMMENT 'where the gas of a spread is priced',
  price_type varchar NOT NULL COMMENT 'MID, ...',
  units_raw varchar NOT NULL COMMENT 'unit as the workbook writes it',
  currency varchar COMMENT 'currency',
  per_unit varchar COMMENT 'unit that the price is per',
  tenor_type varchar NOT NULL COMMENT 'MONTHLY, QUARTER, SEASON, CALENDAR, ...',
  contract_month date COMMENT 'first day of delivery',
  tenor_label varchar NOT NULL COMMENT 'period of delivery',
  value double COMMENT 'price in units_raw',
  bid double COMMENT 'bid in units_raw',
  ask double COMMENT 'ask in units_raw',
  mid double COMMENT 'mid in units_raw',
  curve_key varchar NOT NULL COMMENT 'SHA-256 of the curve''s identity',
  version_hash varchar COMMENT 'SHA-256 of file, sheet and day',
  _ingest_ts timestamp(6) with time zone COMMENT 'when the quote was known',
  quarantine_reason varchar COMMENT 'why it is held back',
  branch varchar NOT NULL COMMENT 'branch that it was read for',
  sheet_cell varchar COMMENT 'cell',
  vendor varchar NOT NULL COMMENT 'whose workbook',
  revision integer COMMENT '1, and one more for each change'
)
WITH (
  format = 'PARQUET',
  format_version = 2,
  compression_codec = 'ZSTD',
  partitioning = ARRAY['day(asof_date)'],
  sorted_by = ARRAY['asof_date', 'asset_class', 'iso', 'tenor_label']
);

CREATE TABLE IF NOT EXISTS iceberg.market.curve_observation (
  asof_date date NOT NULL COMMENT 'day that the curve describes',
  source_file varchar COMMENT 'workbook',
  sheet_name varchar COMMENT 'sheet',
  asset_class varchar COMMENT 'power, gas, ...',
  region varchar COMMENT 'region',
  iso varchar COMMENT 'market operator',
  location varchar COMMENT 'place',
  market varchar COMMENT 'market',
  product varchar COMMENT 'product',
  block varchar COMMENT 'hours of delivery',
  spark_location varchar COMMENT 'where the gas of a spread is priced',
  price_type varchar NOT NULL COMMENT 'MID, ...',
  units_raw varchar NOT NULL COMMENT 'unit as the workbook writes it',
  currency varchar COMMENT 'currency',
  per_unit varchar COMMENT 'unit that the price is per',
  tenor_type varchar NOT NULL COMMENT 'MONTHLY, QUARTER, SEASON, CALENDAR, ...',
  contract_month date COMMENT 'first day of delivery',
  tenor_label varchar NOT NULL COMMENT 'period of delivery',
  value double COMMENT 'price in units_raw',
  bid double COMMENT 'bid in units_raw',
  ask double COMMENT 'ask in units_raw',
  mid double COMMENT 'mid in units_raw',
  curve_key varchar NOT NULL COMMENT 'SHA-256 of the curve''s identity',
  version_hash varchar COMMENT 'SHA-256 of file, sheet and day',
  _ingest_ts timestamp(6) with time zone COMMENT 'when the quote was known',
  lineage_tags varchar COMMENT 'where it comes from',
  sheet_cell varchar COMMENT 'cell',
  vendor varchar NOT NULL COMMENT 'whose workbook',
  revision integer COMMENT '1, and one more for each change'
)
WITH (
  format = 'PARQUET',
  format_version = 2,
  compression_codec = 'ZSTD',
  partitioning = ARRAY['day(asof_date)'],
  sorted_by = ARRAY['asof_date', 'asset_class', 'iso', 'tenor_label']
);

CREATE TABLE IF NOT EXISTS iceberg.market.curve_observation_quarantine (
  asof_date date NOT NULL COMMENT 'day that the curve describes',
  source_file varchar COMMENT 'workbook',
  sheet_name varchar COMMENT 'sheet',
  asset_class varchar COMMENT 'power, gas, ...',
  region varchar COMMENT 'region',
  iso varchar COMMENT 'market operator',
  location varchar COMMENT 'place',
  market varchar COMMENT 'market',
  product varchar COMMENT 'product',
  block varchar COMMENT 'hours of delivery',
  spark_location varchar COMMENT 'where the gas of a spread is priced',
  price_type varchar NOT NULL COMMENT 'MID, ...',
  units_raw varchar NOT NULL COMMENT 'unit as the workbook writes it',
  currency varchar COMMENT 'currency',
  per_unit varchar COMMENT 'unit that the price is per',
  tenor_type varchar NOT NULL COMMENT 'MONTHLY, QUARTER, SEASON, CALENDAR, ...',
  contract_month date COMMENT 'first day of delivery',
  tenor_label varchar NOT NULL COMMENT 'period of delivery',
  value double COMMENT 'price in units_raw',
  bid double COMMENT 'bid in units_raw',
  ask double COMMENT 'ask in units_raw',
  mid double COMMENT 'mid in units_raw',
  curve_key varchar NOT NULL COMMENT 'SHA-256 of the curve''s identity',
  version_hash varchar COMMENT 'SHA-256 of file, sheet and day',
  _ingest_ts timestamp(6) with time zone COMMENT 'when the quote was known',
  quarantine_reason varchar COMMENT 'why it is held back',
  branch varchar NOT NULL COMMENT 'branch that it was read for',
  sheet_cell varchar COMMENT 'cell',
  vendor varchar NOT NULL COMMENT 'whose workbook',
  revision integer COMMENT '1, and one more for each change'
)
WITH (
  format = 'PARQUET',
  format_version = 2,
  compression_codec = 'ZSTD',
  partitioning = ARRAY['day(asof_date)'],
  sorted_by = ARRAY['asof_date', 'asset_class', 'iso', 'tenor_label']
);

CREATE TABLE IF NOT EXISTS iceberg.market.curve_dead_letter (
  source varchar COMMENT 'feed',
  error_message varchar COMMENT 'place, what was expected, what was found',
  context map(varchar, varchar) COMMENT 'file, its SHA-256, day, place and delivery',
  severity varchar COMMENT 'ERROR',
  recommended_action varchar COMMENT 'what a person can do',
  ingest_ts timestamp(6) with time zone NOT NULL COMMENT 'when it was known',
  raw_payload varchar COMMENT 'what was found',
  dead_letter_id bigint NOT NULL COMMENT 'number in the store'
)
WITH (
  format = 'PARQUET',
  format_version = 2,
  compression_codec = 'ZSTD',
  partitioning = ARRAY['day(ingest_ts)'],
  sorted_by = ARRAY['ingest_ts', 'source']
);

CREATE TABLE IF NOT EXISTS iceberg.market.scenario_output (
  asof_date date NOT NULL COMMENT 'day that the curve describes',
  scenario_id varchar NOT NULL COMMENT 'scenario',
  tenant_id varchar COMMENT 'whose scenario it is',
  run_id varchar NOT NULL COMMENT 'run that came to it',
  curve_key varchar COMMENT 'SHA-256 of the curve''s identity',
  tenor_type varchar COMMENT 'MONTHLY, QUARTER, SEASON, CALENDAR',
  contract_month date COMMENT 'first day of delivery',
  tenor_label varchar COMMENT 'period of delivery',
  metric varchar NOT NULL COMMENT 'mid, ensemble_median',
  value double COMMENT 'price under the scenario, in unit',
  band_lower double COMMENT 'lower end of the band',
  band_upper double COMMENT 'upper end of the band',
  attribution varchar COMMENT 'JSON list of components and deltas: base plus all of them is the value',
  version_hash varchar COMMENT 'hash of input, curve, tenor, metric and value',
  computed_ts timestamp(6) with time zone COMMENT 'when the run succeeded',
  _ingest_ts timestamp(6) with time zone COMMENT 'the same',
  ordinal integer NOT NULL COMMENT 'number among the run''s rows',
  unit varchar COMMENT 'unit of the prices',
  base double COMMENT 'price of the curve as it was',
  curve_name varchar COMMENT 'the curve, for people',
  scenario_version integer COMMENT 'version of the scenario that was run'
)
WITH (
  format = 'PARQUET',
  format_version = 2,
  compression_codec = 'ZSTD',
  partitioning = ARRAY['scenario_id', 'metric', 'day(asof_date)'],
  sorted_by = ARRAY['curve_key', 'tenor_type', 'contract_month']
);

CREATE TABLE IF NOT EXISTS iceberg.market.ppa_valuation (
  asof_date date NOT NULL COMMENT 'day that the curves describe',
  ppa_contract_id varchar NOT NULL COMMENT 'contract',
  scenario_id varchar COMMENT 'scenario whose prices it has; null: the curves as they are',
  curve_key varchar COMMENT 'keys of its curves, with commas',
  period_start date COMMENT 'first day that the number is of',
  period_end date COMMENT 'last day that the number is of',
  cashflow decimal(18, 6) COMMENT 'the number, where it is the money of a month',
  npv decimal(18, 6) COMMENT 'net present value of the valuation',
  irr double COMMENT 'rate of return a year as a share; null where there is none',
  metric varchar COMMENT 'name of the number: npv, cashflow, break_even_price',
  value decimal(18, 6) COMMENT 'the number, in unit',
  version_hash varchar COMMENT 'SHA-256 of the whole result',
  _ingest_ts timestamp(6) with time zone COMMENT 'when it was computed',
  tenant_id varchar COMMENT 'whose contract it is',
  valuation_id varchar NOT NULL COMMENT 'valuation that came to it',
  ordinal integer NOT NULL COMMENT 'number among the valuation''s rows',
  unit varchar COMMENT 'unit of the number',
  currency varchar COMMENT 'currency of the valuation',
  run_id varchar COMMENT 'run of the scenario',
  contract_version integer COMMENT 'version of the contract that was valued'
)
WITH (
  format = 'PARQUET',
  format_version = 2,
  compression_codec = 'ZSTD',
  partitioning = ARRAY['ppa_contract_id', 'day(asof_date)'],
  sorted_by = ARRAY['metric', 'period_start']
);

CREATE OR REPLACE VIEW iceberg.external.iso_lmp AS
SELECT iso, dataset, dt, iso_code, market, delivery_date, interval_start, interval_end, interval_minutes, location_id, location_name, location_type, zone, hub, timezone, price_total, price_energy, price_congestion, price_loss, price_ghg, currency, uom, settlement_point, source_run_id, ingest_ts, revision
FROM iceberg.market.iso_lmp;

CREATE OR REPLACE VIEW iceberg.market.iso_lmp_unified AS
SELECT iso, dataset, dt, iso_code, market, delivery_date, interval_start, interval_end, interval_minutes, location_id, location_name, location_type, zone, hub, timezone, price_total, price_energy, price_congestion, price_loss, price_ghg, currency, uom, settlement_point, source_run_id, ingest_ts, revision
FROM iceberg.market.iso_lmp;

CREATE OR REPLACE VIEW iceberg.market.iso_lmp_last_24h AS
SELECT iso, dataset, dt, iso_code, market, delivery_date, interval_start, interval_end, interval_minutes, location_id, location_name, location_type, zone, hub, timezone, price_total, price_energy, price_congestion, price_loss, price_ghg, currency, uom, settlement_point, source_run_id, ingest_ts, revision
FROM iceberg.market.iso_lmp
WHERE dt >= current_date - INTERVAL '2' DAY AND interval_start >= current_timestamp - INTERVAL '24' HOUR;

CREATE OR REPLACE VIEW iceberg.market.iso_lmp_hourly AS
SELECT iso_code, dataset, market, location_id, location_type, date_trunc('hour', interval_start) AS hour_start,
  avg(price_total) AS price_avg, min(price_total) AS price_min, max(price_total) AS price_max,
  stddev_samp(price_total) AS price_stddev, count(*) AS intervals, currency, uom
FROM iceberg.market.iso_lmp
GROUP BY iso_code, dataset, market, location_id, location_type, date_trunc('hour', interval_start), currency, uom;

CREATE OR REPLACE VIEW iceberg.market.iso_lmp_daily AS
SELECT iso_code, dataset, market, location_id, location_type, delivery_date,
  avg(price_total) AS price_avg, min(price_total) AS price_min, max(price_total) AS price_max,
  stddev_samp(price_total) AS price_stddev, count(*) AS intervals, currency, uom
FROM iceberg.market.iso_lmp
GROUP BY iso_code, dataset, market, location_id, location_type, delivery_date, currency, uom;

CREATE OR REPLACE VIEW iceberg.market.iso_lmp_negative_7d AS
SELECT iso, dataset, dt, iso_code, market, delivery_date, interval_start, interval_end, interval_minutes, location_id, location_name, location_type, zone, hub, timezone, price_total, price_energy, price_congestion, price_loss, price_ghg, currency, uom, settlement_point, source_run_id, ingest_ts, revision
FROM iceberg.market.iso_lmp
WHERE dt >= current_date - INTERVAL '8' DAY AND interval_start >= current_timestamp - INTERVAL '7' DAY AND price_total < 0;

CREATE OR REPLACE VIEW iceberg.market.curve_observation_latest AS
SELECT asof_date, source_file, sheet_name, asset_class, region, iso, location, market, product, block, spark_location, price_type, units_raw, currency, per_unit, tenor_type, contract_month, tenor_label, value, bid, ask, mid, curve_key, version_hash, _ingest_ts, lineage_tags, sheet_cell, vendor, revision
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY curve_key, tenor_label
    ORDER BY asof_date DESC, _ingest_ts DESC) AS newest
  FROM iceberg.market.curve_observation)
WHERE newest = 1;

CREATE OR REPLACE VIEW iceberg.market.curve_latest_view AS
SELECT asof_date, source_file, sheet_name, asset_class, region, iso, location, market, product, block, spark_location, price_type, units_raw, currency, per_unit, tenor_type, contract_month, tenor_label, value, bid, ask, mid, curve_key, version_hash, _ingest_ts, lineage_tags, sheet_cell, vendor, revision
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY curve_key, tenor_label
    ORDER BY asof_date DESC, _ingest_ts DESC) AS newest
  FROM iceberg.market.curve_observation
  WHERE tenor_type = 'MONTHLY')
WHERE newest = 1;

CREATE OR REPLACE VIEW iceberg.market.scenario_output_latest AS
SELECT asof_date, scenario_id, tenant_id, run_id, curve_key, tenor_type, contract_month, tenor_label, metric, value, band_lower, band_upper, attribution, version_hash, computed_ts, _ingest_ts, ordinal, unit, base, curve_name, scenario_version
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant_id, scenario_id, curve_key, metric, tenor_label
    ORDER BY asof_date DESC, computed_ts DESC) AS newest
  FROM iceberg.market.scenario_output)
WHERE newest = 1;

CREATE OR REPLACE VIEW iceberg.market.scenario_output_by_curve AS
SELECT tenant_id, scenario_id, curve_key, metric, tenor_label, latest_asof_date, value, band_lower, band_upper, run_id, computed_ts
FROM (
  SELECT *, max(asof_date) OVER (PARTITION BY tenant_id, scenario_id, curve_key, metric, tenor_label) AS latest_asof_date,
    row_number() OVER (
    PARTITION BY tenant_id, scenario_id, curve_key, metric, tenor_label
    ORDER BY computed_ts DESC, asof_date DESC) AS newest
  FROM iceberg.market.scenario_output)
WHERE newest = 1;

CREATE OR REPLACE VIEW iceberg.market.scenario_output_latest_by_metric AS
SELECT tenant_id, scenario_id, metric, run_id AS latest_run_id, value AS latest_value, band_lower AS latest_band_lower, band_upper AS latest_band_upper, asof_date AS latest_asof_date, computed_ts AS latest_computed_ts
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant_id, scenario_id, metric
    ORDER BY asof_date DESC, computed_ts DESC, run_id, ordinal) AS newest
  FROM iceberg.market.scenario_output)
WHERE newest = 1;

CREATE OR REPLACE VIEW iceberg.eia.series_latest AS
SELECT provider, dt, dataset, series_id, ts, ts_end, issue, issued_at, asof_date, value, unit, unit_code, unit_factor, geo_id, dataset_code, frequency_code, status, quality_flag, iso_code, iso_market, iso_product, iso_timezone, iso_interval_minutes, iso_unit, iso_subject, iso_curve_role, ingest_ts, source_event_id, revision
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY dataset, series_id
    ORDER BY ts DESC, issue DESC) AS newest
  FROM iceberg.external.timeseries_observation
  WHERE provider = 'eia')
WHERE newest = 1;

CREATE OR REPLACE VIEW iceberg.market.maintenance_snapshot_summary AS
SELECT table_name, count(*) AS snapshots, min(committed_at) AS first_committed_at, max(committed_at) AS last_committed_at
FROM (
  SELECT 'market.iso_lmp' AS table_name, committed_at FROM iceberg.market."iso_lmp$snapshots"
  UNION ALL
  SELECT 'external.timeseries_observation' AS table_name, committed_at FROM iceberg.external."timeseries_observation$snapshots"
  UNION ALL
  SELECT 'raw.curve_landing' AS table_name, committed_at FROM iceberg.raw."curve_landing$snapshots"
  UNION ALL
  SELECT 'market.curve_observation' AS table_name, committed_at FROM iceberg.market."curve_observation$snapshots"
  UNION ALL
  SELECT 'market.curve_observation_quarantine' AS table_name, committed_at FROM iceberg.market."curve_observation_quarantine$snapshots"
  UNION ALL
  SELECT 'market.curve_dead_letter' AS table_name, committed_at FROM iceberg.market."curve_dead_letter$snapshots"
  UNION ALL
  SELECT 'market.scenario_output' AS table_name, committed_at FROM iceberg.market."scenario_output$snapshots"
  UNION ALL
  SELECT 'market.ppa_valuation' AS table_name, committed_at FROM iceberg.market."ppa_valuation$snapshots")
GROUP BY table_name;

CREATE OR REPLACE VIEW iceberg.market.maintenance_file_metrics AS
SELECT table_name, count(*) AS files, sum(record_count) AS records, sum(mb) AS total_mb, avg(mb) AS avg_mb, max(mb) AS max_mb, min(mb) AS min_mb
FROM (
  SELECT 'market.iso_lmp' AS table_name, record_count, file_size_in_bytes / 1048576e0 AS mb FROM iceberg.market."iso_lmp$files" WHERE content = 0
  UNION ALL
  SELECT 'external.timeseries_observation' AS table_name, record_count, file_size_in_bytes / 1048576e0 AS mb FROM iceberg.external."timeseries_observation$files" WHERE content = 0
  UNION ALL
  SELECT 'raw.curve_landing' AS table_name, record_count, file_size_in_bytes / 1048576e0 AS mb FROM iceberg.raw."curve_landing$files" WHERE content = 0
  UNION ALL
  SELECT 'market.curve_observation' AS table_name, record_count, file_size_in_bytes / 1048576e0 AS mb FROM iceberg.market."curve_observation$files" WHERE content = 0
  UNION ALL
  SELECT 'market.curve_observation_quarantine' AS table_name, record_count, file_size_in_bytes / 1048576e0 AS mb FROM iceberg.market."curve_observation_quarantine$files" WHERE content = 0
  UNION ALL
  SELECT 'market.curve_dead_letter' AS table_name, record_count, file_size_in_bytes / 1048576e0 AS mb FROM iceberg.market."curve_dead_letter$files" WHERE content = 0
  UNION ALL
  SELECT 'market.scenario_output' AS table_name, record_count, file_size_in_bytes / 1048576e0 AS mb FROM iceberg.market."scenario_output$files" WHERE content = 0
  UNION ALL
  SELECT 'market.ppa_valuation' AS table_name, record_count, file_size_in_bytes / 1048576e0 AS mb FROM iceberg.market."ppa_valuation$files" WHERE content = 0)
GROUP BY table_name;
