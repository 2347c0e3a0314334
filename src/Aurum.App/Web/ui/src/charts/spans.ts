/** Values over delivery intervals, and how they become points of a chart. Times in seconds, start inclusive, end exclusive. */
export interface Span {
  from: number;
  to: number;
  value: number | null;
}

export type Points = [number[], (number | null | undefined)[]];

/** Steps: each value holds from its start to its end; where the next interval does not follow, the line ends. */
export function stepPoints(spans: readonly Span[]): Points {
  const xs: number[] = [];
  const ys: (number | null)[] = [];
  spans.forEach((span, i) => {
    xs.push(span.from);
    ys.push(span.value);
    const next = spans[i + 1];
    if (!next || next.from > span.to) {
      xs.push(span.to, span.to + 1);
      ys.push(span.value, null);
    }
  });
  return [xs, ys];
}

/** A line through the middles of the intervals, broken where more than two intervals are missing. */
export function middlePoints(spans: readonly Span[]): Points {
  const xs: number[] = [];
  const ys: (number | null)[] = [];
  spans.forEach((span, i) => {
    xs.push((span.from + span.to) / 2);
    ys.push(span.value);
    const next = spans[i + 1];
    if (next && next.from - span.to > 2 * Math.max(span.to - span.from, 300)) {
      xs.push((span.from + span.to) / 2 + 1);
      ys.push(null);
    }
  });
  return [xs, ys];
}

/** The span that holds `t`; a reading at an instant (no length) holds until the next one, ten minutes at most. */
export function spanAt(spans: readonly Span[], t: number): Span | null {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const mid = (low + high) >> 1;
    if (spans[mid]!.from <= t) low = mid + 1;
    else high = mid - 1;
  }
  const span = spans[high];
  if (!span) return null;
  const end = span.to > span.from ? span.to : span.from + 600;
  return t < end ? span : null;
}

/** The value that a share of the known values lies below; null where there is none. */
export function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Where spikes begin: well above nearly all values. Null where there are none, or hardly any values. */
export function spikesAbove(all: readonly (readonly Span[])[], from: number, to: number): { cut: number; highest: number } | null {
  const values = all.flatMap((spans) => spans.filter((s) => s.value !== null && s.to > from && s.from < to).map((s) => s.value!));
  const high = quantile(values, 0.97);
  const low = quantile(values, 0.03);
  if (high === null || low === null || values.length < 20) return null;
  const cut = high + 0.35 * Math.max(high - low, 1);
  const highest = values.reduce((a, b) => Math.max(a, b));
  return highest > high + 1.5 * Math.max(high - low, 1) ? { cut, highest } : null;
}

/** Least and greatest value with both ends known; null where there is none. */
export function extent(spans: readonly Span[], from: number, to: number): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const s of spans) {
    if (s.value === null || s.to <= from || s.from >= to) continue;
    low = Math.min(low, s.value);
    high = Math.max(high, s.value);
  }
  return low <= high ? [low, high] : null;
}
