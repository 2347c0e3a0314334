import type { CurveBranch, CurveLoad, CurveRow } from "./api/types";
import type { Strip } from "./charts/forward";
import type { Span } from "./charts/spans";

/** Forward curves as the page shows them: delivery periods become spans of UTC months. */

const monthStart = (year: number, month: number): number => Date.UTC(year, month - 1, 1) / 1000;

/** Months that a period has from its first one on: strips end with their year, season or quarter. */
export function lastMonthsOf(row: Pick<CurveRow, "tenor_type" | "tenor_label" | "contract_month">): number {
  const first = Number(row.contract_month?.slice(5, 7) ?? 1);
  if (row.tenor_type === "CALENDAR") return 13 - first;
  if (row.tenor_type === "QUARTER") return 3;
  if (row.tenor_type !== "SEASON") return 1;
  if (/^winter/i.test(row.tenor_label)) return 5;
  return /^summer/i.test(row.tenor_label) ? 7 : /^bal\w* \d/i.test(row.tenor_label) ? 13 - first : 1;
}

/** Where a row's delivery lies, seconds; null where its period is not known. */
export function deliveryOf(row: Pick<CurveRow, "tenor_type" | "tenor_label" | "contract_month">): { from: number; to: number } | null {
  if (!row.contract_month) return null;
  const [year, month] = row.contract_month.split("-").map(Number) as [number, number];
  return { from: monthStart(year, month), to: monthStart(year, month + lastMonthsOf(row)) };
}

export const spansOf = (rows: readonly CurveRow[], value: "mid" | "bid" | "ask"): Span[] =>
  rows.filter((r) => r.tenor_type === "MONTHLY").map((r) => ({ ...deliveryOf(r)!, value: r[value] })).sort((a, b) => a.from - b.from);

export const stripColors: Record<string, string> = { CALENDAR: "--other-1", SEASON: "--other-2", QUARTER: "--other-3" };

export const stripsOf = (rows: readonly CurveRow[]): Strip[] =>
  rows.filter((r) => r.tenor_type in stripColors && deliveryOf(r) !== null)
    .map((r) => ({ ...deliveryOf(r)!, value: r.mid, label: r.tenor_label, color: stripColors[r.tenor_type]! }));

/** `Dutch_TTF gas`, `Belgium power BASE`, `Austrian spark spread BASE (Austrian_CEGH)`. */
export function nameOf(row: Pick<CurveRow, "location" | "product" | "block" | "spark_location" | "iso">): string {
  const product = row.product?.replaceAll("_", " ");
  const parts = [row.iso, row.location, product, row.block, row.product === "spark_spread" && row.spark_location ? `(${row.spark_location})` : null];
  return parts.filter(Boolean).join(" ");
}

/** As-of dates that were merged for a vendor, newest first. */
export const datesOf = (branches: readonly CurveBranch[], vendor: string): string[] =>
  [...new Set(branches.flatMap((b) => b.loads).filter((l) => l.vendor === vendor && l.tag !== null).map((l) => l.asof_date))].sort().reverse();

export const vendorsOf = (branches: readonly CurveBranch[]): string[] =>
  [...new Set(branches.flatMap((b) => b.loads.map((l) => l.vendor)))].sort();

/** The load that a vendor's merged curves of a date are from. */
export const loadOf = (branches: readonly CurveBranch[], vendor: string, asOf: string): CurveLoad | null =>
  branches.flatMap((b) => b.loads).filter((l) => l.vendor === vendor && l.asof_date === asOf && l.tag !== null)
    .sort((a, b) => (b.loaded_at ?? "").localeCompare(a.loaded_at ?? ""))[0] ?? null;

export const vendorNames: Record<string, string> = { eugp: "European gas and power", rp: "Refined products", pw: "US power" };
