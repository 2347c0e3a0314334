import type { SeriesRow } from "./api/types";
import type { Span } from "./charts/spans";
import { parseInstant } from "./time";

/** One period of a series, with the row that its value is from. */
export interface Observation {
  span: Span;
  row: SeriesRow;
}

/** One value a period, in order: where a provider put several out side by side, the latest. */
export function observationsOf(rows: readonly SeriesRow[]): Observation[] {
  const latest = new Map<string, SeriesRow>();
  for (const row of rows) {
    const key = `${row.interval_start_utc} ${row.interval_end_utc}`;
    const old = latest.get(key);
    if (!old || (row.issued_at_utc ?? row.known_at) >= (old.issued_at_utc ?? old.known_at)) latest.set(key, row);
  }
  return [...latest.values()]
    .map((row) => ({ row, span: { from: parseInstant(row.interval_start_utc), to: parseInstant(row.interval_end_utc), value: row.value } }))
    .sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);
}
