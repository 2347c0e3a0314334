import { useEffect, useState } from "preact/hooks";
import { getAllRows } from "../api/client";
import type { LmpRow } from "../api/types";
import type { Span } from "../charts/spans";
import { byFeed, held, mainFeed, ofFirstKind, spanOf, type Quote } from "../prices";
import { asOfText } from "../settings";
import { isoText } from "../time";

/** The last hours of a place: both prices. */
export interface History {
  realTime: Span[];
  dayAhead: Span[];
}

/** Places that one request may name. */
const maxPlaces = 60;

const markets = ["DAY_AHEAD", "REAL_TIME"] as const;

export async function loadHistory(iso: string, location: string, from: number, to: number, signal: AbortSignal): Promise<History> {
  const filters = { iso, location, start: isoText(from), end: isoText(to), as_of: asOfText() };
  const rows = await Promise.all(markets.map((market) => getAllRows<LmpRow>("/v1/iso/lmp", { ...filters, market }, signal)));
  const feeds = byFeed(rows.flat());
  return { realTime: mainFeed(feeds, "REAL_TIME")?.spans ?? [], dayAhead: mainFeed(feeds, "DAY_AHEAD")?.spans ?? [] };
}

/** The feeds that the quotes come from, each with its places, in requests of a bearable size. */
function requestsOf(quotes: readonly Quote[]): { feed: string; market: string; location: string[] }[] {
  const places = new Map<string, { feed: string; market: string; location: string[] }>();
  for (const row of quotes.flatMap((q) => [q.dayAhead, q.realTime])) {
    if (!row) continue;
    const found = places.get(row.feed) ?? { feed: row.feed, market: row.iso_market, location: [] };
    found.location.push(row.location_id);
    places.set(row.feed, found);
  }
  return [...places.values()].flatMap(({ feed, market, location }) =>
    Array.from({ length: Math.ceil(location.length / maxPlaces) }, (_, i) => ({ feed, market, location: location.slice(i * maxPlaces, (i + 1) * maxPlaces) })));
}

/** Histories of many places by id. Those of before are shown while new ones load. */
export function useHistories(iso: string, quotes: readonly Quote[], from: number, to: number): ReadonlyMap<string, History> {
  const [histories, setHistories] = useState<ReadonlyMap<string, History>>(new Map());
  const requests = requestsOf(quotes);
  const wanted = JSON.stringify([iso, requests, from, to, asOfText()]);
  useEffect(() => {
    const abort = new AbortController();
    const found = new Map<string, History>();
    const load = async ({ feed, market, location }: (typeof requests)[number]) => {
      const rows = await getAllRows<LmpRow>("/v1/iso/lmp", { iso, feed, location, start: isoText(from), end: isoText(to), as_of: asOfText() }, abort.signal);
      for (const row of ofFirstKind(rows)) {
        const history = found.get(row.location_id) ?? { realTime: [], dayAhead: [] };
        history[market === "DAY_AHEAD" ? "dayAhead" : "realTime"].push(spanOf(row));
        found.set(row.location_id, history);
      }
    };
    Promise.all(requests.map(load)).then(
      () => {
        for (const { realTime } of found.values()) held(realTime);
        setHistories(found);
      },
      () => {
        // Sparklines that do not come leave their cells empty; the prices beside them carry the error, if there is one.
      });
    return () => abort.abort();
  }, [wanted]);
  return histories;
}
