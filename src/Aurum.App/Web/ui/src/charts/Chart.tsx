import { useEffect, useRef } from "preact/hooks";
import uPlot, { type AlignedData, type Series } from "uplot";
import { useTheme } from "../settings";
import { browserZone } from "../time";
import { drawBand, drawStrips, type Forward } from "./forward";
import { axes, colorOf, drawNow, drawZero, stepped } from "./drawing";
import { usePlot } from "./plot";
import { extent, middlePoints, spanAt, stepPoints, type Span } from "./spans";
import { boxesOf, boxExtent, drawStack, layerValueAt, type Layer } from "./stack";
import type { Reading, Tooltip } from "./tooltip";

/** A line of a chart: values over intervals, drawn as steps or through their middles. */
export interface Line {
  label: string;
  /** Name of a colour: `--rt`, `--da`, ... */
  color: string;
  spans: readonly Span[];
  shape: "steps" | "middles";
  width?: number;
  dash?: number[];
}

export interface ChartProps {
  label: string;
  height: number;
  from: number;
  to: number;
  zone: string;
  unit: string;
  lines: readonly Line[];
  layers?: readonly Layer[];
  format: (v: number | null) => string;
  axisFormat: (v: number) => string;
  /** Where the known past ends: a thin line is drawn there. */
  now?: number;
  /** Values above are cut off: the range ends here. */
  cut?: number;
  /** Intervals to mark on the time axis, for example those with revised prices. */
  marks?: readonly number[];
  /** Bids, asks and strips of a forward curve. */
  forward?: Forward;
  /** What else is told of an instant under the cursor. */
  notes?: (t: number) => Reading[];
  /** Charts with the same name share their cursor. */
  sync?: string;
  onZoom?: (from: number, to: number) => void;
  onReset?: () => void;
  isSmall?: boolean;
}

const noData: AlignedData = [[0, 1], [null, null]];

function dataOf(props: ChartProps): AlignedData {
  const tables = props.lines.map((line) => (line.shape === "steps" ? stepPoints(line.spans) : middlePoints(line.spans)) as AlignedData);
  const stack: AlignedData[] = (props.layers ?? []).slice(0, 1).map((l) => [l.spans.map((s) => s.from), l.spans.map(() => null)]);
  const all = [...tables, ...stack].filter((t) => t[0].length > 0);
  return all.length === 0 ? noData : uPlot.join(all);
}

function seriesOf(props: ChartProps): Series[] {
  const drawn = props.lines.filter((line) => line.spans.length > 0);
  const lines: Series[] = drawn.map((line) => ({
    label: line.label,
    stroke: () => colorOf(line.color),
    width: line.width ?? 1.5,
    dash: line.dash,
    points: { show: false },
    paths: line.shape === "steps" ? stepped : undefined,
  }));
  const hasStack = (props.layers?.[0]?.spans.length ?? 0) > 0;
  const stack: Series[] = hasStack ? [{ label: "stack", paths: () => null, points: { show: false } }] : [];
  const all = [...lines, ...stack];
  return [{}, ...(all.length > 0 ? all : [{ label: "none", points: { show: false } }])];
}

function rangeOf(props: ChartProps, min: number, max: number): [number, number] {
  const parts = props.lines.map((line) => extent(line.spans, min, max));
  if (props.forward) parts.push(extent(props.forward.low, min, max), extent(props.forward.high, min, max), extent(props.forward.strips, min, max));
  parts.push(boxExtent(boxesOf(props.layers ?? []), min, max));
  const known = parts.filter((p) => p !== null);
  if (known.length === 0) return [0, 1];
  const low = Math.min(...known.map((p) => p[0]));
  const high = Math.min(props.cut ?? Infinity, Math.max(...known.map((p) => p[1])));
  const room = Math.max((high - low) * 0.08, Math.abs(high) * 0.02, 0.01);
  return [low === 0 ? 0 : low - room, high === props.cut ? high : high + room];
}

function readingsOf(props: ChartProps, t: number): Reading[] {
  const lines = props.lines.map((line) => ({ label: line.label, color: line.color, span: spanAt(line.spans, t) }));
  const layers = [...(props.layers ?? [])].reverse()
    .map((layer) => ({ label: layer.label, color: layer.color, span: spanAt(layer.spans, t), value: layerValueAt(layer, t) }));
  const readings = [...lines, ...layers].filter((r) => r.span !== null)
    .map((r) => ({ label: r.label, color: r.color, text: props.format(r.span!.value), from: r.span!.from, to: r.span!.to }));
  return readings.length === 0 ? [] : [...readings, ...(props.notes?.(t) ?? [])];
}

function optionsOf(props: ChartProps, width: number, tooltip: Tooltip, latest: () => ChartProps): uPlot.Options {
  return {
    width,
    height: props.height,
    padding: [props.isSmall ? 6 : 16, 14, 0, 0],
    legend: { show: false },
    tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), browserZone(props.zone)),
    cursor: {
      y: false,
      drag: { x: Boolean(props.onZoom), y: false, setScale: false },
      points: { size: 6, width: 1.5, stroke: (u, i) => (u.series[i]!.stroke as () => string)(), fill: () => colorOf("--panel") },
      bind: { dblclick: () => () => { latest().onReset?.(); return null; } },
      ...(props.sync ? { sync: { key: props.sync, scales: ["x", null] as [string, null], setSeries: false } } : {}),
    },
    scales: {
      x: { time: true, range: () => [latest().from, latest().to] },
      y: { range: (u) => rangeOf(latest(), u.scales["x"]?.min ?? latest().from, u.scales["x"]?.max ?? latest().to) },
    },
    axes: axes(props),
    series: seriesOf(props),
    hooks: {
      drawAxes: [(u) => {
        const { layers, forward } = latest();
        if (forward) drawBand(u, forward);
        if (layers?.length) drawStack(u, layers, boxesOf(layers), colorOf);
        drawZero(u, Boolean(layers?.length));
      }],
      draw: [(u) => {
        const { forward } = latest();
        if (forward) drawStrips(u, forward);
        drawNow(u, latest().now, latest().marks);
      }],
      setCursor: [(u) => tooltip.show(u, latest().zone, (t) => readingsOf(latest(), t))],
      setSelect: [(u) => {
        const { left, width: wide } = u.select;
        if (wide > 6) latest().onZoom?.(Math.round(u.posToVal(left, "x")), Math.round(u.posToVal(left + wide, "x")));
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      }],
    },
  };
}

/** A chart that fills its column. Drag selects a period, a double click goes back. */
export function Chart(props: ChartProps) {
  const latest = useRef(props);
  latest.current = props;
  const theme = useTheme();
  const shape = JSON.stringify([theme, props.zone, props.height, props.unit, props.lines.map((l) => [l.label, l.color, l.spans.length > 0]),
    (props.layers ?? []).map((l) => l.label), Boolean(props.layers?.[0]?.spans.length)]);

  const { box, plot } = usePlot(shape, () => latest.current.height, (element, tooltip) =>
    new uPlot(optionsOf(latest.current, element.clientWidth, tooltip, () => latest.current), dataOf(latest.current), element));

  useEffect(() => {
    plot.current?.setData(dataOf(latest.current));
  }, [props.lines, props.layers, props.forward, props.from, props.to, props.now, props.marks, props.cut]);

  return (
    <div class="chart" role="img" aria-label={props.label} style={{ height: `${props.height}px` }}>
      <span class="chart-unit">{props.unit}</span>
      <div ref={box} class="chart-plot" />
    </div>
  );
}
