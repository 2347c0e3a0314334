import assert from "node:assert/strict";
import { test } from "node:test";
import type { LatestRow, LmpRow, PowerRow } from "../src/api/types";
import { middlePoints, spanAt, spikesAbove, stepPoints } from "../src/charts/spans";
import { boxesOf, boxExtent } from "../src/charts/stack";
import { errorsOf, meanOver, withTotals } from "../src/power";
import { observationsOf } from "../src/observations";
import { byFeed, held, mainFeed, ofFirstKind, quotesOf, revisionsOf } from "../src/prices";

const lmp = (change: Partial<LmpRow>): LatestRow => ({
  feed: "x/real-time-lmp", iso_code: "X", iso_market: "REAL_TIME", location_id: "A", location_type: "HUB", interval_start_utc: "2025-07-10T00:00:00Z",
  interval_end_utc: "2025-07-10T00:05:00Z", lmp: 10, energy: 9, congestion: 1, loss: 0, ghg: null, unit: "USD/MWh", known_at: "2025-07-10T00:06:00Z",
  revision: 1, previous_lmp: null, ...change,
});

test("steps end where intervals are missing", () => {
  assert.deepEqual(stepPoints([{ from: 0, to: 60, value: 1 }, { from: 60, to: 120, value: 2 }, { from: 300, to: 360, value: 3 }]),
    [[0, 60, 120, 121, 300, 360, 361], [1, 2, 2, null, 3, 3, null]]);
  assert.deepEqual(middlePoints([{ from: 0, to: 60, value: 1 }, { from: 60, to: 120, value: 2 }]), [[30, 90], [1, 2]]);
});

test("a value holds from its start to before its end", () => {
  const spans = [{ from: 0, to: 60, value: 1 }, { from: 60, to: 120, value: 2 }];
  assert.deepEqual([-1, 0, 59, 60, 119, 120].map((t) => spanAt(spans, t)?.value ?? null), [null, 1, 1, 2, 2, null]);
});

test("positive parts pile up above zero and negative ones below", () => {
  const at = (value: number) => [{ from: 0, to: 60, value }];
  const boxes = boxesOf([{ label: "a", color: "", spans: at(5) }, { label: "b", color: "", spans: at(-2) }, { label: "c", color: "", spans: at(3) }]);
  assert.deepEqual(boxes.map(([box]) => [box!.low, box!.high]), [[0, 5], [-2, 0], [5, 8]]);
  assert.deepEqual(boxExtent(boxes, 0, 60), [-2, 8]);
});

test("a quote pairs the named real-time feed with the day-ahead one, hubs before zones", () => {
  const quotes = quotesOf([
    lmp({ location_id: "Z", location_type: "ZONE" }), lmp({}), lmp({ feed: "x/hourly-lmp", lmp: 99, interval_start_utc: "2025-07-10T01:00:00Z" }),
    lmp({ feed: "x/day-ahead-lmp", iso_market: "DAY_AHEAD", lmp: 12 }),
  ]);
  assert.deepEqual(quotes.map((q) => [q.id, q.realTime?.lmp, q.dayAhead?.lmp]), [["A", 10, 12], ["Z", 10, undefined]]);
});

test("a name that is priced as two kinds of place is one quote of the first kind", () => {
  const rows = [lmp({ location_type: "AGGREGATE", lmp: 11 }), lmp({ location_type: "ZONE", lmp: 10 }), lmp({ location_id: "B", location_type: "AGGREGATE", lmp: 7 })];
  assert.deepEqual(quotesOf(rows).map((q) => [q.id, q.type, q.realTime?.lmp]), [["A", "ZONE", 10], ["B", "AGGREGATE", 7]]);
  assert.deepEqual(ofFirstKind(rows).map((r) => r.lmp), [10, 7]);
});

