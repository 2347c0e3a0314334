import type uPlot from "uplot";
import { colorOf } from "./drawing";
import type { Span } from "./spans";

/** What only forward curves have: the room between bid and ask, and strips over their months. */
export interface Forward {
  low: readonly Span[];
  high: readonly Span[];
  strips: readonly Strip[];
}

export interface Strip extends Span {
  label: string;
  color: string;
}

/** The room between bid and ask, month by month. */
export function drawBand(u: uPlot, { low, high }: Forward): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.globalAlpha = 0.2;
  ctx.fillStyle = colorOf("--rt");
  low.forEach((bid, i) => {
    const ask = high[i];
    if (bid.value === null || !ask || ask.value === null) return;
    const left = u.valToPos(bid.from, "x", true);
    const top = u.valToPos(ask.value, "y", true);
    ctx.fillRect(left, top, u.valToPos(bid.to, "x", true) - left + 0.5, Math.max(1, u.valToPos(bid.value, "y", true) - top));
  });
  ctx.restore();
}

/** A bracket over the months of each strip, at its price. */
export function drawStrips(u: uPlot, { strips }: Forward): void {
  const { ctx, bbox } = u;
  const tick = 5 * devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = 1.4 * devicePixelRatio;
  for (const strip of strips) {
    if (strip.value === null) continue;
    const left = u.valToPos(strip.from, "x", true) + 2 * devicePixelRatio;
    const right = u.valToPos(strip.to, "x", true) - 2 * devicePixelRatio;
    const y = u.valToPos(strip.value, "y", true);
    ctx.strokeStyle = colorOf(strip.color);
    ctx.beginPath();
    ctx.moveTo(left, y + tick);
    ctx.lineTo(left, y);
    ctx.lineTo(right, y);
    ctx.lineTo(right, y + tick);
    ctx.stroke();
  }
  ctx.restore();
}
