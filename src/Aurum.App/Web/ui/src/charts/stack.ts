import type uPlot from "uplot";
import { spanAt, type Span } from "./spans";

/** Layers stacked away from zero: what is positive piles up above it, what is negative below. */
export interface Layer {
  label: string;
  color: string;
  spans: readonly Span[];
}

interface Box {
  from: number;
  to: number;
  low: number;
  high: number;
}

const known = new WeakMap<readonly Layer[], Box[][]>();

/** For each layer the boxes that it fills, in the order of the layers (first is next to zero). */
export function boxesOf(layers: readonly Layer[]): Box[][] {
  const boxes = known.get(layers) ?? pileUp(layers);
  known.set(layers, boxes);
  return boxes;
}

function pileUp(layers: readonly Layer[]): Box[][] {
  const above = new Map<number, number>();
  const below = new Map<number, number>();
  return layers.map((layer) => {
    const boxes: Box[] = [];
    layer.spans.forEach((span, i) => {
      if (!span.value) return;
      const next = layer.spans[i + 1];
      const to = span.to > span.from ? span.to : Math.min(next?.from ?? span.from + 300, span.from + 900);
      const pile = span.value > 0 ? above : below;
      const start = pile.get(span.from) ?? 0;
      const end = start + span.value;
      pile.set(span.from, end);
      boxes.push({ from: span.from, to, low: Math.min(start, end), high: Math.max(start, end) });
    });
    return boxes;
  });
}

export function boxExtent(boxes: readonly Box[][], from: number, to: number): [number, number] | null {
  let low = 0;
  let high = 0;
  let any = false;
  for (const layer of boxes) {
    for (const box of layer) {
      if (box.to <= from || box.from >= to) continue;
      any = true;
      low = Math.min(low, box.low);
      high = Math.max(high, box.high);
    }
  }
  return any ? [low, high] : null;
}

/** Fills the boxes; edges lie on whole pixels, so that neighbours meet without seams. */
export function drawStack(u: uPlot, layers: readonly Layer[], boxes: readonly Box[][], colorOf: (name: string) => string): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  layers.forEach((layer, i) => {
    ctx.beginPath();
    for (const box of boxes[i]!) {
      const left = Math.round(u.valToPos(box.from, "x", true));
      const right = Math.round(u.valToPos(box.to, "x", true));
      const top = Math.round(u.valToPos(box.high, "y", true));
      const bottom = Math.round(u.valToPos(box.low, "y", true));
      ctx.rect(left, top, Math.max(1, right - left), bottom - top);
    }
    ctx.fillStyle = colorOf(layer.color);
    ctx.fill();
  });
  ctx.restore();
}

export const layerValueAt = (layer: Layer, t: number): number | null => spanAt(layer.spans, t)?.value ?? null;
