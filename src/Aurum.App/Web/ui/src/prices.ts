import type { LatestRow, LmpRow } from "./api/types";
import type { Span } from "./charts/spans";
import { difference } from "./numbers";
import { parseInstant } from "./time";

/** What a desk wants to know of a place: the two prices of the same moment, and how they move. */
export interface Quote {
  id: string;
  type: string;
  realTime: LatestRow | null;
  dayAhead: LatestRow | null;
}

/** The prices of one feed over time. */
export interface FeedPrices {
  feed: string;
  market: string;
  rows: LmpRow[];
  spans: Span[];
}

const typeOrder = ["HUB", "ZONE", "AGGREGATE", "INTERFACE", "NODE", "RESOURCE"];

export const typeRank = (type: string): number => {
  const rank = typeOrder.indexOf(type);
  return rank < 0 ? typeOrder.length : rank;
};

/** Among several feeds of one market, the one that a desk looks at: real-time before hourly averages, then the latest, then the plainest name. */
function better(a: LatestRow | null, b: LatestRow): LatestRow {
  if (!a) return b;
  const named = (row: LatestRow) => (/\/(real-time|day-ahead)-/.test(row.feed) ? 1 : 0);
  if (named(a) !== named(b)) return named(a) > named(b) ? a : b;
  if (a.interval_start_utc !== b.interval_start_utc) return a.interval_start_utc > b.interval_start_utc ? a : b;
  return a.feed.length <= b.feed.length ? a : b;
}

/**
 * Latest rows of one market as quotes, hubs first, then by name. A name is one quote: where a market uses it for several kinds of place (ERCOT's
 * load zones are there with and without weights), the first kind gives the price.
 */
export function quotesOf(rows: readonly LatestRow[]): Quote[] {
  const quotes = new Map<string, Quote>();
  for (const row of [...rows].sort((a, b) => typeRank(a.location_type) - typeRank(b.location_type))) {
    const key = row.location_id;
    const quote = quotes.get(key) ?? { id: row.location_id, type: row.location_type, realTime: null, dayAhead: null };
    if (row.iso_market === "REAL_TIME") quote.realTime = better(quote.realTime, row);
    if (row.iso_market === "DAY_AHEAD") quote.dayAhead = better(quote.dayAhead, row);
    quotes.set(key, quote);
  }
  return [...quotes.values()].filter((q) => q.realTime || q.dayAhead)
    .sort((a, b) => typeRank(a.type) - typeRank(b.type) || a.id.localeCompare(b.id));
}

export const spanOf = (row: LmpRow, value: number | null = row.lmp): Span =>
  ({ from: parseInstant(row.interval_start_utc), to: parseInstant(row.interval_end_utc), value });

const meanLength = (prices: FeedPrices): number => {
  const first = prices.spans[0];
  return first ? first.to - first.from : Infinity;
};

/** Rows of each feed and place of the first kind alone, where the feed prices one name as several kinds of place. */
export function ofFirstKind<T extends LmpRow>(rows: readonly T[]): T[] {
  const first = new Map<string, number>();
  const keyOf = (row: LmpRow) => `${row.feed} ${row.location_id}`;
  for (const row of rows) first.set(keyOf(row), Math.min(first.get(keyOf(row)) ?? Infinity, typeRank(row.location_type)));
  return rows.filter((row) => typeRank(row.location_type) === first.get(keyOf(row)));
}

/** Readings at an instant hold until the next one; the last one stands for as long as the one before it. Intervals stay as they are. */
export function held(spans: Span[]): Span[] {
  spans.forEach((span, i) => {
    if (span.to > span.from) return;
    const next = spans[i + 1];
    const before = spans[i - 1];
    span.to = next?.from ?? span.from + (before ? before.to - before.from : 0);
  });
  return spans;
}

/** Rows of one place by feed, in time order; day-ahead first, then real-time from the finest interval. */
export function byFeed(rows: readonly LmpRow[]): FeedPrices[] {
  const feeds = new Map<string, FeedPrices>();
  for (const row of ofFirstKind(rows).sort((a, b) => (a.interval_start_utc < b.interval_start_utc ? -1 : a.interval_start_utc > b.interval_start_utc ? 1 : 0))) {
    const found = feeds.get(row.feed) ?? { feed: row.feed, market: row.iso_market, rows: [], spans: [] };
    found.rows.push(row);
    found.spans.push(spanOf(row));
    feeds.set(row.feed, found);
  }
  const order = ["DAY_AHEAD", "REAL_TIME", "FIVE_MINUTE", "FIFTEEN_MINUTE", "HOUR_AHEAD"];
  for (const prices of feeds.values()) held(prices.spans);
  return [...feeds.values()].sort((a, b) => order.indexOf(a.market) - order.indexOf(b.market) || meanLength(a) - meanLength(b));
}

/** The feed that stands for a market: the one named so, else the finest. */
export function mainFeed(feeds: readonly FeedPrices[], market: string): FeedPrices | null {
  const mine = feeds.filter((f) => f.market === market);
  return mine.find((f) => /\/(real-time|day-ahead)-/.test(f.feed)) ?? mine[0] ?? null;
}

/** A price that was published again with another value. */
export interface Revision {
  feed: string;
  market: string;
  from: number;
  to: number;
  old: number | null;
  oldKnownAt: number;
  value: number | null;
  knownAt: number;
  change: number | null;
}

/** Revisions of rows that are given with all their versions, newest first. */
export function revisionsOf(rows: readonly LmpRow[]): Revision[] {
  const versions = new Map<string, LmpRow[]>();
  for (const row of rows) {
    const key = `${row.feed} ${row.interval_start_utc} ${row.interval_end_utc} ${row.location_type}`;
    const all = versions.get(key);
    all ? all.push(row) : versions.set(key, [row]);
  }
  const found: Revision[] = [];
  for (const all of versions.values()) {
    all.sort((a, b) => parseInstant(a.known_at) - parseInstant(b.known_at));
    for (let i = 1; i < all.length; i++) {
      const [old, row] = [all[i - 1]!, all[i]!];
      found.push({
        feed: row.feed, market: row.iso_market, from: parseInstant(row.interval_start_utc), to: parseInstant(row.interval_end_utc),
        old: old.lmp, oldKnownAt: parseInstant(old.known_at), value: row.lmp, knownAt: parseInstant(row.known_at), change: difference(row.lmp, old.lmp),
      });
    }
  }
  return found.sort((a, b) => b.knownAt - a.knownAt || b.from - a.from);
}
