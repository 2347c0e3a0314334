import { useMemo } from "preact/hooks";
import { Chart, type Line } from "../charts/Chart";
import type { Layer } from "../charts/stack";
import { priceText, wholeText } from "../numbers";
import { Swatch } from "../parts/controls";
import { spanOf, type FeedPrices } from "../prices";
import type { LmpRow } from "../api/types";
import { setFilters, usePlace } from "../routing";
import { feedName } from "./Node";
import { zoomOut, zoomTo, type Period } from "./period";

const others = ["--other-1", "--other-2", "--other-3"];

interface Drawn {
  prices: FeedPrices;
  color: string;
  isMain: boolean;
}

/** Day-ahead against real-time. Further markets of the place can be switched on. */
export function PriceChart({ feeds, dayAhead, realTime, period, zone, now, marks, spikes }: {
  feeds: FeedPrices[]; dayAhead: FeedPrices | null; realTime: FeedPrices | null; period: Period; zone: string; now: number; marks: number[]; spikes: Spikes | null;
}) {
  const shown = usePlace().query.get("show")?.split(",") ?? [];
  const drawn = useMemo(() => coloured(feeds, dayAhead, realTime), [feeds, dayAhead, realTime]);
  const isShown = (d: Drawn) => d.isMain !== shown.includes(d.prices.feed);
  const lines = useMemo<Line[]>(() => drawn.filter(isShown).map((d) => ({
    label: feedName(d.prices), color: d.color, spans: d.prices.spans, shape: "steps", width: d.color === "--rt" ? 1.6 : 1.3,
  })), [drawn, shown.join()]);
  const toggle = (d: Drawn) => {
    const feed = d.prices.feed;
    setFilters({ show: (shown.includes(feed) ? shown.filter((f) => f !== feed) : [...shown, feed]).join(",") }, true);
  };
  return (
    <>
      <div class="panel-head">
        <h2>Price</h2>
        <div class="legend">
          {drawn.map((d) => (
            <button key={d.prices.feed} type="button" class={isShown(d) ? "legend-item" : "legend-item is-off"} aria-pressed={isShown(d)} title={d.prices.feed} onClick={() => toggle(d)}>
              <Swatch color={d.color} kind="line" />{feedName(d.prices)}
            </button>
          ))}
          {spikes && <SpikeSwitch spikes={spikes} />}
          {marks.length > 0 && <span class="legend-item"><span class="legend-mark" />Revised</span>}
        </div>
      </div>
      <Chart label="Price over time" height={290} from={period.from} to={period.to} zone={zone} unit={unitOf(feeds[0], spikes)} lines={lines} cut={cutOf(spikes)} format={priceText} axisFormat={wholeText}
        now={now} marks={marks} sync="node" onZoom={zoomTo} onReset={zoomOut} />
    </>
  );
}

/** Prices far above the usual ones, and whether this person wants them cut off. */
export interface Spikes {
  cut: number;
  highest: number;
  isCut: boolean;
}

const cutOf = (spikes: Spikes | null): number | undefined => (spikes?.isCut ? spikes.cut : undefined);

const unitOf = (prices: FeedPrices | undefined, spikes: Spikes | null): string => {
  const unit = prices?.rows[0]?.unit ?? "";
  return spikes?.isCut ? `${unit}, cut at ${wholeText(spikes.cut)}: highest ${priceText(spikes.highest)}` : unit;
};

function SpikeSwitch({ spikes }: { spikes: Spikes }) {
  return (
    <button type="button" class="legend-item legend-switch" aria-pressed={spikes.isCut} title="Price spikes flatten everything else: show the usual range instead"
      onClick={() => setFilters({ spikes: spikes.isCut ? null : "cut" }, true)}>
      {spikes.isCut ? "Show spikes" : "Cut spikes"}
    </button>
  );
}

function coloured(feeds: FeedPrices[], dayAhead: FeedPrices | null, realTime: FeedPrices | null): Drawn[] {
  let other = 0;
  return feeds.map((prices) => {
    const isMain = prices === dayAhead || prices === realTime;
    const color = prices === dayAhead ? "--da" : prices === realTime ? "--rt" : others[other++ % others.length]!;
    return { prices, color, isMain };
  });
}

/** The parts of an LMP, in the order in which they are stacked. */
export const components: readonly { name: "energy" | "congestion" | "loss" | "ghg"; label: string; color: string }[] = [
  { name: "energy", label: "Energy", color: "--energy" },
  { name: "congestion", label: "Congestion", color: "--congestion" },
  { name: "loss", label: "Loss", color: "--loss" },
  { name: "ghg", label: "Greenhouse gas", color: "--ghg" },
];

const has = (rows: readonly LmpRow[], name: "energy" | "congestion" | "loss" | "ghg"): boolean => rows.some((row) => row[name] !== null);

/** What a price is made of, stacked from zero; the line is the price. */
export function ComponentChart({ prices, period, zone, now, spikes }: { prices: FeedPrices; period: Period; zone: string; now: number; spikes: Spikes | null }) {
  const parts = components.filter((c) => has(prices.rows, c.name));
  const layers = useMemo<Layer[]>(() => parts.map((c) => ({ label: c.label, color: c.color, spans: prices.rows.map((row) => spanOf(row, row[c.name])) })), [prices]);
  const lines = useMemo<Line[]>(() => [{ label: "Price", color: "--text", spans: prices.spans, shape: "steps", width: 1 }], [prices]);
  if (parts.length === 0) return <p class="muted panel-note">This market publishes the price without its components.</p>;
  return (
    <>
      <div class="legend legend-inside">
        {parts.map((c) => <span key={c.name} class="legend-item"><Swatch color={c.color} />{c.label}</span>)}
        <span class="legend-item"><Swatch color="--text" kind="line" />Price</span>
      </div>
      <Chart label="Components of the price" height={210} from={period.from} to={period.to} zone={zone} unit={unitOf(prices, spikes)} lines={lines} layers={layers} cut={cutOf(spikes)}
        format={priceText} axisFormat={wholeText} now={now} sync="node" onZoom={zoomTo} onReset={zoomOut} />
    </>
  );
}
