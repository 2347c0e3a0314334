import assert from "node:assert/strict";
import { test } from "node:test";
import type { PpaCashflow, PpaRisk, ScenarioOutput } from "../src/api/models";
import { bandOf, curvesOf, moneyOf, spansOf, tenorsOf, yearsOf } from "../src/models";

const utc = (year: number, month: number): number => Date.UTC(year, month - 1, 1) / 1000;

const output = (change: Partial<ScenarioOutput>): ScenarioOutput => ({
  run_id: "r", asof_date: "2025-09-17", curve_key: "k", curve_name: "EU Belgium power BASE", metric: "mid", unit: "EUR/MWh", tenor_type: "MONTHLY", contract_month: "2025-10-01",
  tenor_label: "2025-10", base: 80, value: 84, band_lower: 70, band_upper: 98, attribution: [{ component: "fuel_curve", delta: 4 }], version_hash: "h", ...change,
});

const flow = (month: string, net: number): PpaCashflow => ({
  month, payment_date: month, expected_mwh: 10, delivered_mwh: 9, capture_price: 50, contract_price: 45, market_value: 500, contract_payment: -450,
  clause_effect: -1, band_effect: 2, fees: -3, credit_charge: -4, net, discount_factor: 0.9, present_value: net * 0.9,
});

const estimate = (value: number) => ({ value, low: value - 1, high: value + 1 });

const risk: PpaRisk = {
  paths: 10, seed: 1, statistics: [], months: [{ month: "2026-12-01", mean: 1, p5: -5, p95: 7 }],
  years: [{ year: 2026, mean: estimate(1), p5: estimate(-5), p95: estimate(7), cashflow_at_risk95: estimate(6) }],
};

test("strips come before months, and each kind is in order of time", () => {
  const rows = [output({ contract_month: "2025-11-01", tenor_label: "2025-11" }), output({}), output({ tenor_type: "QUARTER", tenor_label: "Q4 2025" }),
    output({ tenor_type: "CALENDAR", contract_month: "2026-01-01", tenor_label: "Calendar 2026" })];
  assert.deepEqual(tenorsOf(rows).map((r) => r.tenor_label), ["Calendar 2026", "Q4 2025", "2025-10", "2025-11"]);
});

test("months are lines and a band, calendar years are brackets", () => {
  const year = output({ tenor_type: "CALENDAR", tenor_label: "Calendar 2026", contract_month: "2026-01-01", value: 85 });
  const rows = [output({}), output({ tenor_type: "QUARTER", tenor_label: "Q4 2025", value: 86 }), year];
  assert.deepEqual(spansOf(rows as never, "value"), [{ from: utc(2025, 10), to: utc(2025, 11), value: 84 }]);
  const band = bandOf(rows);
  assert.deepEqual([band.low[0]!.value, band.high[0]!.value], [70, 98]);
  assert.deepEqual(band.strips.map((s) => [s.label, s.from, s.to, s.value]), [["Calendar 2026", utc(2026, 1), utc(2027, 1), 85]]);
});

test("a curve is listed once", () => {
  assert.deepEqual(curvesOf([output({}), output({ curve_key: "b", curve_name: "B" }), output({ value: 1 })]).map((c) => c.name), ["EU Belgium power BASE", "B"]);
});

test("a year sums its months and has the room of its outcomes where they were simulated", () => {
  const years = yearsOf([flow("2026-11-01", 40), flow("2026-12-01", 4), flow("2027-01-01", -8)], risk);
  assert.deepEqual(years.map((y) => [y.year, y.net, y.deliveredMwh, y.other, y.p5, y.p95]), [[2026, 44, 18, -12, -5, 7], [2027, -8, 9, -6, null, null]]);
});

test("money lies on the whole of its month", () => {
  const { net, band } = moneyOf({ cashflows: [flow("2026-12-01", 4)], risk });
  assert.deepEqual(net, [{ from: utc(2026, 12), to: utc(2027, 1), value: 4 }]);
  assert.deepEqual(band!.low, [{ from: utc(2026, 12), to: utc(2027, 1), value: -5 }]);
  assert.equal(moneyOf({ cashflows: [], risk: null }).band, null);
});
