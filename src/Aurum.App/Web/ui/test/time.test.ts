import assert from "node:assert/strict";
import { test } from "node:test";
import { clockText, daysText, dayStart, monthText, fromLocal, fullText, isoText, localInput, parseInstant, parseLocal, spanText, zoneName, browserZone, dateText } from "../src/time";

const pacific = "America/Los_Angeles";
const eastern = "America/New_York";

test("a market day has 23, 24 or 25 hours", () => {
  const hours = (date: string) => {
    const noon = parseInstant(`${date}T20:00:00Z`);
    return (dayStart(noon, pacific, 1) - dayStart(noon, pacific)) / 3600;
  };
  assert.deepEqual([hours("2025-03-09"), hours("2025-07-10"), hours("2025-11-02")], [23, 24, 25]);
});

test("the hour that occurs twice is read as its first", () => {
  assert.equal(isoText(parseLocal("2025-11-02T01:30", eastern)), "2025-11-02T05:30:00Z");
});

test("a skipped hour is read on the later side of the gap", () => {
  assert.equal(isoText(parseLocal("2025-03-09T02:30", eastern)), "2025-03-09T07:30:00Z");
});

test("every hour of two years comes back from its local reading but for the repeated ones", () => {
  let differences = 0;
  for (let t = parseInstant("2024-01-01T00:00:00Z"); t < parseInstant("2026-01-01T00:00:00Z"); t += 3600) {
    if (parseLocal(localInput(t, pacific), pacific) !== t) differences++;
  }
  assert.equal(differences, 2);
});

test("instants keep their milliseconds, and whole seconds show none", () => {
  assert.equal(isoText(1763692000.123), "2025-11-21T02:26:40.123Z");
  assert.equal(isoText(1763692000), "2025-11-21T02:26:40Z");
});

test("times name their clock", () => {
  const t = parseInstant("2025-07-10T19:05:07Z");
  assert.equal(clockText(t, pacific), "12:05");
  assert.equal(fullText(t, pacific), "10 Jul 2025 12:05:07 PDT");
  assert.equal(zoneName(parseInstant("2025-12-01T00:00:00Z"), eastern), "EST");
  assert.equal(zoneName(t, "UTC"), "UTC");
});

test("spans are short", () => {
  assert.deepEqual([3, 59, 300, 7200, 4 * 86_400].map(spanText), ["now", "59 s", "5 min", "2 h", "4 d"]);
});

test("midnight of a day that begins later is where the day begins", () => {
  // In 2018 São Paulo's clocks skipped midnight of 4 November.
  const zone = "America/Sao_Paulo";
  assert.equal(isoText(fromLocal(Date.UTC(2018, 10, 4) / 1000, zone)), "2018-11-04T03:00:00Z");
});

test("a clock that never changes is known to browsers by its other name", () => {
  assert.equal(browserZone("UTC-05"), "Etc/GMT+5");
  assert.equal(browserZone("UTC+10"), "Etc/GMT-10");
  assert.equal(browserZone("America/New_York"), "America/New_York");
  assert.equal(dateText(Date.UTC(2026, 6, 1, 4, 30) / 1000, "UTC-05"), "2026-06-30");
});

test("whole days are read by their dates", () => {
  const at = (text: string) => parseInstant(`${text}T00:00:00Z`);
  assert.equal(daysText(at("2025-07-10"), at("2025-07-11"), "UTC"), "10 Jul 2025");
  assert.equal(daysText(at("2025-07-01"), at("2025-08-01"), "UTC"), "1 Jul – 31 Jul 2025");
  assert.equal(monthText(at("2025-07-01"), "UTC"), "Jul 2025");
});
