import type { TickBar, TickPrice } from "./api/types";
import { hour, minute, parseInstant } from "./time";

/** Real-time prices and bars as the page keeps them: bounded, the newest of each. */

export const intervals = ["1m", "5m", "15m", "1h", "1d"] as const;

export type Interval = (typeof intervals)[number];

const lengths: Record<Interval, number> = { "1m": minute, "5m": 5 * minute, "15m": 15 * minute, "1h": hour, "1d": 24 * hour };

/** Seconds of a bar; days have 23 to 25 hours, and this says 24. */
export const lengthOf = (interval: Interval): number => lengths[interval];

export const isInterval = (text: string | null): text is Interval => intervals.includes(text as Interval);

/** A price with what the page saw before it. */
export interface Quote {
  row: TickPrice;
  at: number;
  before: number | null;
  /** How often it changed since the page knows it: each change flashes once. */
  changes: number;
}

/** Most instruments that the page keeps. */
export const mostQuotes = 2000;

/** A stamp to the microsecond, which a browser's clock does not read: `2026-03-02T15:00:00.500000`. */
const stampOf = (instant: string): string => {
  const text = instant.slice(0, -1);
  return text.length === 19 ? `${text}.000000` : text.padEnd(26, "0");
};

function isNewer(row: TickPrice, than: TickPrice): boolean {
  const [stamp, other] = [stampOf(row.event_time), stampOf(than.event_time)];
  return stamp !== other ? stamp > other : (row.sequence ?? -1) > (than.sequence ?? -1);
}

/** Takes prices in; an older one than is known changes nothing. */
export function takePrices(quotes: Map<string, Quote>, rows: readonly TickPrice[]): void {
  for (const row of rows) {
    const known = quotes.get(row.instrument_id);
    if (known && !isNewer(row, known.row)) continue;
    if (!known && quotes.size >= mostQuotes) continue;
    quotes.set(row.instrument_id, { row, at: parseInstant(row.event_time), before: known?.row.price ?? null, changes: (known?.changes ?? 0) + 1 });
  }
}

/** Bars by start, the latest revision of each, no more than `most`: the newest. */
export function takeBars(bars: readonly TickBar[], rows: readonly TickBar[], most: number): TickBar[] {
  const byStart = new Map(bars.map((bar) => [bar.start_utc, bar]));
  for (const row of rows) {
    const known = byStart.get(row.start_utc);
    if (!known || row.revision >= known.revision) byStart.set(row.start_utc, row);
  }
  return [...byStart.values()].sort((a, b) => parseInstant(a.start_utc) - parseInstant(b.start_utc)).slice(-most);
}

export const isPartial = (bar: TickBar): boolean => bar.partial_start || bar.partial_end;

/** `0.4 s`, `12 s`, `3 min`: how old a price is, which is soon seconds. */
export function ageText(seconds: number): string {
  const s = Math.max(0, seconds);
  if (s < 99.5) return `${Math.round(s)} s`;
  if (s < 90 * minute) return `${Math.round(s / minute)} min`;
  return s < 36 * hour ? `${Math.round(s / hour)} h` : `${Math.round(s / (24 * hour))} d`;
}

/** `340 ms`, `1.2 s`, `4 min`. */
export function lagText(seconds: number | null): string {
  if (seconds === null) return "–";
  if (Math.abs(seconds) < 0.9995) return `${Math.round(Math.max(0, seconds) * 1000)} ms`;
  return seconds < 99.5 ? `${seconds.toFixed(1)} s` : ageText(seconds);
}
