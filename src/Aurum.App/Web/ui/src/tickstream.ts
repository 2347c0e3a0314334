import { useEffect, useRef, useState } from "preact/hooks";
import { getRows, urlOf } from "./api/client";
import type { TickBar, TickPrice } from "./api/types";
import { takePrices, type Quote } from "./ticks";

/** Events a second beyond which prices are read once a second instead of each change: no eye follows them, and no page keeps up. */
const mostEventsPerSecond = 2000;

/** How long that lasts before each change is followed again. */
const calmSeconds = 20;

/** Instruments that the server takes in one request. */
export const mostNamed = 100;

const pageRows = 1000;

/** How prices come: each change, a sample a second because there are too many, or not. */
export type Flow = "connecting" | "live" | "sampled" | "lost";

interface Prices {
  quotes: ReadonlyMap<string, Quote>;
  flow: Flow;
}

const namedOnly = (instruments: readonly string[]) => (instruments.length > 0 && instruments.length <= mostNamed ? instruments : []);

async function readLatest(tenant: string | null, signal: AbortSignal): Promise<TickPrice[]> {
  return getRows<TickPrice>("/v1/latest", { tenant, limit: pageRows }, signal);
}

/** Latest prices: what the server has, then each change. What is drawn changes a few times a second at most. */
export function usePrices(tenant: string | null, instruments: readonly string[]): Prices {
  const [prices, setPrices] = useState<Prices>({ quotes: new Map(), flow: "connecting" });
  const quotes = useRef(new Map<string, Quote>());
  const named = namedOnly(instruments).join(" ");
  useEffect(() => {
    const abort = new AbortController();
    let flow: Flow = "connecting";
    let source: EventSource | null = null;
    let isFresh = true;
    let events = 0;
    let calm = 0;
    const take = (rows: readonly TickPrice[]) => {
      takePrices(quotes.current, rows);
      isFresh = true;
    };
    const to = (next: Flow) => {
      isFresh ||= flow !== next;
      flow = next;
    };
    const follow = () => {
      const url = urlOf("/v1/ticks/stream", { kind: "price", tenant: tenant ?? "default", instrument: named ? named.split(" ") : [] });
      source = new EventSource(url);
      source.onopen = () => to("live");
      source.onerror = () => to("lost");
      source.addEventListener("price", (event) => {
        events++;
        take([JSON.parse((event as MessageEvent<string>).data) as TickPrice]);
      });
    };
    const read = () => readLatest(tenant, abort.signal).then(take, () => { if (!abort.signal.aborted) to("lost"); });
    const second = setInterval(() => {
      if (flow === "sampled") {
        void read();
        if (++calm >= calmSeconds) {
          to("connecting");
          follow();
        }
      } else if (events > mostEventsPerSecond) {
        source?.close();
        calm = 0;
        to("sampled");
      }
      events = 0;
    }, 1000);
    const draw = setInterval(() => {
      if (!isFresh) return;
      isFresh = false;
      setPrices({ quotes: new Map(quotes.current), flow });
    }, 250);
    void read();
    follow();
    return () => {
      abort.abort();
      source?.close();
      clearInterval(second);
      clearInterval(draw);
    };
  }, [tenant, named]);
  return prices;
}

/** Bars of one instrument as they close or are revised. */
export function useBarEvents(tenant: string | null, instrument: string | null, interval: string, onBar: (bar: TickBar) => void): void {
  const listener = useRef(onBar);
  listener.current = onBar;
  useEffect(() => {
    if (!instrument) return;
    const source = new EventSource(urlOf("/v1/ticks/stream", { kind: "bar", tenant: tenant ?? "default", instrument, interval }));
    source.addEventListener("bar", (event) => listener.current(JSON.parse((event as MessageEvent<string>).data) as TickBar));
    return () => source.close();
  }, [tenant, instrument, interval]);
}
