import type { GenerationRow, PowerRow } from "./api/types";
import type { Span } from "./charts/spans";
import type { Layer } from "./charts/stack";
import { parseInstant } from "./time";

/** Load and generation rows as series. All powers in MW. */
export interface PowerSeries {
  feed: string;
  market: string;
  isForecast: boolean;
  spans: Span[];
}

export const isForecastRow = (row: PowerRow): boolean => row.iso_product?.endsWith("FORECAST") ?? /forecast/.test(row.feed);

function into<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  group ? group.push(item) : groups.set(key, [item]);
}

/** One span per interval: where a forecast was issued several times, the latest issue. */
function latestIssue<T extends PowerRow>(rows: readonly T[]): T[] {
  const latest = new Map<string, T>();
  for (const row of rows) {
    const old = latest.get(row.interval_start_utc);
    if (!old || (row.issued_at_utc ?? row.known_at) >= (old.issued_at_utc ?? old.known_at)) latest.set(row.interval_start_utc, row);
  }
  return [...latest.values()].sort((a, b) => (a.interval_start_utc < b.interval_start_utc ? -1 : 1));
}

const spanOf = (row: PowerRow): Span => ({ from: parseInstant(row.interval_start_utc), to: parseInstant(row.interval_end_utc), value: row.mw });

/** Areas by size, the whole system first. */
export function areasOf(rows: readonly PowerRow[]): string[] {
  const sums = new Map<string, { system: boolean; sum: number; count: number }>();
  for (const row of rows) {
    const area = sums.get(row.location_id) ?? { system: row.location_type === "SYSTEM", sum: 0, count: 0 };
    area.sum += row.mw ?? 0;
    area.count++;
    sums.set(row.location_id, area);
  }
  const size = (a: { sum: number; count: number }) => a.sum / a.count;
  return [...sums.entries()].sort(([, a], [, b]) => Number(b.system) - Number(a.system) || size(b) - size(a)).map(([id]) => id);
}

/** Rows, and the sum of all zones where a market meters its zones alone but forecasts the whole. Only intervals with every zone count. */
export function withTotals(rows: readonly PowerRow[]): PowerRow[] {
  const system = rows.find((row) => row.location_type === "SYSTEM")?.location_id;
  if (!system) return [...rows];
  const feeds = new Map<string, PowerRow[]>();
  for (const row of rows) if (!isForecastRow(row)) into(feeds, row.feed, row);
  if ([...feeds.values()].some((all) => all.some((row) => row.location_id === system))) return [...rows];
  return [...rows, ...[...feeds.values()].flatMap((all) => zoneSums(all, system))];
}

function zoneSums(rows: readonly PowerRow[], system: string): PowerRow[] {
  const zones = new Set(rows.map((row) => row.location_id)).size;
  const sums = new Map<string, { row: PowerRow; count: number }>();
  for (const row of rows) {
    const sum = sums.get(row.interval_start_utc);
    if (row.mw === null) continue;
    sums.set(row.interval_start_utc, sum
      ? { row: { ...sum.row, mw: sum.row.mw! + row.mw }, count: sum.count + 1 }
      : { row: { ...row, location_id: system, location_type: "SYSTEM" }, count: 1 });
  }
  return zones < 2 ? [] : [...sums.values()].filter((sum) => sum.count === zones).map((sum) => sum.row);
}

/** Series of one area, by feed: what was metered first, then forecasts. */
export function seriesOf(rows: readonly PowerRow[], area: string): PowerSeries[] {
  const feeds = new Map<string, PowerRow[]>();
  for (const row of rows) if (row.location_id === area) into(feeds, row.feed, row);
  return [...feeds.entries()]
    .map(([feed, all]) => ({ feed, market: all[0]!.iso_market, isForecast: isForecastRow(all[0]!), spans: latestIssue(all).map(spanOf) }))
    .sort((a, b) => Number(a.isForecast) - Number(b.isForecast) || forecastRank(a.feed) - forecastRank(b.feed) || b.spans.length - a.spans.length);
}

/** The day-ahead forecast is the one that a desk compares with. */
function forecastRank(feed: string): number {
  const order = ["load-forecast-day-ahead", "load-forecast", "load-forecast-real-time", "load-forecast-2-day", "load-forecast-7-day"];
  const rank = order.findIndex((name) => feed.endsWith(`/${name}`));
  return rank < 0 ? order.length : rank;
}

