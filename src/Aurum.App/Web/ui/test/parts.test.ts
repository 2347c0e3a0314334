import assert from "node:assert/strict";
import { test } from "node:test";
import { rangeOf } from "../src/charts/BarRows";
import { tornado, waterfall } from "../src/charts/parts";

const two = (v: number) => v.toFixed(2);

test("a waterfall leads from the first value to the last, without effects that do nothing", () => {
  const rows = waterfall(["Base", 60], [{ component: "fuel_curve", delta: 3 }, { component: "policy", delta: 0 }, { component: "load_growth", delta: -1 }], ["Scenario", 62], two, two);
  assert.deepEqual(rows.map((r) => r.label), ["Base", "Fuel curve", "Load growth", "Scenario"]);
  assert.deepEqual(rows[1]!.parts, [{ from: 60, to: 63, color: "--up" }]);
  assert.deepEqual(rows[2]!.parts, [{ from: 63, to: 62, color: "--down" }]);
  assert.equal(rows[3]!.text, "62.00");
});

test("a tornado has the largest swing first and shows both sides as changes", () => {
  const rows = tornado(100, [{ name: "discount_rate", low: 104, high: 97 }, { name: "price", low: 80, high: 120 }], two);
  assert.deepEqual(rows.map((r) => r.label), ["Price", "Discount rate"]);
  assert.equal(rows[0]!.text, "-20.00 / 20.00");
  assert.deepEqual(rows[1]!.parts.map((p) => p.color), ["--up", "--down"]);
});

test("a scale shows zero where that does not press the effects together", () => {
  const row = (from: number, to: number) => ({ label: `${from}`, parts: [{ from, to, color: "--up" }], text: "" });
  assert.equal(rangeOf([row(0, 10)])[0], 0);
  assert.ok(rangeOf([row(60, 63), row(63, 62)])[0] > 59);
  assert.ok(rangeOf([row(-5, 3)])[0] < -5);
  assert.deepEqual(rangeOf([]), [0, 1]);
});
