import { useEffect, useRef } from "preact/hooks";
import uPlot, { type AlignedData } from "uplot";
import { useTheme } from "../settings";
import { browserZone } from "../time";
import { axes, colorOf, drawZero } from "./drawing";
import { usePlot } from "./plot";
import type { Reading, Tooltip } from "./tooltip";

/** What prices did in a window, ready to be drawn. Times in seconds. */
export interface Candle {
  from: number;
  to: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number | null;
  isPartial: boolean;
  isRevised: boolean;
}

interface CandlesProps {
  label: string;
  height: number;
  from: number;
  to: number;
  zone: string;
  unit: string;
  candles: readonly Candle[];
  /** The latest price: a line across. */
  last: number | null;
  format: (v: number | null) => string;
  /** What is told of a candle under the cursor. */
  readings: (candle: Candle) => Reading[];
}

/** Share of the height that volumes have, below the prices. */
const volumeShare = 0.2;

/** Most of a window's width that its candle takes. */
const candleShare = 0.7;

const dataOf = ({ candles }: CandlesProps): AlignedData =>
  candles.length === 0 ? [[0, 1], [null, null]] : [candles.map((c) => c.from), candles.map((c) => c.close)];

function rangeOf({ candles, last }: CandlesProps): [number, number] {
  const values = [...candles.flatMap((c) => [c.low, c.high]), ...(last === null ? [] : [last])];
  if (values.length === 0) return [0, 1];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = Math.max((high - low) * 0.08, Math.abs(high) * 0.002, 0.01);
  const height = high - low + 2 * room;
  return [low - room - (height * volumeShare) / (1 - volumeShare), high + room];
}

function draw(u: uPlot, props: CandlesProps): void {
  const { ctx, bbox } = u;
  const most = Math.max(0, ...props.candles.map((c) => c.volume ?? 0));
  const room = bbox.height * volumeShare * 0.85;
  const line = Math.max(1, Math.round(devicePixelRatio));
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const candle of props.candles) {
    const left = u.valToPos(candle.from, "x", true);
    const right = u.valToPos(candle.to, "x", true);
    const width = Math.max(line, Math.round((right - left) * candleShare));
    const middle = Math.round((left + right) / 2);
    const at = middle - Math.floor(width / 2);
    const y = (v: number) => Math.round(u.valToPos(v, "y", true));
    const color = colorOf(candle.close >= candle.open ? "--up" : "--down");
    if (most > 0 && candle.volume) {
      const height = Math.max(line, Math.round((candle.volume / most) * room));
      ctx.globalAlpha = 0.35;
      ctx.fillStyle = color;
      ctx.fillRect(at, bbox.top + bbox.height - height, width, height);
    }
    ctx.globalAlpha = candle.isPartial ? 0.75 : 1;
    ctx.fillStyle = color;
    ctx.strokeStyle = color;
    ctx.lineWidth = line;
    ctx.fillRect(middle - Math.floor(line / 2), y(candle.high), line, Math.max(line, y(candle.low) - y(candle.high)));
    const top = y(Math.max(candle.open, candle.close));
    const height = Math.max(line, y(Math.min(candle.open, candle.close)) - top);
    if (candle.isPartial && width > 4 * line && height > 2 * line) {
      // Not all of its window is known: a hollow body.
      ctx.globalAlpha = 1;
      ctx.fillStyle = colorOf("--panel");
      ctx.fillRect(at, top, width, height);
      ctx.strokeRect(at + line / 2, top + line / 2, width - line, height - line);
    } else {
      ctx.fillRect(at, top, width, height);
    }
    ctx.globalAlpha = 1;
    if (candle.isRevised) drawRevised(ctx, middle, y(candle.high) - 5 * line, line);
  }
  drawLast(u, props.last, line);
  ctx.restore();
}

function drawRevised(ctx: CanvasRenderingContext2D, x: number, y: number, line: number): void {
  ctx.fillStyle = colorOf("--gold");
  ctx.beginPath();
  ctx.moveTo(x - 3.5 * line, y - 6 * line);
  ctx.lineTo(x + 3.5 * line, y - 6 * line);
  ctx.lineTo(x, y);
  ctx.fill();
}

function drawLast(u: uPlot, last: number | null, line: number): void {
  if (last === null) return;
  const { ctx, bbox } = u;
  const y = Math.round(u.valToPos(last, "y", true)) + 0.5;
  ctx.strokeStyle = colorOf("--gold");
  ctx.lineWidth = line;
  ctx.setLineDash([3 * line, 3 * line]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

function optionsOf(props: CandlesProps, width: number, tooltip: Tooltip, latest: () => CandlesProps): uPlot.Options {
  return {
    width,
    height: props.height,
    padding: [16, 14, 0, 0],
    legend: { show: false },
    tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), browserZone(props.zone)),
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: true, range: () => [latest().from, latest().to] },
      y: { range: () => rangeOf(latest()) },
    },
    axes: axes({ zone: props.zone, axisFormat: (v) => latest().format(v), isSmall: width < 520 }),
    series: [{}, { paths: () => null, points: { show: false } }],
    hooks: {
      drawAxes: [(u) => drawZero(u, true)],
      draw: [(u) => draw(u, latest())],
      setCursor: [(u) => tooltip.show(u, latest().zone, (t) => {
        const candle = latest().candles.find((c) => c.from <= t && t < c.to);
        return candle ? latest().readings(candle) : [];
      })],
    },
  };
}

/** Candles over their windows, volumes below. */
export function Candles(props: CandlesProps) {
  const latest = useRef(props);
  latest.current = props;
  const theme = useTheme();
  const shape = JSON.stringify([theme, props.zone, props.height]);

  const { box, plot } = usePlot(shape, () => latest.current.height, (element, tooltip) =>
    new uPlot(optionsOf(latest.current, element.clientWidth, tooltip, () => latest.current), dataOf(latest.current), element));

  useEffect(() => {
    plot.current?.setData(dataOf(latest.current));
  }, [props.candles, props.from, props.to, props.last]);

  return (
    <div class="chart" role="img" aria-label={props.label} style={{ height: `${props.height}px` }}>
      <span class="chart-unit">{props.unit}</span>
      <div ref={box} class="chart-plot" />
    </div>
  );
}
