/** What the HTTP API answers with. Instants are ISO text in UTC; unknown numbers are null. */

export interface Page<T> {
  meta: { request_id: string; query_time_ms: number; count: number; has_more: boolean; next_cursor: string | null };
  data: T[];
}

export interface LmpRow {
  feed: string;
  iso_code: string;
  iso_market: string;
  location_id: string;
  location_type: string;
  interval_start_utc: string;
  interval_end_utc: string;
  lmp: number | null;
  energy: number | null;
  congestion: number | null;
  loss: number | null;
  ghg: number | null;
  unit: string;
  known_at: string;
  revision: number;
}

export interface LatestRow extends LmpRow {
  previous_lmp: number | null;
}

export interface PowerRow {
  feed: string;
  iso_code: string;
  iso_market: string;
  iso_product: string;
  location_id: string;
  location_type: string;
  interval_start_utc: string;
  interval_end_utc: string;
  issued_at_utc: string | null;
  mw: number | null;
  known_at: string;
}

export interface GenerationRow extends PowerRow {
  fuel_type: string;
}

export interface LocationRow {
  iso_code: string;
  location_id: string;
  location_type: string;
  name: string | null;
}

/** What a provider says of one of its series, or of a station, release or the like. */
export interface CatalogRow {
  provider: string;
  series_id: string;
  category: string;
  title: string;
  description: string | null;
  unit: string | null;
  unit_code: string | null;
  frequency_code: string | null;
  geo_id: string | null;
  status: string | null;
  source_url: string | null;
  notes: string | null;
  start_date: string | null;
  last_observation_date: string | null;
}

export interface SeriesRow {
  series_id: string;
  interval_start_utc: string;
  interval_end_utc: string;
  issued_at_utc: string | null;
  value: number | null;
  unit: string;
  flags: string;
  known_at: string;
}

export type Outcome = "Data" | "ProvenEmpty" | "NotYetPublished" | "Throttled" | "Unavailable" | "Malformed";

export interface FeedRow {
  id: string;
  title: string;
  publisher: string;
  table: string;
  iso_code: string | null;
  iso_market: string | null;
  iso_product: string | null;
  zone: string;
  facts: { source: string; shape: string; units: string; time: string; revisions: string };
  collected: boolean;
  /** Last operating day such that all days up to it are complete. */
  watermark: string | null;
  last_outcome: Outcome | null;
  last_tried_utc: string | null;
  last_rows: number | null;
  complete_days: number;
  gap_days: number;
  freshness_minutes: number | null;
}

export interface GapRow {
  feed: string;
  day: string;
  /** Null where it was never tried. */
  outcome: Outcome | null;
  why: string | null;
  attempts: number;
  last_tried_utc: string | null;
  rows: number;
  complete: boolean;
}

export interface QuarantineRow {
  feed: string;
  day: string;
  expectation: string;
  reason: string;
  row: unknown;
  known_at: string;
}

export interface Status {
  version: string;
  started_at: string;
  mode: string;
  data_directory: string;
  rows_total: number;
  files_total: number;
  quarantined_total: number;
  now_utc: string;
  lake: readonly LakeLag[] | null;
}

export interface LakeLag {
  table: string;
  deliveries: number;
  since: string | null;
}

export interface CommitEvent {
  feed: string;
  day: string;
  rows: number;
  outcome: Outcome;
}

/** A merged quote of a forward curve. */
export interface CurveRow {
  asof_date: string;
  source_file: string;
  sheet_name: string;
  asset_class: string;
  region: string | null;
  iso: string | null;
  location: string | null;
  market: string | null;
  product: string | null;
  block: string | null;
  spark_location: string | null;
  units_raw: string | null;
  currency: string | null;
  per_unit: string | null;
  tenor_type: "MONTHLY" | "QUARTER" | "SEASON" | "CALENDAR" | "STRIP" | "CUSTOM";
  contract_month: string | null;
  tenor_label: string;
  bid: number | null;
  ask: number | null;
  mid: number | null;
  curve_key: string;
  sheet_cell: string;
  vendor: string;
  source_sha256: string;
  known_at: string;
  revision: number;
}

/** A quote of two as-of dates, or of two states of knowledge of one. */
export interface CurveChange {
  tenor_type: CurveRow["tenor_type"];
  contract_month: string | null;
  tenor_label: string;
  asof_a: string | null;
  asof_b: string | null;
  mid_a: number | null;
  mid_b: number | null;
  diff_abs: number | null;
  diff_pct: number | null;
  kind: "market_move" | "source_correction" | "roll" | "unchanged";
}

export interface CurveCheck {
  suite: string;
  name: string;
  status: string;
  checked: number;
  failed: number;
  examples: string[];
}

/** A workbook that was loaded, and what came of it. */
export interface CurveLoad {
  file: string;
  vendor: string;
  asof_date: string;
  branch: string;
  tag: string | null;
  state: string;
  rows: number;
  new: number;
  changed: number;
  identical: number;
  withdrawn: number;
  quarantined: Record<string, number>;
  gate: string;
  checks: CurveCheck[];
  why: string | null;
  messages: string[];
  sha256: string;
  loaded_at: string | null;
}

export interface CurveBranch {
  branch: string;
  asof_date: string;
  state: "open" | "merged" | "dropped";
  tag: string | null;
  why: string | null;
  opened_at: string;
  merged_at: string | null;
  loads: CurveLoad[];
}

/** The last real-time price of an instrument. */
export interface TickPrice {
  tenant_id: string;
  instrument_id: string;
  market: string;
  source: string;
  event_time: string;
  sequence: number | null;
  price: number;
  volume: number | null;
  bid: number | null;
  ask: number | null;
  currency: string;
  unit: string;
  flags: string[];
}

/** What ticks of an instrument did in a window of event time. */
export interface TickBar {
  instrument_id: string;
  interval: string;
  start_utc: string;
  end_utc: string;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number | null;
  vwap: number | null;
  count: number;
  revision: number;
  partial_start: boolean;
  partial_end: boolean;
}

/** How the tick service is. */
export interface TickStatus {
  state: "Running" | "Waiting" | "Failed" | "Closed";
  reason: string;
  received: number;
  accepted: number;
  duplicate: number;
  late_amended: number;
  dead_lettered: number;
  messages_per_second: number;
  queue_bytes: number;
  queue_limit_bytes: number;
  frame: number;
  settled_frame: number;
  journal_bytes: number;
  watermark: string | null;
  newest_event: string | null;
  event_lag_seconds: number | null;
  ingest_lag_seconds: number | null;
  instruments: number;
  subscribers: number;
  now_utc: string;
}

/** A message that is no tick. */
export interface TickLetter {
  id: string;
  tenant_id: string;
  stream: string;
  position: number;
  length: number;
  reason: string;
  stage: string;
  field: string;
  expected: string;
  found: string;
  received_at: string;
  redriven_at: string | null;
  text: string | null;
  base64: string | null;
}

/** What became of a dead letter that was sent again. */
export interface Redriven {
  id: string;
  outcome: string;
  dead_letter: { reason: string; field: string; expected: string; found: string } | null;
}
