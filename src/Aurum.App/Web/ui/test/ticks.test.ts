import assert from "node:assert/strict";
import { test } from "node:test";
import type { TickBar, TickPrice } from "../src/api/types";
import { ageText, lagText, mostQuotes, takeBars, takePrices, type Quote } from "../src/ticks";

const price = (change: Partial<TickPrice>): TickPrice => ({
  tenant_id: "default", instrument_id: "NP15", market: "CAISO", source: "oasis", event_time: "2026-03-02T15:00:00Z", sequence: 1, price: 30, volume: null, bid: null, ask: null,
  currency: "USD", unit: "MWh", flags: ["valid"], ...change,
});

const bar = (minute: number, revision: number, close = 30): TickBar => ({
  instrument_id: "NP15", interval: "1m", start_utc: `2026-03-02T15:${String(minute).padStart(2, "0")}:00Z`, end_utc: "", open: 30, high: 31, low: 29, close, volume: 1, vwap: null,
  count: 2, revision, partial_start: false, partial_end: false,
});

test("a price moves on in the order of events, whatever comes in last", () => {
  const quotes = new Map<string, Quote>();
  takePrices(quotes, [price({ price: 30 }), price({ price: 31, event_time: "2026-03-02T15:00:01.5Z" }), price({ price: 29, event_time: "2026-03-02T15:00:00.5Z" })]);
  const quote = quotes.get("NP15")!;
  assert.deepEqual([quote.row.price, quote.before, quote.changes], [31, 30, 2]);
  takePrices(quotes, [price({ price: 32, event_time: "2026-03-02T15:00:01.5Z", sequence: 2 })]);
  assert.equal(quotes.get("NP15")!.row.price, 32);
  takePrices(quotes, [price({ price: 33, event_time: "2026-03-02T15:00:01.500001Z" })]);
  assert.equal(quotes.get("NP15")!.row.price, 33);
});

test("the page keeps no more instruments than it can draw", () => {
  const quotes = new Map<string, Quote>();
  takePrices(quotes, Array.from({ length: mostQuotes + 50 }, (_, i) => price({ instrument_id: `I${i}` })));
  assert.equal(quotes.size, mostQuotes);
});

test("of a bar the latest revision counts, and the newest bars are kept", () => {
  const kept = takeBars([bar(1, 0), bar(2, 1, 40)], [bar(2, 0, 35), bar(3, 0), bar(1, 1, 50)], 2);
  assert.deepEqual(kept.map((b) => [b.start_utc.slice(14, 16), b.revision, b.close]), [["02", 1, 40], ["03", 0, 30]]);
  assert.equal(takeBars(kept, [bar(3, 1, 60)], 2)[1]!.close, 60);
});

test("ages and lags are told in the unit that fits", () => {
  assert.deepEqual([ageText(-1), ageText(12.4), ageText(240), ageText(7200)], ["0 s", "12 s", "4 min", "2 h"]);
  assert.deepEqual([lagText(null), lagText(0.34), lagText(1.25), lagText(240)], ["–", "340 ms", "1.3 s", "4 min"]);
});
