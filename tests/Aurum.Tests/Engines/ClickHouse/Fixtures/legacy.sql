-- 1: real-time prices, bars and curves
CREATE TABLE IF NOT EXISTS `aurum`.`tick_rows`
(
    `store` String,
    `frame` Int64,
    `row_index` Int32,
    `tenant_id` String,
    `instrument_id` String,
    `market` String,
    `source` String,
    `event_time_us` Int64,
    `ingested_at_us` Int64,
    `sequence` Nullable(Int64),
    `price` Float64,
    `volume` Nullable(Float64),
    `bid` Nullable(Float64),
    `ask` Nullable(Float64),
    `currency` String,
    `unit` String,
    `flags` Int32,
    `commodity` String,
    `region` String,
    `product_tier` String,
    `key` UInt64,
    `known_at_us` Int64
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(toDateTime(intDiv(event_time_us, 1000000), 'UTC'))
ORDER BY (`tenant_id`, `instrument_id`, `event_time_us`, `store`, `frame`, `row_index`);

CREATE TABLE IF NOT EXISTS `aurum`.`bar_rows`
(
    `store` String,
    `frame` Int64,
    `row_index` Int32,
    `tenant_id` String,
    `instrument_id` String,
    `bar_interval` String,
    `start_utc_us` Int64,
    `end_utc_us` Int64,
    `open` Float64,
    `high` Float64,
    `low` Float64,
    `close` Float64,
    `volume` Float64,
    `vwap` Nullable(Float64),
    `twap` Nullable(Float64),
    `tick_count` Int64,
    `revision` Int32,
    `marks` Int32,
    `known_at_us` Int64
)
ENGINE = ReplacingMergeTree()
PARTITION BY (`bar_interval`, toYYYYMM(toDateTime(intDiv(start_utc_us, 1000000), 'UTC')))
ORDER BY (`tenant_id`, `instrument_id`, `bar_interval`, `start_utc_us`, `store`, `revision`);

CREATE TABLE IF NOT EXISTS `aurum`.`bar_current_rows`
(
    `store` String,
    `frame` Int64,
    `row_index` Int32,
    `tenant_id` String,
    `instrument_id` String,
    `bar_interval` String,
    `start_utc_us` Int64,
    `end_utc_us` Int64,
    `open` Float64,
    `high` Float64,
    `low` Float64,
    `close` Float64,
    `volume` Float64,
    `vwap` Nullable(Float64),
    `twap` Nullable(Float64),
    `tick_count` Int64,
    `revision` UInt64,
    `marks` Int32,
    `known_at_us` Int64
)
ENGINE = ReplacingMergeTree(`revision`)
PARTITION BY (`bar_interval`, toYYYYMM(toDateTime(intDiv(start_utc_us, 1000000), 'UTC')))
ORDER BY (`tenant_id`, `instrument_id`, `bar_interval`, `start_utc_us`, `store`);

CREATE TABLE IF NOT EXISTS `aurum`.`curve_point_rows`
(
    `store` String,
    `frame` Int64,
    `row_index` Int32,
    `tenant_id` String,
    `curve_id` String,
    `instrument_id` String,
    `contract_month` Int32,
    `quoted_at_us` Int64,
    `price` Float64,
    `volume` Nullable(Float64),
    `currency` String,
    `unit` String,
    `known_at_us` Int64
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(toDateTime(intDiv(quoted_at_us, 1000000), 'UTC'))
ORDER BY (`tenant_id`, `curve_id`, `contract_month`, `quoted_at_us`, `store`, `frame`, `row_index`);

CREATE TABLE IF NOT EXISTS `aurum`.`latest_price_states`
(
    `tenant_id` String,
    `instrument_id` String,
    `last` AggregateFunction(argMax, Tuple(String, String, Float64, Float64, Float64, Float64, String, String, Int32, Int64, Int64, Int64), Tuple(Int64, Int64, UInt64))
)
ENGINE = AggregatingMergeTree()
ORDER BY (`tenant_id`, `instrument_id`);

CREATE TABLE IF NOT EXISTS `aurum`.`curve_point_states`
(
    `tenant_id` String,
    `curve_id` String,
    `contract_month` Int32,
    `last` AggregateFunction(argMax, Tuple(String, Float64, Float64, String, String, Int64, Int64), Tuple(Int64, Int64, Int32))
)
ENGINE = AggregatingMergeTree()
ORDER BY (`tenant_id`, `curve_id`, `contract_month`);

CREATE TABLE IF NOT EXISTS `aurum`.`follow_cursor_rows`
(
    `store` String,
    `follower` String,
    `position` Int64,
    `version` UInt64
)
ENGINE = ReplacingMergeTree(`version`)
ORDER BY (`store`, `follower`);

CREATE MATERIALIZED VIEW IF NOT EXISTS `aurum`.`latest_price_feed`
TO `aurum`.`latest_price_states`
AS SELECT
tenant_id, instrument_id,
argMaxState(
    tuple(CAST(market AS String), CAST(source AS String), price, ifNull(volume, nan), ifNull(bid, nan), ifNull(ask, nan),
        CAST(currency AS String), CAST(unit AS String), flags, event_time_us,
        ifNull(sequence, toInt64(-1)), known_at_us),
    tuple(event_time_us, ifNull(sequence, toInt64(-1)), key)) AS last
FROM `aurum`.`tick_rows`
GROUP BY tenant_id, instrument_id;

CREATE MATERIALIZED VIEW IF NOT EXISTS `aurum`.`bar_current_feed`
TO `aurum`.`bar_current_rows`
AS SELECT
    store, frame, row_index, tenant_id, instrument_id, bar_interval, start_utc_us, end_utc_us, open, high, low, close, volume, vwap, twap, tick_count, toUInt64(revision) AS revision, marks, known_at_us
FROM `aurum`.`bar_rows`;

CREATE MATERIALIZED VIEW IF NOT EXISTS `aurum`.`curve_point_feed`
TO `aurum`.`curve_point_states`
AS SELECT
tenant_id, curve_id, contract_month,
argMaxState(
    tuple(CAST(instrument_id AS String), price, ifNull(volume, nan), CAST(currency AS String), CAST(unit AS String),
        quoted_at_us, known_at_us),
    tuple(quoted_at_us, frame, row_index)) AS last
FROM `aurum`.`curve_point_rows`
GROUP BY tenant_id, curve_id, contract_month;

CREATE VIEW IF NOT EXISTS `aurum`.`ticks`
AS SELECT tenant_id, instrument_id, market, source, toDateTime(intDiv(event_time_us, 1000000), 'UTC') AS event_time, event_time_us, price, volume, bid, ask, currency, unit, sequence,
    if(flags = 0, ['valid'], arrayFilter(f -> f != '', [if(bitAnd(flags, 1) != 0, 'price_negative', ''), if(bitAnd(flags, 2) != 0, 'out_of_range', ''), if(bitAnd(flags, 4) != 0, 'volume_spike', ''), if(bitAnd(flags, 8) != 0, 'late_arrival', ''), if(bitAnd(flags, 16) != 0, 'missing_metadata', ''), if(bitAnd(flags, 32) != 0, 'duplicate', ''), if(bitAnd(flags, 64) != 0, 'sequence_gap', ''), if(bitAnd(flags, 128) != 0, 'out_of_order', ''), if(bitAnd(flags, 256) != 0, 'missing_volume', ''), if(bitAnd(flags, 512) != 0, 'missing_price_primary', ''), if(bitAnd(flags, 1024) != 0, 'price_backfilled', ''), if(bitAnd(flags, 2048) != 0, 'low_confidence_classification', ''), if(bitAnd(flags, 4096) != 0, 'crossed_quote', ''), if(bitAnd(flags, 8192) != 0, 'unknown_market', '')])) AS quality_flags, commodity, region, product_tier, toDateTime(intDiv(ingested_at_us, 1000000), 'UTC') AS ingested_at, ingested_at_us,
    toDateTime(intDiv(known_at_us, 1000000), 'UTC') AS known_at, known_at_us, store, frame, row_index
FROM `aurum`.`tick_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`bars`
AS SELECT tenant_id, instrument_id, bar_interval, toDateTime(intDiv(start_utc_us, 1000000), 'UTC') AS start_utc, start_utc_us, toDateTime(intDiv(end_utc_us, 1000000), 'UTC') AS end_utc, end_utc_us, open, high, low,
    close, volume, vwap, twap, tick_count, revision,
    bitAnd(marks, 1) != 0 AS partial_start,
    bitAnd(marks, 2) != 0 AS partial_end, toDateTime(intDiv(known_at_us, 1000000), 'UTC') AS known_at, known_at_us, store, frame, row_index
FROM `aurum`.`bar_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`bars_current`
AS SELECT tenant_id, instrument_id, bar_interval, toDateTime(intDiv(start_utc_us, 1000000), 'UTC') AS start_utc, start_utc_us, toDateTime(intDiv(end_utc_us, 1000000), 'UTC') AS end_utc, end_utc_us, open, high, low,
    close, volume, vwap, twap, tick_count, revision,
    bitAnd(marks, 1) != 0 AS partial_start,
    bitAnd(marks, 2) != 0 AS partial_end, toDateTime(intDiv(known_at_us, 1000000), 'UTC') AS known_at, known_at_us, store, frame, row_index
FROM `aurum`.`bar_current_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`latest_prices`
AS SELECT tenant_id, instrument_id, tupleElement(v, 1) AS market, toDateTime(intDiv(tupleElement(v, 10), 1000000), 'UTC') AS event_time, tupleElement(v, 10) AS event_time_us,
    tupleElement(v, 3) AS price, if(isNaN(tupleElement(v, 4)), NULL, tupleElement(v, 4)) AS volume, if(isNaN(tupleElement(v, 5)), NULL, tupleElement(v, 5)) AS bid, if(isNaN(tupleElement(v, 6)), NULL, tupleElement(v, 6)) AS ask, tupleElement(v, 7) AS currency,
    tupleElement(v, 8) AS unit, tupleElement(v, 2) AS source, if(tupleElement(v, 11) < 0, NULL, tupleElement(v, 11)) AS sequence,
    tupleElement(v, 9) AS flags, toDateTime(intDiv(tupleElement(v, 12), 1000000), 'UTC') AS known_at, tupleElement(v, 12) AS known_at_us
FROM
(
    SELECT tenant_id, instrument_id, argMaxMerge(last) AS v
    FROM `aurum`.`latest_price_states`
    GROUP BY tenant_id, instrument_id
);

CREATE VIEW IF NOT EXISTS `aurum`.`curve_points`
AS SELECT tenant_id, curve_id, instrument_id, contract_month, toDateTime(intDiv(quoted_at_us, 1000000), 'UTC') AS quoted_at, quoted_at_us, price, volume, currency, unit,
    toDateTime(intDiv(known_at_us, 1000000), 'UTC') AS known_at, known_at_us, store, frame, row_index
FROM `aurum`.`curve_point_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`curve_points_latest`
AS SELECT tenant_id, curve_id, contract_month, tupleElement(v, 1) AS instrument_id,
    toDateTime(intDiv(tupleElement(v, 6), 1000000), 'UTC') AS quoted_at, tupleElement(v, 6) AS quoted_at_us, tupleElement(v, 2) AS price, if(isNaN(tupleElement(v, 3)), NULL, tupleElement(v, 3)) AS volume,
    tupleElement(v, 4) AS currency, tupleElement(v, 5) AS unit, toDateTime(intDiv(tupleElement(v, 7), 1000000), 'UTC') AS known_at, tupleElement(v, 7) AS known_at_us
FROM
(
    SELECT tenant_id, curve_id, contract_month, argMaxMerge(last) AS v
    FROM `aurum`.`curve_point_states`
    GROUP BY tenant_id, curve_id, contract_month
);

CREATE VIEW IF NOT EXISTS `aurum`.`curve_snapshots`
AS SELECT tenant_id, curve_id, toDateTime(intDiv(max(quoted), 1000000), 'UTC') AS snapshot_at, max(quoted) AS snapshot_at_us, count() AS points,
    arraySort(groupArray(tuple(contract_month, price))) AS curve_points, any(money) AS currency, any(measure) AS unit
FROM
(
    SELECT tenant_id, curve_id, contract_month, tupleElement(v, 2) AS price, tupleElement(v, 4) AS money,
        tupleElement(v, 5) AS measure, tupleElement(v, 6) AS quoted
    FROM
    (
        SELECT tenant_id, curve_id, contract_month, argMaxMerge(last) AS v
        FROM `aurum`.`curve_point_states`
        GROUP BY tenant_id, curve_id, contract_month
    )
)
GROUP BY tenant_id, curve_id;

CREATE VIEW IF NOT EXISTS `aurum`.`follow_cursors`
AS SELECT store, follower, argMax(position, version) AS last_position, max(version) AS last_version
FROM `aurum`.`follow_cursor_rows`
GROUP BY store, follower;

-- 2: rows of deliveries
CREATE TABLE IF NOT EXISTS `aurum`.`iso_lmp_rows`
(
    `store` String,
    `delivery` Int64,
    `iso_code` String,
    `iso_market` String,
    `location_id` String,
    `location_type` String,
    `interval_start_utc_us` Int64,
    `interval_end_utc_us` Int64,
    `lmp` Nullable(Float64),
    `energy` Nullable(Float64),
    `congestion` Nullable(Float64),
    `loss` Nullable(Float64),
    `ghg` Nullable(Float64),
    `unit` String,
    `feed` String,
    `known_at_us` Int64,
    `revision` Int32,
    `file_id` Int64
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(toDateTime(intDiv(interval_start_utc_us, 1000000), 'UTC'))
ORDER BY (`feed`, `location_id`, `location_type`, `interval_start_utc_us`, `interval_end_utc_us`, `store`, `revision`);

CREATE TABLE IF NOT EXISTS `aurum`.`iso_load_rows`
(
    `store` String,
    `delivery` Int64,
    `iso_code` String,
    `iso_market` String,
    `iso_product` String,
    `location_id` String,
    `location_type` String,
    `interval_start_utc_us` Int64,
    `interval_end_utc_us` Int64,
    `issued_at_utc_us` Int64,
    `mw` Nullable(Float64),
    `unit` String,
    `feed` String,
    `known_at_us` Int64,
    `revision` Int32,
    `file_id` Int64
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(toDateTime(intDiv(interval_start_utc_us, 1000000), 'UTC'))
ORDER BY (`feed`, `location_id`, `location_type`, `interval_start_utc_us`, `interval_end_utc_us`, `issued_at_utc_us`, `store`, `revision`);

CREATE TABLE IF NOT EXISTS `aurum`.`iso_genmix_rows`
(
    `store` String,
    `delivery` Int64,
    `iso_code` String,
    `iso_market` String,
    `iso_product` String,
    `location_id` String,
    `location_type` String,
    `fuel_type` String,
    `interval_start_utc_us` Int64,
    `interval_end_utc_us` Int64,
    `issued_at_utc_us` Int64,
    `mw` Nullable(Float64),
    `unit` String,
    `feed` String,
    `known_at_us` Int64,
    `revision` Int32,
    `file_id` Int64
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(toDateTime(intDiv(interval_start_utc_us, 1000000), 'UTC'))
ORDER BY (`feed`, `location_id`, `location_type`, `fuel_type`, `interval_start_utc_us`, `interval_end_utc_us`, `issued_at_utc_us`, `store`, `revision`);

CREATE TABLE IF NOT EXISTS `aurum`.`curve_observation_rows`
(
    `store` String,
    `delivery` Int64,
    `asof_date` String,
    `source_file` String,
    `sheet_name` String,
    `asset_class` String,
    `region` String,
    `iso` String,
    `location` String,
    `market` String,
    `product` String,
    `block` String,
    `spark_location` String,
    `price_type` String,
    `units_raw` String,
    `currency` String,
    `per_unit` String,
    `tenor_type` String,
    `contract_month` String,
    `tenor_label` String,
    `value` Nullable(Float64),
    `bid` Nullable(Float64),
    `ask` Nullable(Float64),
    `mid` Nullable(Float64),
    `curve_key` String,
    `version_hash` String,
    `_ingest_ts_us` Int64,
    `sheet_cell` String,
    `feed` String,
    `known_at_us` Int64,
    `revision` Int32,
    `file_id` Int64
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(toDate(`asof_date`))
ORDER BY (`feed`, `curve_key`, `asof_date`, `price_type`, `units_raw`, `tenor_type`, `tenor_label`, `store`, `revision`);

CREATE VIEW IF NOT EXISTS `aurum`.`iso_lmp`
AS SELECT iso_code, iso_market, location_id, location_type, toDateTime(intDiv(interval_start_utc_us, 1000000), 'UTC') AS interval_start_utc, interval_start_utc_us, toDateTime(intDiv(interval_end_utc_us, 1000000), 'UTC') AS interval_end_utc, interval_end_utc_us, lmp, energy, congestion, loss, ghg, unit, feed, toDateTime(intDiv(known_at_us, 1000000), 'UTC') AS known_at, known_at_us, revision, file_id, store, delivery
FROM `aurum`.`iso_lmp_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`iso_lmp_current`
AS SELECT iso_code, iso_market, location_id, location_type, toDateTime(intDiv(interval_start_utc_us, 1000000), 'UTC') AS interval_start_utc, interval_start_utc_us, toDateTime(intDiv(interval_end_utc_us, 1000000), 'UTC') AS interval_end_utc, interval_end_utc_us, lmp, energy, congestion, loss, ghg, unit, feed, toDateTime(intDiv(known_at_us, 1000000), 'UTC') AS known_at, known_at_us, revision, file_id, store, delivery
FROM `aurum`.`iso_lmp_rows` FINAL
WHERE (feed, location_id, location_type, interval_start_utc_us, interval_end_utc_us, store, revision) IN
(
    SELECT feed, location_id, location_type, interval_start_utc_us, interval_end_utc_us, store, max(revision)
    FROM `aurum`.`iso_lmp_rows`
    GROUP BY feed, location_id, location_type, interval_start_utc_us, interval_end_utc_us, store
);

CREATE VIEW IF NOT EXISTS `aurum`.`iso_load`
AS SELECT iso_code, iso_market, iso_product, location_id, location_type, toDateTime(intDiv(interval_start_utc_us, 1000000), 'UTC') AS interval_start_utc, interval_start_utc_us, toDateTime(intDiv(interval_end_utc_us, 1000000), 'UTC') AS interval_end_utc, interval_end_utc_us, toDateTime(intDiv(issued_at_utc_us, 1000000), 'UTC') AS issued_at_utc, issued_at_utc_us, mw, unit, feed, toDateTime(intDiv(known_at_us, 1000000), 'UTC') AS known_at, known_at_us, revision, file_id, store, delivery
FROM `aurum`.`iso_load_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`iso_load_current`
AS SELECT iso_code, iso_market, iso_product, location_id, location_type, toDateTime(intDiv(interval_start_utc_us, 1000000), 'UTC') AS interval_start_utc, interval_start_utc_us, toDateTime(intDiv(interval_end_utc_us, 1000000), 'UTC') AS interval_end_utc, interval_end_utc_us, toDateTime(intDiv(issued_at_utc_us, 1000000), 'UTC') AS issued_at_utc, issued_at_utc_us, mw, unit, feed, toDateTime(intDiv(known_at_us, 1000000), 'UTC') AS known_at, known_at_us, revision, file_id, store, delivery
FROM `aurum`.`iso_load_rows` FINAL
WHERE (feed, location_id, location_type, interval_start_utc_us, interval_end_utc_us, issued_at_utc_us, store, revision) IN
(
    SELECT feed, location_id, location_type, interval_start_utc_us, interval_end_utc_us, issued_at_utc_us, store, max(revision)
    FROM `aurum`.`iso_load_rows`
    GROUP BY feed, location_id, location_type, interval_start_utc_us, interval_end_utc_us, issued_at_utc_us, store
);

CREATE VIEW IF NOT EXISTS `aurum`.`iso_genmix`
AS SELECT iso_code, iso_market, iso_product, location_id, location_type, fuel_type, toDateTime(intDiv(interval_start_utc_us, 1000000), 'UTC') AS interval_start_utc, interval_start_utc_us, toDateTime(intDiv(interval_end_utc_us, 1000000), 'UTC') AS interval_end_utc, interval_end_utc_us, toDateTime(intDiv(issued_at_utc_us, 1000000), 'UTC') AS issued_at_utc, issued_at_utc_us, mw, unit, feed, toDateTime(intDiv(known_at_us, 1000000), 'UTC') AS known_at, known_at_us, revision, file_id, store, delivery
FROM `aurum`.`iso_genmix_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`iso_genmix_current`
AS SELECT iso_code, iso_market, iso_product, location_id, location_type, fuel_type, toDateTime(intDiv(interval_start_utc_us, 1000000), 'UTC') AS interval_start_utc, interval_start_utc_us, toDateTime(intDiv(interval_end_utc_us, 1000000), 'UTC') AS interval_end_utc, interval_end_utc_us, toDateTime(intDiv(issued_at_utc_us, 1000000), 'UTC') AS issued_at_utc, issued_at_utc_us, mw, unit, feed, toDateTime(intDiv(known_at_us, 1000000), 'UTC') AS known_at, known_at_us, revision, file_id, store, delivery
FROM `aurum`.`iso_genmix_rows` FINAL
WHERE (feed, location_id, location_type, fuel_type, interval_start_utc_us, interval_end_utc_us, issued_at_utc_us, store, revision) IN
(
    SELECT feed, location_id, location_type, fuel_type, interval_start_utc_us, interval_end_utc_us, issued_at_utc_us, store, max(revision)
    FROM `aurum`.`iso_genmix_rows`
    GROUP BY feed, location_id, location_type, fuel_type, interval_start_utc_us, interval_end_utc_us, issued_at_utc_us, store
);

CREATE VIEW IF NOT EXISTS `aurum`.`curve_observation`
AS SELECT asof_date, source_file, sheet_name, asset_class, region, iso, location, market, product, block, spark_location, price_type, units_raw, currency, per_unit, tenor_type, contract_month, tenor_label, value, bid, ask, mid, curve_key, version_hash, toDateTime(intDiv(_ingest_ts_us, 1000000), 'UTC') AS _ingest_ts, _ingest_ts_us, sheet_cell, feed, toDateTime(intDiv(known_at_us, 1000000), 'UTC') AS known_at, known_at_us, revision, file_id, store, delivery
FROM `aurum`.`curve_observation_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`curve_observation_current`
AS SELECT asof_date, source_file, sheet_name, asset_class, region, iso, location, market, product, block, spark_location, price_type, units_raw, currency, per_unit, tenor_type, contract_month, tenor_label, value, bid, ask, mid, curve_key, version_hash, toDateTime(intDiv(_ingest_ts_us, 1000000), 'UTC') AS _ingest_ts, _ingest_ts_us, sheet_cell, feed, toDateTime(intDiv(known_at_us, 1000000), 'UTC') AS known_at, known_at_us, revision, file_id, store, delivery
FROM `aurum`.`curve_observation_rows` FINAL
WHERE (feed, curve_key, asof_date, price_type, units_raw, tenor_type, tenor_label, store, revision) IN
(
    SELECT feed, curve_key, asof_date, price_type, units_raw, tenor_type, tenor_label, store, max(revision)
    FROM `aurum`.`curve_observation_rows`
    GROUP BY feed, curve_key, asof_date, price_type, units_raw, tenor_type, tenor_label, store
);

-- 3: logs, events, queries and deliveries of the platform
CREATE TABLE IF NOT EXISTS `ops`.`logs`
(
    `timestamp` DateTime('UTC'),
    `level` String,
    `service` String,
    `host` String,
    `trace_id` String,
    `span_id` String,
    `message` String,
    `fields.key` Array(String),
    `fields.value` Array(String),
    `batch_id` String,
    `row_index` Int32
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMMDD(`timestamp`)
ORDER BY (`timestamp`, `service`, `level`, `batch_id`, `row_index`);

CREATE TABLE IF NOT EXISTS `ops`.`events`
(
    `timestamp` DateTime('UTC'),
    `event_type` String,
    `source` String,
    `severity` String,
    `payload` String,
    `tenant` String,
    `batch_id` String,
    `row_index` Int32
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMMDD(`timestamp`)
ORDER BY (`timestamp`, `event_type`, `batch_id`, `row_index`);

CREATE TABLE IF NOT EXISTS `ops`.`query_metrics_raw`
(
    `recorded_at` DateTime('UTC'),
    `catalog` String,
    `schema` String,
    `query_name` String,
    `tenant` String,
    `status` String,
    `wall_time_ms` UInt64,
    `queued_time_ms` UInt64,
    `cpu_time_ms` UInt64,
    `bytes_scanned` UInt64,
    `rows_read` UInt64,
    `rows_written` UInt64,
    `spill_bytes` UInt64,
    `source` String,
    `batch_id` String,
    `row_index` Int32
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMMDD(`recorded_at`)
ORDER BY (`recorded_at`, `catalog`, `query_name`, `tenant`, `batch_id`, `row_index`);

CREATE TABLE IF NOT EXISTS `ops`.`query_metrics_hourly_rows`
(
    `hour` DateTime('UTC'),
    `catalog` String,
    `schema` String,
    `tenant` String,
    `status` String,
    `source` String,
    `batch_id` String,
    `queries_sum` UInt64,
    `wall_time_ms_sum` UInt64,
    `wall_time_ms_max` UInt64,
    `queued_time_ms_sum` UInt64,
    `cpu_time_ms_sum` UInt64,
    `bytes_scanned_sum` UInt64,
    `rows_read_sum` UInt64,
    `rows_written_sum` UInt64,
    `spill_bytes_sum` UInt64
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMMDD(`hour`)
ORDER BY (`hour`, `catalog`, `schema`, `tenant`, `status`, `source`, `batch_id`);

CREATE TABLE IF NOT EXISTS `ops`.`ingest_activity`
(
    `event_time` DateTime('UTC'),
    `pipeline` String,
    `dataset` String,
    `tenant` String,
    `records` UInt64,
    `status` String,
    `error_code` String,
    `latency_ms` UInt64,
    `metadata` String,
    `batch_id` String,
    `row_index` Int32
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMMDD(`event_time`)
ORDER BY (`event_time`, `pipeline`, `dataset`, `batch_id`, `row_index`);

CREATE MATERIALIZED VIEW IF NOT EXISTS `ops`.`query_metrics_hourly_feed`
TO `ops`.`query_metrics_hourly_rows`
AS SELECT
toStartOfHour(recorded_at) AS hour, catalog, schema, tenant, status, source, batch_id, count() AS queries_sum,
sum(wall_time_ms) AS wall_time_ms_sum, max(wall_time_ms) AS wall_time_ms_max, sum(queued_time_ms) AS queued_time_ms_sum,
sum(cpu_time_ms) AS cpu_time_ms_sum, sum(bytes_scanned) AS bytes_scanned_sum, sum(rows_read) AS rows_read_sum,
sum(rows_written) AS rows_written_sum, sum(spill_bytes) AS spill_bytes_sum
FROM `ops`.`query_metrics_raw`
GROUP BY hour, catalog, schema, tenant, status, source, batch_id;

CREATE VIEW IF NOT EXISTS `ops`.`query_metrics_hourly`
AS SELECT hour, catalog, schema, tenant, status, source, sum(queries_sum) AS queries, sum(wall_time_ms_sum) AS wall_time_ms,
    max(wall_time_ms_max) AS max_wall_time_ms, sum(queued_time_ms_sum) AS queued_time_ms,
    sum(cpu_time_ms_sum) AS cpu_time_ms, sum(bytes_scanned_sum) AS bytes_scanned, sum(rows_read_sum) AS rows_read,
    sum(rows_written_sum) AS rows_written, sum(spill_bytes_sum) AS spill_bytes
FROM `ops`.`query_metrics_hourly_rows` FINAL
GROUP BY hour, catalog, schema, tenant, status, source;

