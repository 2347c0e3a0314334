import { useMemo } from "preact/hooks";
import { Chart, type Line } from "../charts/Chart";
import type { Layer } from "../charts/stack";
import { wholeText } from "../numbers";
import { Swatch } from "../parts/controls";
import type { PowerSeries } from "../power";
import { setFilters, usePlace } from "../routing";
import { zoomOut, zoomTo, type Period } from "./period";

const forecastColors = ["--da", "--other-1", "--other-2", "--other-3", "--loss"];

export function seriesColors(series: readonly PowerSeries[]): string[] {
  let forecasts = 0;
  let actuals = 0;
  return series.map((s) => (s.isForecast ? forecastColors[forecasts++ % forecastColors.length]! : actuals++ === 0 ? "--rt" : "--text"));
}

/** `Load forecast day ahead`: a feed's name as words. */
export const seriesName = (series: PowerSeries): string => {
  const text = (series.feed.split("/")[1] ?? series.feed).replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

export function LoadChart({ series, period, zone, now }: { series: PowerSeries[]; period: Period; zone: string; now: number }) {
  const colors = seriesColors(series);
  const switched = usePlace().query.get("show")?.split(",") ?? [];
  const main = [series.find((s) => !s.isForecast), series.find((s) => s.isForecast)];
  const isShown = (s: PowerSeries) => main.includes(s) !== switched.includes(s.feed);
  const toggle = (feed: string) =>
    setFilters({ show: (switched.includes(feed) ? switched.filter((f) => f !== feed) : [...switched, feed]).join(",") }, true);
  const lines = useMemo<Line[]>(() => series.map((s, i) => ({ s, color: colors[i]! })).filter(({ s }) => isShown(s)).map(({ s, color }) => ({
    label: seriesName(s), color, spans: s.spans, shape: "middles" as const, width: s.isForecast ? 1.3 : 1.8,
  })).reverse(), [series, switched.join()]);
  return (
    <>
      <div class="legend legend-inside">
        {series.map((s, i) => (
          <button key={s.feed} type="button" class={isShown(s) ? "legend-item" : "legend-item is-off"} aria-pressed={isShown(s)} title={s.feed} onClick={() => toggle(s.feed)}>
            <Swatch color={colors[i]!} kind="line" />{seriesName(s)}
          </button>
        ))}
      </div>
      <Chart label="Load and forecast over time" height={258} from={period.from} to={period.to} zone={zone} unit="MW" lines={lines} format={wholeText} axisFormat={wholeText}
        now={now} sync="load" onZoom={zoomTo} onReset={zoomOut} />
    </>
  );
}

const noLines: Line[] = [];
const noLayers: Layer[] = [];

/** What was made piles up to a whole; forecasts and their bounds are alternatives, each a line. */
export function FuelChart({ layers, isStacked, period, zone, now }: { layers: Layer[]; isStacked: boolean; period: Period; zone: string; now: number }) {
  const lines = useMemo<Line[]>(() => layers.map((layer) => ({ ...layer, shape: "middles" as const, width: 1.5 })), [layers]);
  return (
    <Chart label="Generation by fuel over time" height={286} from={period.from} to={period.to} zone={zone} unit="MW" lines={isStacked ? noLines : lines} layers={isStacked ? layers : noLayers} format={wholeText}
      axisFormat={wholeText} now={now} sync="load" onZoom={zoomTo} onReset={zoomOut} />
  );
}
