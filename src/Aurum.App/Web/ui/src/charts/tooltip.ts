import type uPlot from "uplot";
import { clockText, day, daysText, longDayText, zoneName } from "../time";

/** One value under the cursor. */
export interface Reading {
  label: string;
  color: string;
  text: string;
  from: number;
  to: number;
}

/** The box beside the cursor: which interval, and every value in it. Written straight to the page, as it moves with the mouse. */
export class Tooltip {
  readonly #element = document.createElement("div");

  constructor(readonly chart: HTMLElement) {
    this.#element.className = "tooltip";
    this.#element.hidden = true;
    chart.append(this.#element);
  }

  show(u: uPlot, zone: string, readings: (t: number) => Reading[]): void {
    const left = u.cursor.left ?? -1;
    const values = left < 0 ? [] : readings(u.posToVal(left, "x"));
    this.#element.hidden = values.length === 0;
    if (values.length === 0) return;
    const finest = values.reduce((a, b) => (b.to - b.from < a.to - a.from ? b : a));
    const rows = values.map((v) => Tooltip.#row(v));
    this.#element.replaceChildren(Tooltip.#title(finest, zone), ...rows);
    const isRight = left > u.over.clientWidth / 2;
    const x = u.over.offsetLeft + left;
    this.#element.style.transform = `translate(${isRight ? `calc(${x - 14}px - 100%)` : `${x + 14}px`}, ${u.over.offsetTop + 6}px)`;
  }

  remove(): void {
    this.#element.remove();
  }

  static #title(reading: Reading, zone: string): HTMLElement {
    const title = document.createElement("div");
    title.className = "tooltip-title";
    if (reading.to - reading.from >= day - 3600) {
      title.textContent = daysText(reading.from, reading.to, zone);
      return title;
    }
    const end = reading.to > reading.from ? `\u2013${clockText(reading.to, zone)}` : "";
    title.textContent = `${longDayText(reading.from, zone)}  ${clockText(reading.from, zone)}${end} ${zoneName(reading.from, zone)}`;
    return title;
  }

  static #row(reading: Reading): HTMLElement {
    const row = document.createElement("div");
    row.className = "tooltip-row";
    const swatch = document.createElement("i");
    swatch.style.background = `var(${reading.color})`;
    const label = document.createElement("span");
    label.textContent = reading.label;
    const value = document.createElement("b");
    value.textContent = reading.text;
    row.append(swatch, label, value);
    return row;
  }
}