/** Mean of a series over a span, weighted by overlap; null where less than half of it is covered. */
export function meanOver(spans: readonly Span[], from: number, to: number): number | null {
  let sum = 0;
  let covered = 0;
  let low = 0;
  for (let high = spans.length; low < high;) {
    const mid = (low + high) >> 1;
    if (spans[mid]!.to <= from && spans[mid]!.from < from) low = mid + 1;
    else high = mid;
  }
  for (let i = low; i < spans.length && spans[i]!.from < to; i++) {
    const s = spans[i]!;
    const end = s.to > s.from ? s.to : Math.min(spans[i + 1]?.from ?? s.from + 300, s.from + 900);
    const overlap = Math.min(end, to) - Math.max(s.from, from);
    if (overlap <= 0 || s.value === null) continue;
    sum += s.value * overlap;
    covered += overlap;
  }
  return covered * 2 >= to - from ? sum / covered : null;
}

/** Actual less forecast, for each interval of the forecast that has been metered. */
export const errorsOf = (actual: readonly Span[], forecast: readonly Span[]): Span[] =>
  forecast.map((f) => {
    const mean = meanOver(actual, f.from, f.to);
    return { from: f.from, to: f.to, value: mean === null || f.value === null ? null : mean - f.value };
  }).filter((s) => s.value !== null);

interface Fuel {
  color: string;
  pattern: RegExp;
}

/** From the steady at the bottom to the swinging at the top. */
const fuels: readonly Fuel[] = [
  { color: "--fuel-nuclear", pattern: /nuclear/i },
  { color: "--fuel-coal", pattern: /coal|lignite/i },
  { color: "--fuel-hydro", pattern: /hydro|water/i },
  { color: "--fuel-bio", pattern: /bio|geotherm|refuse|renewables/i },
  { color: "--fuel-gas", pattern: /gas/i },
  { color: "--fuel-dual", pattern: /dual/i },
  { color: "--fuel-oil", pattern: /oil|fossil|fuels|petrol/i },
  { color: "--fuel-wind", pattern: /wind/i },
  { color: "--fuel-solar", pattern: /solar|sun/i },
  { color: "--fuel-storage", pattern: /storage|batter/i },
  { color: "--fuel-import", pattern: /import|interchange/i },
];

const fuelRank = (fuel: string): number => {
  const rank = fuels.findIndex((f) => f.pattern.test(fuel));
  return rank < 0 ? fuels.length : rank;
};

const fuelColor = (fuel: string): string => fuels[fuelRank(fuel)]?.color ?? "--fuel-other";

/** Stands for the sum of all areas, where a market gives parts and no whole. */
export const allAreas = "All areas";

/** Areas of generation, with their sum first where none of them is the system. */
export function mixAreasOf(rows: readonly PowerRow[]): string[] {
  const areas = areasOf(rows);
  return areas.length > 1 && !rows.some((row) => row.location_type === "SYSTEM") ? [allAreas, ...areas] : areas;
}

/** Rows of several areas added up by interval. */
function summed(rows: readonly GenerationRow[]): GenerationRow[] {
  const sums = new Map<string, GenerationRow>();
  for (const row of rows) {
    const sum = sums.get(row.interval_start_utc);
    sums.set(row.interval_start_utc, sum ? { ...sum, mw: (sum.mw ?? 0) + (row.mw ?? 0) } : row);
  }
  return [...sums.values()];
}

/** Fuels of one feed and area as layers, in the order in which they are stacked; two fuels never share a colour. */
export function fuelLayers(rows: readonly GenerationRow[], feed: string, area: string): Layer[] {
  const byFuel = new Map<string, GenerationRow[]>();
  for (const row of rows) {
    if (row.feed !== feed || (area !== allAreas && row.location_id !== area)) continue;
    into(byFuel, row.fuel_type, row);
  }
  const spares = ["--other-1", "--other-2", "--other-3", "--loss", "--congestion"];
  const used = new Set<string>();
  return [...byFuel.entries()].sort(([a], [b]) => fuelRank(a) - fuelRank(b) || a.localeCompare(b)).map(([fuel, all]) => {
    const own = fuelColor(fuel);
    const color = used.has(own) ? (spares.shift() ?? own) : own;
    used.add(color);
    return { label: fuel, color, spans: latestIssue(area === allAreas ? summed(all) : all).map(spanOf) };
  });
}
