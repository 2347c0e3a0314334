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

/** Among several feeds of one market, the one that a desk looks at: real-time before hourly averages, then the latest. */
function better(a: LatestRow | null, b: LatestRow): LatestRow {
  if (!a) return b;
  const named = (row: LatestRow) => (/\/(real-time|day-ahead)-/.test(row.feed) ? 1 : 0);
  if (named(a) !== named(b)) return named(a) > named(b) ? a : b;
  return a.interval_start_utc >= b.interval_start_utc ? a : b;
}

/** Latest rows of one market as quotes, hubs first, then by name. */
export function quotesOf(rows: readonly LatestRow[]): Quote[] {
  const quotes = new Map<string, Quote>();
  for (const row of rows) {
    const key = `${row.location_type} ${row.location_id}`;
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

/** Rows of one place by feed, in time order; day-ahead first, then real-time from the finest interval. */
export function byFeed(rows: readonly LmpRow[]): FeedPrices[] {
  const feeds = new Map<string, FeedPrices>();
  for (const row of [...rows].sort((a, b) => (a.interval_start_utc < b.interval_start_utc ? -1 : a.interval_start_utc > b.interval_start_utc ? 1 : 0))) {
    const found = feeds.get(row.feed) ?? { feed: row.feed, market: row.iso_market, rows: [], spans: [] };
    found.rows.push(row);
    found.spans.push(spanOf(row));
    feeds.set(row.feed, found);
  }
  const order = ["DAY_AHEAD", "REAL_TIME", "FIVE_MINUTE", "FIFTEEN_MINUTE", "HOUR_AHEAD"];
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
