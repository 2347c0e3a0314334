import assert from "node:assert/strict";
import { test } from "node:test";
import { amountsAs, changeText, difference, direction, percentText, priceText, shortText, wholeText, words } from "../src/numbers";

test("prices have cents and a true minus sign, and nothing is never minus nothing", () => {
  assert.deepEqual([41.267, -3.1, -0.001, 0, null, Number.NaN].map(priceText), ["41.27", "−3.10", "0.00", "0.00", "–", "–"]);
});

test("changes show their sign unless they vanish in rounding", () => {
  assert.deepEqual([1.2, -3.1, 0, 0.004].map((v) => changeText(v)), ["+1.20", "−3.10", "0.00", "0.00"]);
});

test("unknown is contagious in differences", () => {
  assert.equal(difference(3, null), null);
  assert.equal(difference(undefined, 1), null);
  assert.equal(difference(3, 5), -2);
});

test("less than half a cent points nowhere", () => {
  assert.deepEqual([0.004, -0.006, 1, null].map(direction), ["", "down", "up", ""]);
});

test("large figures are shortened, megawatts grouped, shares in percent", () => {
  assert.deepEqual([812, 120_400, 18_402_733].map(shortText), ["812", "120 k", "18.4 M"]);
  assert.equal(shortText(-3_624_275), "\u22123.6 M");
  assert.equal(wholeText(28412.4), "28,412");
  assert.equal(percentText(0.0123), "1.2%");
});

test("codes are words", () => {
  assert.deepEqual(["DAY_AHEAD", "ProvenEmpty", "SYSTEM", null].map(words), ["Day-ahead", "Proven empty", "System", "–"]);
});

test("the values of a series have the same decimals, as many as they need", () => {
  const texts = (values: (number | null)[]) => values.map(amountsAs(values));
  assert.deepEqual(texts([19.7, 19.77, 20, null]), ["19.70", "19.77", "20.00", "–"]);
  assert.deepEqual(texts([-0.00312, 0.5]), ["−0.0031", "0.5000"]);
  assert.deepEqual(texts([121504.31, 98000]), ["121,504.3", "98,000.0"]);
  assert.deepEqual(texts([30_123_456.7, -12]), ["30,123,457", "−12"]);
});