test("readings hold until the next one", () => {
  const at = (from: number, to = from) => ({ from, to, value: 1 });
  assert.deepEqual(held([at(0), at(60), at(90)]).map((s) => s.to), [60, 90, 120]);
  assert.deepEqual(held([at(0, 60), at(120, 180)]).map((s) => s.to), [60, 180]);
});

test("the feed that stands for a market is the one named so", () => {
  const feeds = byFeed([lmp({ feed: "x/lmp" }), lmp({}), lmp({ feed: "x/day-ahead-lmp", iso_market: "DAY_AHEAD" })]);
  assert.equal(mainFeed(feeds, "REAL_TIME")?.feed, "x/real-time-lmp");
  assert.equal(feeds[0]?.market, "DAY_AHEAD");
});

test("versions of one interval become revisions with the old and the new price", () => {
  const found = revisionsOf([lmp({ lmp: 14, known_at: "2025-07-12T00:00:00Z", revision: 2 }), lmp({}), lmp({ location_type: "ZONE" })]);
  assert.deepEqual(found.map((r) => [r.old, r.value, r.change]), [[10, 14, 4]]);
});

const load = (zone: string, minute: number, mw: number, type = "ZONE"): PowerRow => ({
  feed: type === "ZONE" ? "x/load" : "x/load-forecast", iso_code: "X", iso_market: "REAL_TIME", iso_product: type === "ZONE" ? "LOAD" : "LOAD_FORECAST",
  location_id: zone, location_type: type, interval_start_utc: `2025-07-10T00:0${minute}:00Z`, interval_end_utc: `2025-07-10T00:0${minute}:00Z`,
  issued_at_utc: null, mw, known_at: "2025-07-10T00:06:00Z",
});

test("zones are added up only where every zone is there", () => {
  const sums = withTotals([load("X", 0, 0, "SYSTEM"), load("A", 0, 10), load("B", 0, 20), load("A", 5, 11)]).filter((r) => r.location_id === "X" && r.iso_product === "LOAD");
  assert.deepEqual(sums.map((r) => [r.interval_start_utc, r.mw]), [["2025-07-10T00:00:00Z", 30]]);
});

test("a forecast is compared with the mean of what was metered, where at least half was", () => {
  const actual = [{ from: 0, to: 300, value: 10 }, { from: 300, to: 600, value: 20 }];
  assert.equal(meanOver(actual, 0, 600), 15);
  assert.equal(meanOver(actual, 0, 3600), null);
  assert.deepEqual(errorsOf(actual, [{ from: 0, to: 600, value: 12 }, { from: 600, to: 1200, value: 9 }]).map((e) => e.value), [3]);
});

test("spikes are what lies far above the usual values", () => {
  const spans = (values: number[]) => [values.map((value, i) => ({ from: i, to: i + 1, value }))];
  const calm = Array.from({ length: 100 }, (_, i) => 30 + (i % 20));
  assert.equal(spikesAbove(spans(calm), 0, 200), null);
  const found = spikesAbove(spans([...calm, 737]), 0, 200);
  assert.equal(found?.highest, 737);
  assert.ok(found.cut > 49 && found.cut < 70);
  assert.equal(spikesAbove(spans([...calm, 737]), 0, 100), null);
});

test("of several issues of a period the latest is its value, and periods are in order", () => {
  const row = (start: string, issued: string | null, value: number) => ({
    series_id: "S", interval_start_utc: start, interval_end_utc: start.replace("T00", "T01"), issued_at_utc: issued, value, unit: "MW", flags: "", known_at: "2025-07-12T00:00:00Z",
  });
  const found = observationsOf([
    row("2025-07-11T00:00:00Z", "2025-07-11T06:00:00Z", 3), row("2025-07-10T00:00:00Z", "2025-07-11T00:00:00Z", 2), row("2025-07-10T00:00:00Z", "2025-07-10T00:00:00Z", 1),
  ]);
  assert.deepEqual(found.map((o) => o.span.value), [2, 3]);
});
