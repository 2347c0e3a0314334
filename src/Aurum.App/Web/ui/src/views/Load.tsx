import { useMemo } from "preact/hooks";
import { getAllRows } from "../api/client";
import type { GenerationRow, PowerRow } from "../api/types";
import { useData } from "../data";
import { useCommits, useNow } from "../live";
import { useMarkets } from "../collected";
import { markets, marketOf } from "../markets";
import { Choices } from "../parts/controls";
import { PeriodBar } from "../parts/PeriodBar";
import { Empty, Show } from "../parts/states";
import { areasOf, fuelLayers, isForecastRow, mixAreasOf, seriesOf, withTotals } from "../power";
import { setFilters, usePlace } from "../routing";
import { asOfText, useAsOf, useClock, zoneFor } from "../settings";
import { isoText } from "../time";
import { FuelFacts, LoadFacts } from "./LoadFacts";
import { FuelChart, LoadChart } from "./LoadCharts";
import { usePeriod, type Period } from "./period";

/** Load against its forecast, and what generates it. */
export function Load() {
  const { query } = usePlace();
  const collected = useMarkets("iso_load", "iso_genmix") ?? [];
  const market = marketOf(query.get("iso") ?? markets[0]!.code);
  const asOf = useAsOf();
  const ticking = useNow(60);
  const now = asOf ?? ticking;
  const zone = zoneFor(useClock(), market.zone);
  const period = usePeriod(now, market.zone, "2d");
  const filters = { iso: market.code, start: isoText(period.from), end: isoText(period.to), as_of: asOfText() };
  const commits = useCommits((feed) => feed.startsWith(`${market.code.toLowerCase()}/`), asOf !== null, 5);
  const load = useData(`load ${JSON.stringify(filters)}`, async (signal) => withTotals(await getAllRows<PowerRow>("/v1/iso/load", filters, signal)), commits);
  const generation = useData(`generation ${JSON.stringify(filters)}`, (signal) => getAllRows<GenerationRow>("/v1/iso/generation", filters, signal), commits);
  return (
    <>
      <div class="toolbar">
        <h1>Load and fuel mix</h1>
        <Choices label="Market" name="iso" value={market.code} first={markets[0]!.code} options={collected.map((m) => [m.code, m.code] as const)} />
        <span class="spring" />
        <PeriodBar period={period} marketZone={market.zone} zone={zone} />
      </div>
      <Show loaded={load} height={330} isEmpty={(rows) => rows.length === 0} empty={<Nothing what="load" iso={market.code} isPast={asOf !== null} />}>
        {(rows) => <LoadSection rows={rows} period={period} zone={zone} now={now} />}
      </Show>
      <Show loaded={generation} height={330} isEmpty={(rows) => rows.length === 0} empty={<Nothing what="generation" iso={market.code} isPast={asOf !== null} />}>
        {(rows) => <FuelSection rows={rows} period={period} zone={zone} now={now} />}
      </Show>
    </>
  );
}

function Nothing({ what, iso, isPast }: { what: string; iso: string; isPast: boolean }) {
  return (
    <Empty title={`No ${what} in this period`}>
      {isPast ? `At that time Aurum knew no ${what} of ${iso} for these days. Choose a later as-of.`
        : `Nothing is stored for these days of ${iso}. Choose other days, or see Data health for what is missing.`}
    </Empty>
  );
}

const maxChoices = 6;

/** Few areas are choices in a row, many are a list. */
function AreaChoice({ name, label, areas, value }: { name: string; label: string; areas: string[]; value: string }) {
  if (areas.length < 2) return <span class="muted">{areas[0]}</span>;
  if (areas.length <= maxChoices) return <Choices label={label} name={name} value={value} first={areas[0]} options={areas.map((a) => [a, a] as const)} />;
  return (
    <select aria-label={label} value={value} onChange={(e) => setFilters({ [name]: e.currentTarget.value === areas[0] ? null : e.currentTarget.value })}>
      {areas.map((a) => <option key={a} value={a}>{a}</option>)}
    </select>
  );
}

const chosen = (asked: string | null, options: string[]): string => (asked !== null && options.includes(asked) ? asked : options[0]!);

function LoadSection({ rows, period, zone, now }: { rows: PowerRow[]; period: Period; zone: string; now: number }) {
  const areas = useMemo(() => areasOf(rows), [rows]);
  const area = chosen(usePlace().query.get("area"), areas);
  const series = useMemo(() => seriesOf(rows, area), [rows, area]);
  return (
    <div class="with-side">
      <section class="panel" aria-label="Load">
        <div class="panel-head"><h2>Load</h2><AreaChoice name="area" label="Area" areas={areas} value={area} /></div>
        <LoadChart series={series} period={period} zone={zone} now={now} />
      </section>
      <LoadFacts series={series} zone={zone} now={now} />
    </div>
  );
}

function FuelSection({ rows, period, zone, now }: { rows: GenerationRow[]; period: Period; zone: string; now: number }) {
  const { query } = usePlace();
  const feeds = useMemo(() => [...new Set(rows.map((r) => r.feed))].sort((a, b) => Number(b.endsWith("fuel-mix")) - Number(a.endsWith("fuel-mix")) || a.localeCompare(b)), [rows]);
  const feed = chosen(query.get("mix"), feeds);
  const areas = useMemo(() => mixAreasOf(rows.filter((r) => r.feed === feed)), [rows, feed]);
  const area = chosen(query.get("mixarea"), areas);
  const isStacked = !rows.some((r) => r.feed === feed && isForecastRow(r));
  const layers = useMemo(() => fuelLayers(rows, feed, area), [rows, feed, area]);
  return (
    <div class="with-side">
      <section class="panel" aria-label="Fuel mix">
        <div class="panel-head">
          <h2>Generation by fuel</h2>
          {feeds.length > 1 && <Choices label="Feed" name="mix" value={feed} first={feeds[0]} options={feeds.map((f) => [f, f.split("/")[1]!.replaceAll("-", " ")] as const)} />}
          <AreaChoice name="mixarea" label="Area of generation" areas={areas} value={area} />
        </div>
        <FuelChart layers={layers} isStacked={isStacked} period={period} zone={zone} now={now} />
      </section>
      <FuelFacts layers={layers} isStacked={isStacked} zone={zone} now={now} />
    </div>
  );
}
