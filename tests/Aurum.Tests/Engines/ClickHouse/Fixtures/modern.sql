-- 1: real-time prices, bars and curves
CREATE TABLE IF NOT EXISTS `aurum`.`tick_rows`
(
    `store` LowCardinality(String),
    `frame` Int64 CODEC(Delta, ZSTD(1)),
    `row_index` Int32 CODEC(ZSTD(1)),
    `tenant_id` LowCardinality(String),
    `instrument_id` LowCardinality(String),
    `market` LowCardinality(String),
    `source` LowCardinality(String),
    `event_time` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `ingested_at` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `sequence` Nullable(Int64) CODEC(ZSTD(1)),
    `price` Float64 CODEC(Gorilla, ZSTD(1)),
    `volume` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `bid` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `ask` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `currency` LowCardinality(String),
    `unit` LowCardinality(String),
    `flags` Int32 CODEC(ZSTD(1)),
    `commodity` LowCardinality(String),
    `region` LowCardinality(String),
    `product_tier` LowCardinality(String),
    `key` UInt64,
    `known_at` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(event_time)
ORDER BY (`tenant_id`, `instrument_id`, `event_time`, `store`, `frame`, `row_index`)
TTL toDateTime(event_time) + INTERVAL 365 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS `aurum`.`bar_rows`
(
    `store` LowCardinality(String),
    `frame` Int64 CODEC(Delta, ZSTD(1)),
    `row_index` Int32 CODEC(ZSTD(1)),
    `tenant_id` LowCardinality(String),
    `instrument_id` LowCardinality(String),
    `bar_interval` LowCardinality(String),
    `start_utc` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `end_utc` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `open` Float64 CODEC(Gorilla, ZSTD(1)),
    `high` Float64 CODEC(Gorilla, ZSTD(1)),
    `low` Float64 CODEC(Gorilla, ZSTD(1)),
    `close` Float64 CODEC(Gorilla, ZSTD(1)),
    `volume` Float64 CODEC(Gorilla, ZSTD(1)),
    `vwap` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `twap` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `tick_count` Int64 CODEC(Delta, ZSTD(1)),
    `revision` Int32 CODEC(ZSTD(1)),
    `marks` Int32 CODEC(ZSTD(1)),
    `known_at` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree()
PARTITION BY (`bar_interval`, toYYYYMM(start_utc))
ORDER BY (`tenant_id`, `instrument_id`, `bar_interval`, `start_utc`, `store`, `revision`)
TTL toDateTime(start_utc) + INTERVAL 1095 DAY DELETE WHERE `bar_interval` != '1d', toDateTime(start_utc) + INTERVAL 1825 DAY DELETE WHERE `bar_interval` = '1d'
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS `aurum`.`bar_current_rows`
(
    `store` LowCardinality(String),
    `frame` Int64 CODEC(Delta, ZSTD(1)),
    `row_index` Int32 CODEC(ZSTD(1)),
    `tenant_id` LowCardinality(String),
    `instrument_id` LowCardinality(String),
    `bar_interval` LowCardinality(String),
    `start_utc` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `end_utc` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `open` Float64 CODEC(Gorilla, ZSTD(1)),
    `high` Float64 CODEC(Gorilla, ZSTD(1)),
    `low` Float64 CODEC(Gorilla, ZSTD(1)),
    `close` Float64 CODEC(Gorilla, ZSTD(1)),
    `volume` Float64 CODEC(Gorilla, ZSTD(1)),
    `vwap` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `twap` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `tick_count` Int64 CODEC(Delta, ZSTD(1)),
    `revision` UInt64,
    `marks` Int32 CODEC(ZSTD(1)),
    `known_at` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(`revision`)
PARTITION BY (`bar_interval`, toYYYYMM(start_utc))
ORDER BY (`tenant_id`, `instrument_id`, `bar_interval`, `start_utc`, `store`)
TTL toDateTime(start_utc) + INTERVAL 1095 DAY DELETE WHERE `bar_interval` != '1d', toDateTime(start_utc) + INTERVAL 1825 DAY DELETE WHERE `bar_interval` = '1d'
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS `aurum`.`curve_point_rows`
(
    `store` LowCardinality(String),
    `frame` Int64 CODEC(Delta, ZSTD(1)),
    `row_index` Int32 CODEC(ZSTD(1)),
    `tenant_id` LowCardinality(String),
    `curve_id` LowCardinality(String),
    `instrument_id` LowCardinality(String),
    `contract_month` Int32 CODEC(ZSTD(1)),
    `quoted_at` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `price` Float64 CODEC(Gorilla, ZSTD(1)),
    `volume` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `currency` LowCardinality(String),
    `unit` LowCardinality(String),
    `known_at` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(quoted_at)
ORDER BY (`tenant_id`, `curve_id`, `contract_month`, `quoted_at`, `store`, `frame`, `row_index`)
TTL toDateTime(quoted_at) + INTERVAL 730 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS `aurum`.`latest_price_states`
(
    `tenant_id` LowCardinality(String),
    `instrument_id` LowCardinality(String),
    `last` AggregateFunction(argMax, Tuple(String, String, Float64, Float64, Float64, Float64, String, String, Int32, Int64, Int64, Int64), Tuple(Int64, Int64, UInt64))
)
ENGINE = AggregatingMergeTree()
ORDER BY (`tenant_id`, `instrument_id`);

CREATE TABLE IF NOT EXISTS `aurum`.`curve_point_states`
(
    `tenant_id` LowCardinality(String),
    `curve_id` LowCardinality(String),
    `contract_month` Int32 CODEC(ZSTD(1)),
    `last` AggregateFunction(argMax, Tuple(String, Float64, Float64, String, String, Int64, Int64), Tuple(Int64, Int64, Int32))
)
ENGINE = AggregatingMergeTree()
ORDER BY (`tenant_id`, `curve_id`, `contract_month`);

CREATE TABLE IF NOT EXISTS `aurum`.`follow_cursor_rows`
(
    `store` LowCardinality(String),
    `follower` LowCardinality(String),
    `position` Int64 CODEC(Delta, ZSTD(1)),
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
        CAST(currency AS String), CAST(unit AS String), flags, toUnixTimestamp64Micro(event_time),
        ifNull(sequence, toInt64(-1)), toUnixTimestamp64Micro(known_at)),
    tuple(toUnixTimestamp64Micro(event_time), ifNull(sequence, toInt64(-1)), key)) AS last
FROM `aurum`.`tick_rows`
GROUP BY tenant_id, instrument_id;

CREATE MATERIALIZED VIEW IF NOT EXISTS `aurum`.`bar_current_feed`
TO `aurum`.`bar_current_rows`
AS SELECT
    store, frame, row_index, tenant_id, instrument_id, bar_interval, start_utc, end_utc, open, high, low, close, volume, vwap, twap, tick_count, toUInt64(revision) AS revision, marks, known_at
FROM `aurum`.`bar_rows`;

CREATE MATERIALIZED VIEW IF NOT EXISTS `aurum`.`curve_point_feed`
TO `aurum`.`curve_point_states`
AS SELECT
tenant_id, curve_id, contract_month,
argMaxState(
    tuple(CAST(instrument_id AS String), price, ifNull(volume, nan), CAST(currency AS String), CAST(unit AS String),
        toUnixTimestamp64Micro(quoted_at), toUnixTimestamp64Micro(known_at)),
    tuple(toUnixTimestamp64Micro(quoted_at), frame, row_index)) AS last
FROM `aurum`.`curve_point_rows`
GROUP BY tenant_id, curve_id, contract_month;

CREATE VIEW IF NOT EXISTS `aurum`.`ticks`
AS SELECT tenant_id, instrument_id, market, source, event_time, toUnixTimestamp64Micro(event_time) AS event_time_us, price, volume, bid, ask, currency, unit, sequence,
    if(flags = 0, ['valid'], arrayFilter(f -> f != '', [if(bitAnd(flags, 1) != 0, 'price_negative', ''), if(bitAnd(flags, 2) != 0, 'out_of_range', ''), if(bitAnd(flags, 4) != 0, 'volume_spike', ''), if(bitAnd(flags, 8) != 0, 'late_arrival', ''), if(bitAnd(flags, 16) != 0, 'missing_metadata', ''), if(bitAnd(flags, 32) != 0, 'duplicate', ''), if(bitAnd(flags, 64) != 0, 'sequence_gap', ''), if(bitAnd(flags, 128) != 0, 'out_of_order', ''), if(bitAnd(flags, 256) != 0, 'missing_volume', ''), if(bitAnd(flags, 512) != 0, 'missing_price_primary', ''), if(bitAnd(flags, 1024) != 0, 'price_backfilled', ''), if(bitAnd(flags, 2048) != 0, 'low_confidence_classification', ''), if(bitAnd(flags, 4096) != 0, 'crossed_quote', ''), if(bitAnd(flags, 8192) != 0, 'unknown_market', '')])) AS quality_flags, commodity, region, product_tier, ingested_at, toUnixTimestamp64Micro(ingested_at) AS ingested_at_us,
    known_at, toUnixTimestamp64Micro(known_at) AS known_at_us, store, frame, row_index
FROM `aurum`.`tick_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`bars`
AS SELECT tenant_id, instrument_id, bar_interval, start_utc, toUnixTimestamp64Micro(start_utc) AS start_utc_us, end_utc, toUnixTimestamp64Micro(end_utc) AS end_utc_us, open, high, low,
    close, volume, vwap, twap, tick_count, revision,
    bitAnd(marks, 1) != 0 AS partial_start,
    bitAnd(marks, 2) != 0 AS partial_end, known_at, toUnixTimestamp64Micro(known_at) AS known_at_us, store, frame, row_index
FROM `aurum`.`bar_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`bars_current`
AS SELECT tenant_id, instrument_id, bar_interval, start_utc, toUnixTimestamp64Micro(start_utc) AS start_utc_us, end_utc, toUnixTimestamp64Micro(end_utc) AS end_utc_us, open, high, low,
    close, volume, vwap, twap, tick_count, revision,
    bitAnd(marks, 1) != 0 AS partial_start,
    bitAnd(marks, 2) != 0 AS partial_end, known_at, toUnixTimestamp64Micro(known_at) AS known_at_us, store, frame, row_index
FROM `aurum`.`bar_current_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`latest_prices`
AS SELECT tenant_id, instrument_id, tupleElement(v, 1) AS market, fromUnixTimestamp64Micro(tupleElement(v, 10), 'UTC') AS event_time, tupleElement(v, 10) AS event_time_us,
    tupleElement(v, 3) AS price, if(isNaN(tupleElement(v, 4)), NULL, tupleElement(v, 4)) AS volume, if(isNaN(tupleElement(v, 5)), NULL, tupleElement(v, 5)) AS bid, if(isNaN(tupleElement(v, 6)), NULL, tupleElement(v, 6)) AS ask, tupleElement(v, 7) AS currency,
    tupleElement(v, 8) AS unit, tupleElement(v, 2) AS source, if(tupleElement(v, 11) < 0, NULL, tupleElement(v, 11)) AS sequence,
    tupleElement(v, 9) AS flags, fromUnixTimestamp64Micro(tupleElement(v, 12), 'UTC') AS known_at, tupleElement(v, 12) AS known_at_us
FROM
(
    SELECT tenant_id, instrument_id, argMaxMerge(last) AS v
    FROM `aurum`.`latest_price_states`
    GROUP BY tenant_id, instrument_id
);

CREATE VIEW IF NOT EXISTS `aurum`.`curve_points`
AS SELECT tenant_id, curve_id, instrument_id, contract_month, quoted_at, toUnixTimestamp64Micro(quoted_at) AS quoted_at_us, price, volume, currency, unit,
    known_at, toUnixTimestamp64Micro(known_at) AS known_at_us, store, frame, row_index
FROM `aurum`.`curve_point_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`curve_points_latest`
AS SELECT tenant_id, curve_id, contract_month, tupleElement(v, 1) AS instrument_id,
    fromUnixTimestamp64Micro(tupleElement(v, 6), 'UTC') AS quoted_at, tupleElement(v, 6) AS quoted_at_us, tupleElement(v, 2) AS price, if(isNaN(tupleElement(v, 3)), NULL, tupleElement(v, 3)) AS volume,
    tupleElement(v, 4) AS currency, tupleElement(v, 5) AS unit, fromUnixTimestamp64Micro(tupleElement(v, 7), 'UTC') AS known_at, tupleElement(v, 7) AS known_at_us
FROM
(
    SELECT tenant_id, curve_id, contract_month, argMaxMerge(last) AS v
    FROM `aurum`.`curve_point_states`
    GROUP BY tenant_id, curve_id, contract_month
);

CREATE VIEW IF NOT EXISTS `aurum`.`curve_snapshots`
AS SELECT tenant_id, curve_id, fromUnixTimestamp64Micro(max(quoted), 'UTC') AS snapshot_at, max(quoted) AS snapshot_at_us, count() AS points,
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
    `store` LowCardinality(String),
    `delivery` Int64 CODEC(Delta, ZSTD(1)),
    `iso_code` LowCardinality(String),
    `iso_market` LowCardinality(String),
    `location_id` LowCardinality(String),
    `location_type` LowCardinality(String),
    `interval_start_utc` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `interval_end_utc` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `lmp` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `energy` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `congestion` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `loss` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `ghg` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `unit` LowCardinality(String),
    `feed` LowCardinality(String),
    `known_at` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `revision` Int32 CODEC(ZSTD(1)),
    `file_id` Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(interval_start_utc)
ORDER BY (`feed`, `location_id`, `location_type`, `interval_start_utc`, `interval_end_utc`, `store`, `revision`);

CREATE TABLE IF NOT EXISTS `aurum`.`iso_load_rows`
(
    `store` LowCardinality(String),
    `delivery` Int64 CODEC(Delta, ZSTD(1)),
    `iso_code` LowCardinality(String),
    `iso_market` LowCardinality(String),
    `iso_product` LowCardinality(String),
    `location_id` LowCardinality(String),
    `location_type` LowCardinality(String),
    `interval_start_utc` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `interval_end_utc` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `issued_at_utc` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `mw` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `unit` LowCardinality(String),
    `feed` LowCardinality(String),
    `known_at` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `revision` Int32 CODEC(ZSTD(1)),
    `file_id` Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(interval_start_utc)
ORDER BY (`feed`, `location_id`, `location_type`, `interval_start_utc`, `interval_end_utc`, `issued_at_utc`, `store`, `revision`);

CREATE TABLE IF NOT EXISTS `aurum`.`iso_genmix_rows`
(
    `store` LowCardinality(String),
    `delivery` Int64 CODEC(Delta, ZSTD(1)),
    `iso_code` LowCardinality(String),
    `iso_market` LowCardinality(String),
    `iso_product` LowCardinality(String),
    `location_id` LowCardinality(String),
    `location_type` LowCardinality(String),
    `fuel_type` LowCardinality(String),
    `interval_start_utc` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `interval_end_utc` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `issued_at_utc` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `mw` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `unit` LowCardinality(String),
    `feed` LowCardinality(String),
    `known_at` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `revision` Int32 CODEC(ZSTD(1)),
    `file_id` Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(interval_start_utc)
ORDER BY (`feed`, `location_id`, `location_type`, `fuel_type`, `interval_start_utc`, `interval_end_utc`, `issued_at_utc`, `store`, `revision`);

CREATE TABLE IF NOT EXISTS `aurum`.`curve_observation_rows`
(
    `store` LowCardinality(String),
    `delivery` Int64 CODEC(Delta, ZSTD(1)),
    `asof_date` String CODEC(ZSTD(1)),
    `source_file` LowCardinality(String),
    `sheet_name` LowCardinality(String),
    `asset_class` LowCardinality(String),
    `region` LowCardinality(String),
    `iso` LowCardinality(String),
    `location` LowCardinality(String),
    `market` LowCardinality(String),
    `product` LowCardinality(String),
    `block` LowCardinality(String),
    `spark_location` LowCardinality(String),
    `price_type` LowCardinality(String),
    `units_raw` LowCardinality(String),
    `currency` LowCardinality(String),
    `per_unit` LowCardinality(String),
    `tenor_type` LowCardinality(String),
    `contract_month` LowCardinality(String),
    `tenor_label` LowCardinality(String),
    `value` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `bid` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `ask` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `mid` Nullable(Float64) CODEC(Gorilla, ZSTD(1)),
    `curve_key` LowCardinality(String),
    `version_hash` String CODEC(ZSTD(1)),
    `_ingest_ts` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `sheet_cell` String CODEC(ZSTD(1)),
    `feed` LowCardinality(String),
    `known_at` DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `revision` Int32 CODEC(ZSTD(1)),
    `file_id` Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(toDate(`asof_date`))
ORDER BY (`feed`, `curve_key`, `asof_date`, `price_type`, `units_raw`, `tenor_type`, `tenor_label`, `store`, `revision`)
TTL toDate(`asof_date`) + INTERVAL 730 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE VIEW IF NOT EXISTS `aurum`.`iso_lmp`
AS SELECT iso_code, iso_market, location_id, location_type, interval_start_utc, toUnixTimestamp64Micro(interval_start_utc) AS interval_start_utc_us, interval_end_utc, toUnixTimestamp64Micro(interval_end_utc) AS interval_end_utc_us, lmp, energy, congestion, loss, ghg, unit, feed, known_at, toUnixTimestamp64Micro(known_at) AS known_at_us, revision, file_id, store, delivery
FROM `aurum`.`iso_lmp_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`iso_lmp_current`
AS SELECT iso_code, iso_market, location_id, location_type, interval_start_utc, toUnixTimestamp64Micro(interval_start_utc) AS interval_start_utc_us, interval_end_utc, toUnixTimestamp64Micro(interval_end_utc) AS interval_end_utc_us, lmp, energy, congestion, loss, ghg, unit, feed, known_at, toUnixTimestamp64Micro(known_at) AS known_at_us, revision, file_id, store, delivery
FROM `aurum`.`iso_lmp_rows` FINAL
WHERE (feed, location_id, location_type, interval_start_utc, interval_end_utc, store, revision) IN
(
    SELECT feed, location_id, location_type, interval_start_utc, interval_end_utc, store, max(revision)
    FROM `aurum`.`iso_lmp_rows`
    GROUP BY feed, location_id, location_type, interval_start_utc, interval_end_utc, store
);

CREATE VIEW IF NOT EXISTS `aurum`.`iso_load`
AS SELECT iso_code, iso_market, iso_product, location_id, location_type, interval_start_utc, toUnixTimestamp64Micro(interval_start_utc) AS interval_start_utc_us, interval_end_utc, toUnixTimestamp64Micro(interval_end_utc) AS interval_end_utc_us, issued_at_utc, toUnixTimestamp64Micro(issued_at_utc) AS issued_at_utc_us, mw, unit, feed, known_at, toUnixTimestamp64Micro(known_at) AS known_at_us, revision, file_id, store, delivery
FROM `aurum`.`iso_load_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`iso_load_current`
AS SELECT iso_code, iso_market, iso_product, location_id, location_type, interval_start_utc, toUnixTimestamp64Micro(interval_start_utc) AS interval_start_utc_us, interval_end_utc, toUnixTimestamp64Micro(interval_end_utc) AS interval_end_utc_us, issued_at_utc, toUnixTimestamp64Micro(issued_at_utc) AS issued_at_utc_us, mw, unit, feed, known_at, toUnixTimestamp64Micro(known_at) AS known_at_us, revision, file_id, store, delivery
FROM `aurum`.`iso_load_rows` FINAL
WHERE (feed, location_id, location_type, interval_start_utc, interval_end_utc, issued_at_utc, store, revision) IN
(
    SELECT feed, location_id, location_type, interval_start_utc, interval_end_utc, issued_at_utc, store, max(revision)
    FROM `aurum`.`iso_load_rows`
    GROUP BY feed, location_id, location_type, interval_start_utc, interval_end_utc, issued_at_utc, store
);

CREATE VIEW IF NOT EXISTS `aurum`.`iso_genmix`
AS SELECT iso_code, iso_market, iso_product, location_id, location_type, fuel_type, interval_start_utc, toUnixTimestamp64Micro(interval_start_utc) AS interval_start_utc_us, interval_end_utc, toUnixTimestamp64Micro(interval_end_utc) AS interval_end_utc_us, issued_at_utc, toUnixTimestamp64Micro(issued_at_utc) AS issued_at_utc_us, mw, unit, feed, known_at, toUnixTimestamp64Micro(known_at) AS known_at_us, revision, file_id, store, delivery
FROM `aurum`.`iso_genmix_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`iso_genmix_current`
AS SELECT iso_code, iso_market, iso_product, location_id, location_type, fuel_type, interval_start_utc, toUnixTimestamp64Micro(interval_start_utc) AS interval_start_utc_us, interval_end_utc, toUnixTimestamp64Micro(interval_end_utc) AS interval_end_utc_us, issued_at_utc, toUnixTimestamp64Micro(issued_at_utc) AS issued_at_utc_us, mw, unit, feed, known_at, toUnixTimestamp64Micro(known_at) AS known_at_us, revision, file_id, store, delivery
FROM `aurum`.`iso_genmix_rows` FINAL
WHERE (feed, location_id, location_type, fuel_type, interval_start_utc, interval_end_utc, issued_at_utc, store, revision) IN
(
    SELECT feed, location_id, location_type, fuel_type, interval_start_utc, interval_end_utc, issued_at_utc, store, max(revision)
    FROM `aurum`.`iso_genmix_rows`
    GROUP BY feed, location_id, location_type, fuel_type, interval_start_utc, interval_end_utc, issued_at_utc, store
);

CREATE VIEW IF NOT EXISTS `aurum`.`curve_observation`
AS SELECT asof_date, source_file, sheet_name, asset_class, region, iso, location, market, product, block, spark_location, price_type, units_raw, currency, per_unit, tenor_type, contract_month, tenor_label, value, bid, ask, mid, curve_key, version_hash, _ingest_ts, toUnixTimestamp64Micro(_ingest_ts) AS _ingest_ts_us, sheet_cell, feed, known_at, toUnixTimestamp64Micro(known_at) AS known_at_us, revision, file_id, store, delivery
FROM `aurum`.`curve_observation_rows` FINAL;

CREATE VIEW IF NOT EXISTS `aurum`.`curve_observation_current`
AS SELECT asof_date, source_file, sheet_name, asset_class, region, iso, location, market, product, block, spark_location, price_type, units_raw, currency, per_unit, tenor_type, contract_month, tenor_label, value, bid, ask, mid, curve_key, version_hash, _ingest_ts, toUnixTimestamp64Micro(_ingest_ts) AS _ingest_ts_us, sheet_cell, feed, known_at, toUnixTimestamp64Micro(known_at) AS known_at_us, revision, file_id, store, delivery
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
    `timestamp` DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    `level` LowCardinality(String),
    `service` LowCardinality(String),
    `host` LowCardinality(String),
    `trace_id` String CODEC(ZSTD(1)),
    `span_id` String CODEC(ZSTD(1)),
    `message` String CODEC(ZSTD(1)),
    `fields` Map(String, String) CODEC(ZSTD(1)),
    `batch_id` String CODEC(ZSTD(1)),
    `row_index` Int32 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMMDD(`timestamp`)
ORDER BY (`timestamp`, `service`, `level`, `batch_id`, `row_index`)
TTL `timestamp` + INTERVAL 30 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS `ops`.`events`
(
    `timestamp` DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    `event_type` LowCardinality(String),
    `source` LowCardinality(String),
    `severity` LowCardinality(String),
    `payload` String CODEC(ZSTD(1)),
    `tenant` LowCardinality(String),
    `batch_id` String CODEC(ZSTD(1)),
    `row_index` Int32 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMMDD(`timestamp`)
ORDER BY (`timestamp`, `event_type`, `batch_id`, `row_index`)
TTL `timestamp` + INTERVAL 90 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS `ops`.`query_metrics_raw`
(
    `recorded_at` DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    `catalog` LowCardinality(String),
    `schema` LowCardinality(String),
    `query_name` LowCardinality(String),
    `tenant` LowCardinality(String),
    `status` LowCardinality(String),
    `wall_time_ms` UInt64,
    `queued_time_ms` UInt64,
    `cpu_time_ms` UInt64,
    `bytes_scanned` UInt64,
    `rows_read` UInt64,
    `rows_written` UInt64,
    `spill_bytes` UInt64,
    `source` LowCardinality(String),
    `batch_id` String CODEC(ZSTD(1)),
    `row_index` Int32 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMMDD(`recorded_at`)
ORDER BY (`recorded_at`, `catalog`, `query_name`, `tenant`, `batch_id`, `row_index`)
TTL `recorded_at` + INTERVAL 180 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS `ops`.`query_metrics_hourly_rows`
(
    `hour` DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    `catalog` LowCardinality(String),
    `schema` LowCardinality(String),
    `tenant` LowCardinality(String),
    `status` LowCardinality(String),
    `source` LowCardinality(String),
    `batch_id` String CODEC(ZSTD(1)),
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
ORDER BY (`hour`, `catalog`, `schema`, `tenant`, `status`, `source`, `batch_id`)
TTL `hour` + INTERVAL 365 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS `ops`.`ingest_activity`
(
    `event_time` DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    `pipeline` LowCardinality(String),
    `dataset` LowCardinality(String),
    `tenant` LowCardinality(String),
    `records` UInt64,
    `status` LowCardinality(String),
    `error_code` LowCardinality(String),
    `latency_ms` UInt64,
    `metadata` String CODEC(ZSTD(1)),
    `batch_id` String CODEC(ZSTD(1)),
    `row_index` Int32 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMMDD(`event_time`)
ORDER BY (`event_time`, `pipeline`, `dataset`, `batch_id`, `row_index`)
TTL `event_time` + INTERVAL 120 DAY
SETTINGS ttl_only_drop_parts = 1;

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

