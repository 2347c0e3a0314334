import assert from "node:assert/strict";
import { test } from "node:test";
import type { CurveBranch, CurveLoad, CurveRow } from "../src/api/types";
import { datesOf, deliveryOf, loadOf, nameOf, spansOf, stripsOf, vendorsOf } from "../src/curves";

const utc = (year: number, month: number): number => Date.UTC(year, month - 1, 1) / 1000;

const row = (change: Partial<CurveRow>): CurveRow => ({
  asof_date: "2025-09-17", source_file: "x.xlsx", sheet_name: "Fixed Prices - Mid", asset_class: "gas", region: "EU", iso: null, location: "Dutch_TTF", market: "EU",
  product: "gas", block: null, spark_location: null, units_raw: "EUR/MWh", currency: "EUR", per_unit: "MWh", tenor_type: "MONTHLY", contract_month: "2025-09-01",
  tenor_label: "2025-09", bid: 31, ask: 33, mid: 32, curve_key: "k", sheet_cell: "D12", vendor: "eugp", source_sha256: "s", known_at: "2025-09-17T15:00:00Z", revision: 1, ...change,
});

const load = (change: Partial<CurveLoad>): CurveLoad => ({
  file: "x.xlsx", vendor: "eugp", asof_date: "2025-09-17", branch: "eod_20250917", tag: "release/2025-09-17", state: "merged", rows: 1, new: 1, changed: 0, identical: 0,
  withdrawn: 0, quarantined: {}, gate: "pass", checks: [], why: null, messages: [], sha256: "a", loaded_at: "2025-09-17T15:00:00Z", ...change,
});

const branch = (loads: CurveLoad[]): CurveBranch =>
  ({ branch: loads[0]!.branch, asof_date: loads[0]!.asof_date, state: "merged", tag: loads[0]!.tag, why: null, opened_at: "", merged_at: null, loads });

test("a period is delivered from its first month to the end of its last", () => {
  const of = (tenor_type: CurveRow["tenor_type"], tenor_label: string, contract_month: string) => {
    const delivery = deliveryOf(row({ tenor_type, tenor_label, contract_month }))!;
    return [delivery.from, delivery.to];
  };
  assert.deepEqual(of("MONTHLY", "2025-12", "2025-12-01"), [utc(2025, 12), utc(2026, 1)]);
  assert.deepEqual(of("CALENDAR", "Calendar 2026", "2026-01-01"), [utc(2026, 1), utc(2027, 1)]);
  assert.deepEqual(of("SEASON", "Winter 2026", "2025-11-01"), [utc(2025, 11), utc(2026, 4)]);
  assert.deepEqual(of("SEASON", "Summer 2026", "2026-04-01"), [utc(2026, 4), utc(2026, 11)]);
  assert.deepEqual(of("QUARTER", "Q4 2026", "2026-10-01"), [utc(2026, 10), utc(2027, 1)]);
  assert.deepEqual(of("SEASON", "Bal 2025", "2025-09-01"), [utc(2025, 9), utc(2026, 1)]);
  assert.equal(deliveryOf(row({ tenor_type: "CUSTOM", contract_month: null })), null);
});

test("months are a line in their order, strips are brackets of their own", () => {
  const rows = [row({ contract_month: "2025-10-01", mid: 33 }), row({}), row({ tenor_type: "CALENDAR", tenor_label: "Calendar 2026", contract_month: "2026-01-01", mid: 30 })];
  assert.deepEqual(spansOf(rows, "mid").map((s) => s.value), [32, 33]);
  assert.deepEqual(stripsOf(rows).map((s) => [s.label, s.value]), [["Calendar 2026", 30]]);
});

test("a curve has a name that a trader knows it by", () => {
  assert.equal(nameOf(row({})), "Dutch_TTF gas");
  assert.equal(nameOf(row({ location: "Austrian", product: "spark_spread", block: "BASE", spark_location: "Austrian_CEGH" })), "Austrian spark spread BASE (Austrian_CEGH)");
  assert.equal(nameOf(row({ iso: "PJM", location: "West", product: "power", block: "ON_PEAK", spark_location: "TETCO M3" })), "PJM West power ON_PEAK");
});

test("only what was merged has a date to show, and the last load of it counts", () => {
  const branches = [
    branch([load({}), load({ vendor: "rp", tag: null })]), branch([load({ asof_date: "2025-09-18", tag: null, branch: "eod_20250918" })]),
    branch([load({ branch: "hotfix", sha256: "b", tag: "release/2025-09-17.2", loaded_at: "2025-09-17T16:00:00Z" })]),
    branch([load({ asof_date: "2025-09-16" })]),
  ];
  assert.deepEqual(datesOf(branches, "eugp"), ["2025-09-17", "2025-09-16"]);
  assert.deepEqual(datesOf(branches, "rp"), []);
  assert.deepEqual(vendorsOf(branches), ["eugp", "rp"]);
  assert.equal(loadOf(branches, "eugp", "2025-09-17")?.tag, "release/2025-09-17.2");
});
