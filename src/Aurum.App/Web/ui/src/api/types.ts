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
}

export interface CommitEvent {
  feed: string;
  day: string;
  rows: number;
  outcome: Outcome;
}
