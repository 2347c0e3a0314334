import uPlot, { type Axis } from "uplot";
import { clockText, day, dayText, monthText, partsIn } from "../time";
import type { ChartProps } from "./Chart";

/** The value of a colour of the present theme. */
export const colorOf = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim() || name;

export const stepped = uPlot.paths.stepped!({ align: 1 });

const axisFont = (): string => "11px Inter, system-ui, sans-serif";

function timeTexts(splits: number[], step: number, zone: string, end: number): string[] {
  return splits.map((t) => {
    const p = partsIn(t, zone);
    const isMidnight = p.hour === 0 && p.minute === 0;
    if (t >= end) return "";
    if (step >= 360 * day) return String(p.year);
    if (step >= 27 * day) return monthText(t, zone);
    return step >= day || isMidnight ? dayText(t, zone) : clockText(t, zone);
  });
}

/** Axes with thin lines, clock labels of the market's day, and no label that needs turning one's head. */
export function axes(props: Pick<ChartProps, "zone" | "isSmall" | "axisFormat">): Axis[] {
  const line = { stroke: () => colorOf("--grid"), width: 1 };
  const text = { font: axisFont(), stroke: () => colorOf("--muted") };
  return [
    {
      ...text, size: 26, gap: 6, space: props.isSmall ? 56 : 72, grid: { show: false }, border: { show: true, stroke: () => colorOf("--line"), width: 1 },
      ticks: { ...line, size: 4 }, values: (u, splits, _i, _space, step) => timeTexts(splits, step, props.zone, u.scales["x"]!.max!),
    },
    {
      ...text, size: props.isSmall ? 40 : 52, gap: 6, space: props.isSmall ? 28 : 36, grid: line, ticks: { show: false },
      values: (_u, splits) => splits.map((v) => props.axisFormat(v)),
    },
  ];
}

/** The zero line, and a wash below it: negative prices must not be overlooked. */
export function drawZero(u: uPlot, isStacked: boolean): void {
  const { ctx, bbox } = u;
  const low = u.scales["y"]!.min ?? 0;
  if (low >= 0 || (u.scales["y"]!.max ?? 0) <= 0) return;
  const zero = Math.round(u.valToPos(0, "y", true));
  ctx.save();
  ctx.fillStyle = colorOf("--below-zero");
  if (!isStacked) ctx.fillRect(bbox.left, zero, bbox.width, bbox.top + bbox.height - zero);
  ctx.fillStyle = colorOf("--zero");
  ctx.fillRect(bbox.left, zero, bbox.width, Math.max(1, Math.round(devicePixelRatio)));
  ctx.restore();
}

/** Where the known past ends, and ticks under intervals that were revised. */
export function drawNow(u: uPlot, now: number | undefined, marks: readonly number[] | undefined): void {
  const { ctx, bbox } = u;
  const inside = (x: number) => x >= bbox.left && x <= bbox.left + bbox.width;
  ctx.save();
  if (now !== undefined) {
    const x = Math.round(u.valToPos(now, "x", true));
    ctx.strokeStyle = colorOf("--muted");
    ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    if (inside(x)) {
      ctx.moveTo(x + 0.5, bbox.top);
      ctx.lineTo(x + 0.5, bbox.top + bbox.height);
    }
    ctx.stroke();
  }
  ctx.fillStyle = colorOf("--gold");
  for (const mark of marks ?? []) {
    const x = Math.round(u.valToPos(mark, "x", true));
    if (!inside(x)) continue;
    const size = 4 * devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(x - size, bbox.top + bbox.height);
    ctx.lineTo(x + size, bbox.top + bbox.height);
    ctx.lineTo(x, bbox.top + bbox.height - size * 1.6);
    ctx.fill();
  }
  ctx.restore();
}
