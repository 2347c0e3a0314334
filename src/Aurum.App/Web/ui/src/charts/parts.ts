import type { BarRow } from "./BarRows";

/** An amount that moved a value, and by whom it was moved. */
export interface Effect {
  component: string;
  delta: number;
}

const nameOf = (component: string): string => {
  const text = component.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** From a first value to a last one, effect by effect. Effects of no size are left out. */
export function waterfall(first: readonly [string, number], effects: readonly Effect[], last: readonly [string, number], text: (v: number) => string, change: (v: number) => string): BarRow[] {
  const rows: BarRow[] = [{ label: first[0], parts: [{ from: 0, to: first[1], color: "--da" }], text: text(first[1]), isTotal: true }];
  let at = first[1];
  for (const { component, delta } of effects) {
    if (delta === 0) continue;
    rows.push({ label: nameOf(component), parts: [{ from: at, to: at + delta, color: delta > 0 ? "--up" : "--down" }], text: change(delta) });
    at += delta;
  }
  rows.push({ label: last[0], parts: [{ from: 0, to: last[1], color: "--rt" }], text: text(last[1]), isTotal: true });
  return rows;
}

/** What a value becomes when one thing is lower or higher; what moves it most comes first. */
export interface Swing {
  name: string;
  low: number;
  high: number;
  /** Said when pointed at. */
  note?: string;
}

export function tornado(base: number, swings: readonly Swing[], change: (v: number) => string): BarRow[] {
  const size = (s: Swing) => Math.abs(s.high - s.low);
  return [...swings].sort((a, b) => size(b) - size(a)).map((s) => ({
    label: nameOf(s.name),
    parts: [
      { from: base, to: s.low, color: s.low < base ? "--down" : "--up" },
      { from: base, to: s.high, color: s.high < base ? "--down" : "--up", isFaint: true },
    ],
    text: `${change(s.low - base)} / ${change(s.high - base)}`,
    ...(s.note ? { note: s.note } : {}),
  }));
}
