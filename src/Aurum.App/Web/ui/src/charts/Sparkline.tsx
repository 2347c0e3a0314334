import { quantile, type Span } from "./spans";

/** A small line without axes: the shape of the last hours. The day-ahead price lies behind it, thin; zero is marked
 * where it is crossed. Spikes are cut at twice the usual height, so that they do not flatten the rest. */
export function Sparkline({ main, behind, from, to, width = 84, height = 22 }: {
  main: readonly Span[]; behind: readonly Span[]; from: number; to: number; width?: number; height?: number;
}) {
  const values = [...main, ...behind].filter((s) => s.value !== null && s.to > from && s.from < to).map((s) => s.value!);
  if (values.length < 2) return <svg class="sparkline" width={width} height={height} aria-hidden="true" />;
  const low = Math.min(...values);
  const usual = quantile(values, 0.95)!;
  const high = Math.min(Math.max(...values), usual + Math.max(usual - low, 1));
  const y = (value: number, v = Math.min(value, high)) => 1.5 + (height - 3) * (1 - (v - low) / (high - low || 1));
  const x = (t: number) => (width * (t - from)) / (to - from);
  const path = (spans: readonly Span[]) => thin(spans, width).map((s, i) => `${i ? "L" : "M"}${x(s.from).toFixed(1)} ${y(s.value!).toFixed(1)}`).join("");
  return (
    <svg class="sparkline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {low < 0 && high > 0 && <line x1="0" x2={width} y1={y(0)} y2={y(0)} class="sparkline-zero" />}
      <path d={path(behind)} class="sparkline-behind" />
      <path d={path(main)} class="sparkline-main" />
    </svg>
  );
}

/** At most one low and one high per pixel, so that spikes survive. */
function thin(spans: readonly Span[], pixels: number): Span[] {
  const known = spans.filter((s) => s.value !== null);
  if (known.length <= pixels * 1.5) return known;
  const perBin = Math.ceil(known.length / (pixels / 1.5));
  const kept: Span[] = [];
  for (let i = 0; i < known.length; i += perBin) {
    const bin = known.slice(i, i + perBin);
    const low = bin.reduce((a, b) => (b.value! < a.value! ? b : a));
    const high = bin.reduce((a, b) => (b.value! > a.value! ? b : a));
    kept.push(...(low.from < high.from ? [low, high] : low === high ? [low] : [high, low]));
  }
  return kept;
}
