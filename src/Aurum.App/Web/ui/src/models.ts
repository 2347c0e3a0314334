import type { Period, PpaCashflow, PpaMetric, PpaResult, PpaRisk, ScenarioOutput } from "./api/models";
import type { Forward } from "./charts/forward";
import type { Span } from "./charts/spans";
import { deliveryOf, stripColors } from "./curves";

/** Scenarios and agreements as the page shows them. */

type Priced = Period & Record<string, unknown>;

/** A curve of an answer, under its name and unit. */
export interface NamedCurve {
  key: string;
  name: string;
  unit: string;
}

/** The curves that rows are of, in the order in which they come. */
export function curvesOf(rows: readonly Pick<ScenarioOutput, "curve_key" | "curve_name" | "unit">[]): NamedCurve[] {
  const found = new Map<string, NamedCurve>();
  for (const row of rows) found.set(row.curve_key, found.get(row.curve_key) ?? { key: row.curve_key, name: row.curve_name, unit: row.unit });
  return [...found.values()];
}

const byDelivery = (a: Period, b: Period): number => a.contract_month.localeCompare(b.contract_month);

export const monthsOf = <T extends Period>(rows: readonly T[]): T[] => rows.filter((r) => r.tenor_type === "MONTHLY").sort(byDelivery);

/** Years first, then seasons, quarters and months, each in order of time: what a desk looks at first stands first. */
export function tenorsOf<T extends Period>(rows: readonly T[]): T[] {
  const rank: Record<Period["tenor_type"], number> = { CALENDAR: 0, SEASON: 1, QUARTER: 2, MONTHLY: 3 };
  return [...rows].sort((a, b) => rank[a.tenor_type] - rank[b.tenor_type] || byDelivery(a, b));
}

export const spansOf = (rows: readonly Priced[], field: string): Span[] =>
  monthsOf(rows).map((r) => ({ ...deliveryOf(r)!, value: r[field] as number }));

/** The band around the months, and calendar years over them: more brackets would hide the lines. */
export const bandOf = (rows: readonly ScenarioOutput[]): Forward => ({
  low: spansOf(rows as unknown as Priced[], "band_lower"),
  high: spansOf(rows as unknown as Priced[], "band_upper"),
  strips: rows.filter((r) => r.tenor_type === "CALENDAR").map((r) => ({ ...deliveryOf(r)!, value: r.value, label: r.tenor_label, color: stripColors[r.tenor_type]! })),
});

/** Sentences begin with a capital. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A valuation in the list of a contract's. */
export interface Valued {
  id: string;
  asOf: string;
  scenario: string | null;
  npv: number;
  currency: string;
  at: string;
}

export const valuationsOf = (rows: readonly PpaMetric[]): Valued[] =>
  rows.map((r) => ({ id: r.valuation_id, asOf: r.asof_date, scenario: r.scenario_id, npv: r.value, currency: r.currency, at: r.ingested_at }));

/** A calendar year of cashflows; with simulation, the room between its P5 and P95. */
export interface Year {
  year: number;
  months: PpaCashflow[];
  deliveredMwh: number;
  marketValue: number;
  contractPayment: number;
  other: number;
  net: number;
  presentValue: number;
  p5: number | null;
  p95: number | null;
}

const sum = (rows: readonly PpaCashflow[], of: (row: PpaCashflow) => number): number => rows.reduce((a, r) => a + of(r), 0);

export function yearsOf(cashflows: readonly PpaCashflow[], risk: PpaRisk | null): Year[] {
  const years = [...new Set(cashflows.map((c) => Number(c.month.slice(0, 4))))].sort();
  return years.map((year) => {
    const months = cashflows.filter((c) => Number(c.month.slice(0, 4)) === year);
    const simulated = risk?.years.find((y) => y.year === year);
    return {
      year, months,
      deliveredMwh: sum(months, (c) => c.delivered_mwh),
      marketValue: sum(months, (c) => c.market_value),
      contractPayment: sum(months, (c) => c.contract_payment),
      other: sum(months, (c) => c.clause_effect + c.band_effect + c.fees + c.credit_charge),
      net: sum(months, (c) => c.net),
      presentValue: sum(months, (c) => c.present_value),
      p5: simulated?.p5.value ?? null,
      p95: simulated?.p95.value ?? null,
    };
  });
}

const monthEnd = (month: string): number => Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1) / 1000;

/** Money by month, and the room in which nine of ten outcomes are. */
export function moneyOf({ cashflows, risk }: Pick<PpaResult, "cashflows" | "risk">): { net: Span[]; band: Forward | null } {
  const span = (month: string, value: number): Span => ({ from: Date.parse(month) / 1000, to: monthEnd(month), value });
  return {
    net: cashflows.map((c) => span(c.month, c.net)),
    band: risk === null ? null : { low: risk.months.map((m) => span(m.month, m.p5)), high: risk.months.map((m) => span(m.month, m.p95)), strips: [] },
  };
}
